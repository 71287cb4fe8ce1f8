// SPDX-License-Identifier: Apache-2.0

/// Reads rules: each line is a command line of its own.
struct RuleReader {
  private let text: [UInt8]
  private var position = 0
  private var line = 0

  init(_ text: [UInt8]) { self.text = text }

  /// The words of the next rule and the number of its line, 1 and up, or nil behind the last one. Empty lines and
  /// comments are no rules.
  mutating func next() -> (line: Int, words: [Text])? {
    while position < text.count {
      let end = text[position...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count
      let words = Self.words(of: text[position..<end])
      position = end + 1
      line += 1
      if !words.isEmpty { return (line, words) }
    }
    return nil
  }

  /// The words of a line up to a comment, without the program's name, which may stand before them (and as with
  /// the reference anywhere).
  private static func words(of line: ArraySlice<UInt8>) -> [Text] {
    var words: [Text] = []
    var rest = line
    while let start = rest.firstIndex(where: { !isBlank($0) }), rest[start] != UInt8(ascii: "#") {
      rest = rest[start...]
      let end = rest.firstIndex(where: isBlank) ?? rest.endIndex
      let word = Text(rest[..<end])
      if word != "ipvsadm" { words.append(word) }
      rest = rest[end...]
    }
    return words
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
  }
}
