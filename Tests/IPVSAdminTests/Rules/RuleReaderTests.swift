// SPDX-License-Identifier: Apache-2.0

import TestNoise
import Testing

@testable import IPVSAdmin

@Suite struct RuleReaderTests {
  /// The rules of a text as `LINE:WORD WORD`.
  private static func read(_ text: some Sequence<UInt8>) -> [String] {
    var reader = RuleReader(Array(text))
    var rules: [String] = []
    while let (line, words) = reader.next() {
      rules.append("\(line):\(words.map(\.string).joined(separator: " "))")
    }
    return rules
  }

  static let texts: [(String, [String])] = [
    ("-C\n", ["1:-C"]), ("-C", ["1:-C"]), ("-C\r\n", ["1:-C"]), ("\r-C\r", ["1:-C"]), ("  -C\t\n", ["1:-C"]),
    ("ipvsadm -C\n", ["1:-C"]), ("\tipvsadm\t-C", ["1:-C"]), ("-A ipvsadm -C", ["1:-A -C"]),
    ("/sbin/ipvsadm -C", ["1:/sbin/ipvsadm -C"]), ("-C # all\n", ["1:-C"]), ("-C #all", ["1:-C"]),
    ("-C \t# a # b\n-Z", ["1:-C", "2:-Z"]), ("-A -t a#b:80", ["1:-A -t a#b:80"]), ("-C# all", ["1:-C# all"]),
    ("# first\n-C\n\n-X\n-Z", ["2:-C", "4:-X", "5:-Z"]), ("-A  -t \t a", ["1:-A -t a"]),
    ("-A\r-t", ["1:-A -t"]), ("\n\n\n-C\n\n", ["4:-C"]), ("-s \u{a0}ä\u{2003}", ["1:-s \u{a0}ä\u{2003}"]),
    ("", []), ("\n", []), ("# -C\n", []), ("  # -C", []), ("#-C", []), ("ipvsadm\n", []), ("\r\n", []),
    (" \t ", []), ("ipvsadm # -C", []), ("#", []),
    // These are not blanks.
    ("-A\u{b}-t\u{c}x", ["1:-A\u{b}-t\u{c}x"]),
  ]

  @Test(arguments: texts)
  func reads(text: String, rules: [String]) {
    #expect(Self.read(text.utf8) == rules)
    // Where the text ends makes no difference.
    #expect(Self.read((text + "\n").utf8) == rules)
    #expect(Self.read(("\n" + text).utf8) == Self.shifted(rules))
  }

  private static func shifted(_ rules: [String]) -> [String] {
    rules.map { rule in
      let parts = rule.split(separator: ":", maxSplits: 1)
      return "\((Int(parts[0]) ?? 0) + 1):\(parts[1])"
    }
  }

  @Test func bytesPassAsTheyAre() {
    var reader = RuleReader([0x2d, 0x00, 0xff, 0x20, 0xc2, 0x0a, 0x00])
    let (first, second) = (reader.next(), reader.next())
    #expect(first?.line == 1 && first?.words.map(\.bytes) == [[0x2d, 0x00, 0xff], [0xc2]])
    #expect(second?.line == 2 && second?.words.map(\.bytes) == [[0]])
    let isOver = reader.next() == nil && reader.next() == nil
    #expect(isOver)
  }

  /// Nothing is kept of lines without a rule.
  @Test func millionsOfBlankLinesCostNoRules() {
    let blanks = Array(repeatElement(UInt8(ascii: "\n"), count: 2_000_000))
    #expect(Self.read(blanks + Array("-C".utf8)) == ["2000001:-C"])
    let comments = Array(repeatElement(Array("# nothing\r\n".utf8), count: 100_000).joined())
    #expect(Self.read(comments).isEmpty)
  }

  /// What it reads is what a plain splitting of lines and words gives.
  @Test(arguments: Noise.seeds)
  func noiseIsLinesOfWords(seed: UInt64) {
    var noise = Noise(seed: seed)
    let pieces = ["\n", "\n", " ", "\t", "\r", "#", "a", "-C", "ipvsadm", "\0", "ä"]
    for _ in 0..<500 {
      let text = (0..<Int.random(in: 0...30, using: &noise)).map { _ in noise.pick(pieces) }.joined()
      #expect(Self.read(text.utf8) == Self.plainly(text), "seed \(seed): \(text.debugDescription)")
    }
  }

  private static func plainly(_ text: String) -> [String] {
    let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.enumerated().compactMap { (index, line) in
      let words = line.split { " \t\r".unicodeScalars.contains($0) }.map { String($0) }
      let rule = words.prefix { !$0.hasPrefix("#") }.filter { $0 != "ipvsadm" }
      return rule.isEmpty ? nil : "\(index + 1):\(rule.joined(separator: " "))"
    }
  }
}
