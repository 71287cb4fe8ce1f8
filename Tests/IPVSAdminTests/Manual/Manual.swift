// SPDX-License-Identifier: Apache-2.0

import Testing

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
    try Repository.read("man/\(page).8").split(separator: "\n", omittingEmptySubsequences: false).map(
      String.init)
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

  /// The words of a section that are to be typed as they are, `Cm word`.
  static func literals(in lines: [String]) -> [String] {
    lines.flatMap { line in
      let words = line.split(separator: " ").drop { $0.hasPrefix(".") && $0 != ".Cm" }
      let mark = words.firstIndex { $0 == "Cm" || $0 == ".Cm" }
      return mark.map {
        words[($0 + 1)...].prefix { $0 != "," && $0 != "." && $0 != ";" && $0 != ":" }.map(String.init)
      } ?? []
    }
  }

  /// The lines of a section, `.Sh NAME`.
  static func section(_ name: String) throws -> [String] {
    Array(try lines("ipvsadm").drop { $0 != ".Sh \(name)" }.dropFirst().prefix { !$0.hasPrefix(".Sh ") })
  }

  /// The words of an example after the program's name, or of a rule in one; nil if the line is not an example.
  static func example(_ line: String) -> [String]? {
    var words = line.split(separator: " ").map(String.init)
    if words.first == ".Dl" { words.removeFirst() }
    if words.starts(with: ["#", "ipvsadm"]) {
      words.removeFirst(2)
    } else if !line.hasPrefix("-A "), !line.hasPrefix("-a ") {
      return nil
    }
    return Array(words.prefix { !$0.hasPrefix("<") && !$0.hasPrefix(">") && $0 != "|" })
  }
}
