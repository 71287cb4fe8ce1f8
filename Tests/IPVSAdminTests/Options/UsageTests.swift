// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import IPVSAdmin

/// The usage text and the option table say the same.
@Suite struct UsageTests {
  private static let usage = Usage.text(program: "prog").string
  /// The part that lists options, a line each or more.
  private static let list = usage.drop { $0 != "\n" }.split(separator: "\n").drop { $0 != "Commands:" }
    .dropFirst(2)

  @Test func itBeginsWithVersionAndForms() {
    let lines = Self.usage.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.first == "ipvsadm v1.31 2019/12/24 (compiled with popt and IPVS v1.2.1)")
    #expect(lines[1] == "Usage:")
    #expect(lines[2...].prefix { $0 != "" }.allSatisfy { $0.hasPrefix("  prog -") })
    #expect(Self.usage.hasSuffix("\n") && !Self.usage.hasSuffix("\n\n"))
  }

  @Test func itHasEveryOptionWithASummary() throws {
    for option in Option.table where !option.summary.isEmpty {
      let place = try #require(
        Self.list.firstIndex { $0.split { $0 == " " || $0 == "|" }.first == "--\(option.long)" },
        "\(option.long)")
      let lines = Self.list[place...].prefix(option.summary.count + (option.completion.isListed ? 1 : 0))
      for letter in "\(option.short)" { #expect(lines[place].contains("-\(letter)"), "\(option.long)") }
      for part in option.summary {
        #expect(lines.contains { $0.hasSuffix("\(part)") }, "\(option.long): \(part)")
      }
      if option.completion.isListed {
        #expect(lines[place].hasSuffix("one of \(option.values.joined(separator: "|")),"), "\(option.long)")
      }
      switch option.argument {
      case .none: break
      case .required(let name), .optional(let name, _), .words(let name):
        #expect(lines[place].contains(" \(name)"), "\(option.long)")
      }
    }
  }

  @Test func itHasNothingElse() {
    let spellings = Set(Option.table.flatMap(\.spellings))
    for line in Self.list where line.hasPrefix("  --") {
      let names = line.split { $0 == " " || $0 == "|" }.prefix { $0.hasPrefix("-") }
      for name in names { #expect(spellings.contains(String(name)), "\(line)") }
    }
    let headings = Self.list.filter { !$0.hasPrefix(" ") }
    #expect(headings == ["virtual-service:", "Options:", "Daemon Options:", "Not in ipvsadm 1.31:"])
  }

  /// Each letter and long name in the forms at the top.
  @Test func theFormsAreMadeOfOptions() {
    let spellings = Set(Option.table.flatMap(\.spellings))
    for line in Self.usage.split(separator: "\n") where line.hasPrefix("  prog ") {
      for word in line.split(whereSeparator: { " []".contains($0) }).dropFirst() where word.hasPrefix("-") {
        let names =
          word.hasPrefix("--") ? [String(word)] : word.dropFirst().split(separator: "|").map { "-\($0)" }
        for name in names { #expect(spellings.contains(name), "\(line)") }
      }
    }
  }

  /// Every command except `--version`, for which the reference has none.
  @Test func everyCommandHasAForm() {
    let forms = Self.usage.split(separator: "\n").filter { $0.hasPrefix("  prog ") }
      .compactMap { $0.split(whereSeparator: { " []".contains($0) }).dropFirst().first }
      .flatMap { form in
        form.hasPrefix("--") ? [String(form)] : form.dropFirst().split(separator: "|").map { "-\($0)" }
      }
    for option in Option.table {
      guard case .command(let verb) = option.role, verb != .version else { continue }
      #expect(!Set(option.spellings).isDisjoint(with: forms), "\(option.long)")
    }
  }
}

extension Option.Completion {
  /// Whether the usage text lists the words.
  fileprivate var isListed: Bool { if case .oneOf = self { true } else { false } }
}
