// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import IPVSAdmin

/// The man page and the option table say the same, and the examples are command lines.
@Suite struct ManualTests {
  @Test func everyOptionHasAnEntry() throws {
    let entries = try Manual.entries()
    for option in Option.table {
      let spellings = option.spellings
      let entry = try #require(entries.first { $0.spellings.contains(spellings[0]) }, "\(spellings)")
      #expect(Set(spellings).isSubset(of: entry.spellings), "\(spellings)")
      switch option.argument {
      case .none: #expect(entry.argument.isEmpty, "\(spellings)")
      case .required(""): #expect(!entry.argument.isEmpty, "\(spellings)")
      case .required(let name), .optional(let name), .words(let name):
        #expect(entry.argument == name, "\(spellings)")
      }
    }
  }

  @Test func everyEntryIsAnOption() throws {
    let spellings = try Manual.entries().flatMap(\.spellings)
    #expect(spellings.sorted() == Option.table.flatMap(\.spellings).sorted())
  }

  @Test func everyCommandHasAnExample() throws {
    let entries = try Manual.entries()
    for option in Option.table {
      guard case .command = option.role else { continue }
      let entry = try #require(entries.first { $0.spellings.contains(option.spellings[0]) })
      let examples = entry.text.compactMap(Manual.example)
      #expect(examples.contains { entry.spellings.contains($0.first ?? "") }, "\(option.spellings)")
    }
  }

  @Test(arguments: ["ipvsadm", "ipvsadm-save", "ipvsadm-restore"])
  func everyExampleIsUnderstood(page: String) throws {
    let examples = try Manual.lines(page).compactMap(Manual.example)
    #expect(page != "ipvsadm" || !examples.isEmpty)
    for words in examples {
      #expect(throws: Never.self, "\(words)") { try CommandParser.parse(words, program: "ipvsadm") }
    }
  }

  @Test func theOptionOfSavingIsUnderstood() throws {
    let options = try Manual.entries("ipvsadm-save").flatMap(\.spellings)
    #expect(options == ["-n"])
    #expect(try CalledName.save.command(options, program: "ipvsadm-save") == .save(numeric: true))
    #expect(try Manual.entries("ipvsadm-restore").isEmpty)
  }
}

/// A man page, as far as the tests look into it.
enum Manual {
  /// An entry of a list, `.It Fl t , Fl -tcp-service Ar service-address`, with the lines under it.
  struct Entry {
    var spellings: [String] = []
    /// As the option table has it: `name`, `[name]`, or several names.
    var argument = ""
    var text: [String] = []
  }

  static func lines(_ page: String) throws -> [String] {
    let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    return try String(contentsOfFile: "\(root)/man/\(page).8", encoding: .utf8).components(separatedBy: "\n")
  }

  /// The entries that begin with an option.
  static func entries(_ page: String = "ipvsadm") throws -> [Entry] {
    var entries: [Entry] = []
    var isInside = false
    for line in try lines(page) {
      if line.hasPrefix(".It") || line == ".El" { isInside = line.hasPrefix(".It Fl") }
      if line.hasPrefix(".It Fl") {
        entries.append(entry(line))
      } else if isInside {
        entries[entries.count - 1].text.append(line)
      }
    }
    return entries
  }

  private static func entry(_ line: String) -> Entry {
    var entry = Entry()
    var arguments: [String] = []
    var words = line.split(separator: " ").dropFirst()
    while let word = words.popFirst() {
      switch word {
      case "Fl": entry.spellings.append("-" + (words.popFirst() ?? ""))
      case "Ar": arguments.append(String(words.popFirst() ?? ""))
      case "Op": arguments.append("[" + (words.dropFirst().first ?? "") + "]")
      case ",": break
      default: Issue.record("\(word) in \(line)")
      }
      if word == "Op" { words = words.dropFirst(2) }
    }
    entry.argument = arguments.joined(separator: " ")
    return entry
  }

  /// The words of an example after the program's name, or of a rule in one; nil where the line is none.
  static func example(_ line: String) -> [String]? {
    var words = line.split(separator: " ").map(String.init)
    if words.first == ".Dl" { words.removeFirst() }
    if words.starts(with: ["#", "ipvsadm"]) {
      words.removeFirst(2)
    } else if !line.hasPrefix("-A "), !line.hasPrefix("-a ") {
      return nil
    }
    return Array(words.prefix { !$0.hasPrefix("<") && !$0.hasPrefix(">") })
  }
}
