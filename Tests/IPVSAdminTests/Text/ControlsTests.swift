// SPDX-License-Identifier: Apache-2.0

import TestNoise
import Testing

@testable import IPVSAdmin

/// Control characters do not reach a terminal, and everything else does.
@Suite struct ControlsTests {
  static let texts: [([UInt8], String)] = [
    ([0x1b, 0x5b, 0x6d], "an escape, of which [m is left"), ([0x00], "zero"), ([0x09], "a tab"),
    ([0x0d, 0x0a], "CR; LF stays"), ([0x7f], "DEL"), ([0xc2, 0x9b], "CSI in UTF-8"),
    ([0xc2, 0x80], "the first"),
    ([0xc2, 0x9f], "the last"), ([0x9b], "CSI in one byte"), ([0x61, 0x80, 0x62], "among letters"),
    ([0xc3, 0xa4, 0x9b], "behind a whole character"), ([0xff, 0x9b], "behind a byte that is no UTF-8"),
    ([0xc0, 0x9b], "behind a byte that begins nothing"),
    ([0xc2, 0xc2, 0x9b], "behind one that goes nowhere"),
    ([0xe2, 0xc2, 0x9b], "in the middle of another"), ([0x9b, 0x9b], "two"),
    ([0xe2, 0x82, 0x1b], "in the place of the last byte"),
  ]

  static let tamed: [[UInt8]] = [
    [0x3f, 0x5b, 0x6d], [0x3f], [0x3f], [0x3f, 0x0a], [0x3f], [0x3f], [0x3f], [0x3f], [0x3f],
    [0x61, 0x3f, 0x62],
    [0xc3, 0xa4, 0x3f], [0xff, 0x3f], [0xc0, 0x3f], [0xc2, 0x3f], [0xe2, 0x3f], [0x3f, 0x3f],
    [0xe2, 0x82, 0x3f],
  ]

  @Test(arguments: zip(texts, tamed))
  func becomesAQuestionMark(text: ([UInt8], String), tamed: [UInt8]) {
    #expect(Text(text.0).hasControls, "\(text.1)")
    #expect(Text(text.0).withoutControls.bytes == tamed, "\(text.1)")
  }

  @Test(arguments: [0x00...0x1f, 0x7f...0x7f, 0x80...0x9f] as [ClosedRange<UInt32>])
  func eachControlIsOneQuestionMark(range: ClosedRange<UInt32>) throws {
    for value in range where value != 0x0a {
      let character = Character(try #require(Unicode.Scalar(value)))
      #expect(Text(String(["a", character, "b"])).withoutControls == "a?b", "U+\(String(value, radix: 16))")
    }
  }

  @Test(arguments: [
    "", "two\nlines\n", "ÄÖÜ äöü ß", "\u{a0}\u{ad}\u{df}\u{ff}", "日本語 \u{20ac}", "\u{1f600}\u{10ffff}",
    "e\u{301}\u{200c}",
  ])
  func whatIsUTF8StaysAsItIs(text: String) {
    #expect(!Text(text).hasControls)
    #expect(Text(text).withoutControls == Text(text))
  }

  @Test(
    arguments: [[0xa0], [0xff, 0xfe], [0x61, 0xe4, 0x62], [0xc3], [0xe2, 0x61], [0xfc, 0xbf]] as [[UInt8]])
  func otherBytesStayAsTheyAre(bytes: [UInt8]) {
    #expect(!Text(bytes).hasControls)
    #expect(Text(bytes).withoutControls.bytes == bytes)
  }

  /// Single characters; the harmless ones stay whole between the others.
  @Test(arguments: Noise.seeds)
  func aMixtureIsTheSumOfItsCharacters(seed: UInt64) {
    var noise = Noise(seed: seed)
    let pieces: [[UInt8]] = [
      [0x1b], [0xc2, 0x9b], [0x41], [0x0a], [0xc3, 0x9f], [0xe2, 0x82, 0xac], [0x7f], [0xff],
    ]
    for _ in 0..<200 {
      let picked = (0..<12).map { _ in noise.pick(pieces) }
      let expected = picked.flatMap { pieces.prefix(2).contains($0) || $0 == [0x7f] ? [0x3f] : $0 }
      let text = Text(picked.joined())
      #expect(text.withoutControls.bytes == expected, "seed \(seed): \(text.bytes)")
      #expect(text.hasControls == (text.withoutControls != text), "seed \(seed): \(text.bytes)")
    }
  }

  @Test(arguments: Noise.seeds)
  func nothingIsLeftOfNoise(seed: UInt64) {
    var noise = Noise(seed: seed)
    for _ in 0..<2_000 {
      let text = Text(
        (0..<8).map { _ in
          noise.once(in: 2) ? noise.pick([0x9b, 0xc2, 0xe2, 0x1b]) : noise.number(0 ... .max)
        })
      #expect(!text.withoutControls.hasControls, "seed \(seed): \(text.bytes)")
    }
  }
}
