// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// Reads rules: each line is a command line of its own.
struct RuleReader {
  let text: [UInt8]
  private var position = 0
  /// The number of the line that was read last, 1 and up.
  private(set) var line = 0

  init(_ text: [UInt8]) { self.text = text }

  /// The place of the next line in the text, without its end, or nil after the last one.
  mutating func nextLine() -> Range<Int>? {
    guard position < text.count else { return nil }
    let start = position
    let end = text.firstIndex(of: UInt8(ascii: "\n"), from: start) ?? text.count
    position = end + 1
    line += 1
    return start..<end
  }

  /// The words of the next rule and the number of its line, 1 and up, or nil after the last one. Empty lines and
  /// comments are not rules.
  mutating func next() -> (line: Int, words: [Text])? {
    while let range = nextLine() {
      let words = words(of: range)
      if !words.isEmpty { return (line, words) }
    }
    return nil
  }

  /// The words of a line up to a comment, without the program's name, which may stand before them (or anywhere, as
  /// with the reference).
  func words(of line: Range<Int>) -> [Text] {
    var words: [Text] = []
    var rest = text[line]
    while let start = rest.firstIndex(where: { !Self.isBlank($0) }), rest[start] != UInt8(ascii: "#") {
      rest = rest[start...]
      let end = rest.firstIndex(where: Self.isBlank) ?? rest.endIndex
      let word = Text(rest[..<end])
      if word != "ipvsadm" { words.append(word) }
      rest = rest[end...]
    }
    return words
  }

  /// Whether a line is more than blanks and a comment: without words, it is the program's name alone.
  func hasText(in line: Range<Int>) -> Bool {
    text[line].first { !Self.isBlank($0) }.map { $0 != UInt8(ascii: "#") } ?? false
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
  }
}
