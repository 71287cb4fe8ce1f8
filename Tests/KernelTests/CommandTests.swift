// SPDX-License-Identifier: Apache-2.0

import IPVS
import Testing

/// Each command does to the kernel what Debian's does, as Debian's program and `/proc` tell it.
@Suite struct CommandTests {
  @Test(arguments: Case.all("commands"))
  func doesTheSame(example: Case) throws {
    let reference = try inNamespace { try example.play(with: Kernel.reference) }
    let ours = try inNamespace { try example.play(with: Kernel.ours) }
    #expect(ours.outcomes == reference.outcomes)
    #expect(ours.table == reference.table)
  }
}

/// Command lines that are run one after the other on an empty table.
struct Case: Sendable, CustomTestStringConvertible {
  var lines: [(words: [String], input: String)] = []
  var testDescription: String { lines.map { $0.words.joined(separator: " ") }.joined(separator: "; ") }

  /// The cases in a file: paragraphs of command lines. Single quotes hold a word together, `#` begins a
  /// comment, and lines that begin with `<` are the standard input of the line above.
  static func all(_ name: String) -> [Case] {
    guard let text = try? run("/bin/cat", [projectPath("Tests/KernelTests/Cases/\(name)")]).require()
    else { return [] }
    var cases: [Case] = []
    var current = Case()
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) + [Substring()] {
      if line.hasPrefix("#") { continue }
      if line.hasPrefix("<") {
        current.lines[current.lines.count - 1].input += line.dropFirst(2) + "\n"
      } else if !line.isEmpty {
        current.lines.append((words(of: line), ""))
      } else if !current.lines.isEmpty {
        cases.append(current)
        current = Case()
      }
    }
    return cases
  }

  /// Runs the lines, and has Debian's program tell what the kernel holds.
  func play(with program: String) throws -> (outcomes: [Outcome], table: String) {
    let outcomes = try lines.map { line in
      var outcome = try run(program, line.words, input: line.input)
      outcome.errors = outcome.errors.split(separator: program, omittingEmptySubsequences: false)
        .joined(separator: "ipvsadm")
      return outcome
    }
    let reports = [["-Sn"], ["-Ln", "--thresholds"], ["-L", "--timeout"], ["-L", "--daemon"]]
    let table = try reports.map { try run(Kernel.reference, $0).require() }.joined()
    // In the order of a hash, which no two namespaces share.
    let entries = try run("/bin/cat", ["/proc/net/ip_vs"]).require().split(separator: "\n").sorted()
    return (outcomes, table + entries.joined(separator: "\n"))
  }

  private static func words(of line: Substring) -> [String] {
    var words: [String] = []
    var word: String?
    var isQuoted = false
    for character in line {
      if character == "'" {
        isQuoted.toggle()
        word = word ?? ""
      } else if character == " ", !isQuoted {
        if let word { words.append(word) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    if let word { words.append(word) }
    return words
  }
}
