// SPDX-License-Identifier: Apache-2.0

/// Reads rules: each line is a command line of its own.
enum RuleReader {
  /// A command and the number of its line, 1 and up.
  struct Rule {
    let line: Int
    let command: Result<Command, CommandParser.Failure>
  }

  /// The rules in a text. Empty lines and comments are none.
  static func read(_ text: [UInt8], program: String) -> [Rule] {
    var rules: [Rule] = []
    var number = 0
    for line in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      let words = self.words(of: line)
      if words.isEmpty { continue }
      let command = Result { () throws(CommandParser.Failure) in
        try CommandParser.parse(words, program: program)
      }
      rules.append(Rule(line: number, command: command))
    }
    return rules
  }

  /// The words of a line up to a comment, without the program's name, which may stand before them (and as with
  /// the reference anywhere).
  private static func words(of line: ArraySlice<UInt8>) -> [String] {
    var words: [String] = []
    var rest = line
    while let start = rest.firstIndex(where: { !isBlank($0) }), rest[start] != UInt8(ascii: "#") {
      rest = rest[start...]
      let end = rest.firstIndex(where: isBlank) ?? rest.endIndex
      let word = String(decoding: rest[..<end], as: UTF8.self)
      if word != "ipvsadm" { words.append(word) }
      rest = rest[end...]
    }
    return words
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
  }
}
