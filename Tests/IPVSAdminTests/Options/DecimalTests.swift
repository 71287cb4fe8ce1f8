// SPDX-License-Identifier: Apache-2.0

import TestNoise
import Testing

@testable import IPVSAdmin

/// Numbers are what `strtol(3)` reads, the whole text through.
@Suite struct DecimalTests {
  static let numbers: [(String, Int?)] = [
    ("0", 0), ("10", 10), ("+5", 5), ("-5", -5), ("-0", 0), ("010", 10), ("0000000000000000000000005", 5),
    (" 5", 5), (" \t\n\u{b}\u{c}\r5", 5), (" -5", -5), ("9223372036854775807", .max),
    ("-9223372036854775808", .min), ("9223372036854775808", nil), ("-9223372036854775809", nil),
    ("99999999999999999999", nil), ("-99999999999999999999999999999999999999999", nil), ("", nil), (" ", nil),
    ("+", nil), ("-", nil), ("- 5", nil), ("+-5", nil), ("--5", nil), ("5 ", nil), ("5\n", nil), ("0x5", nil),
    ("5.5", nil), ("5e1", nil), ("1_000", nil), ("a", nil), ("\u{a0}5", nil), ("１", nil), ("5\u{301}", nil),
    ("\u{200c}5", nil), ("\0", nil), ("5\0", nil),
  ]

  @Test(arguments: numbers)
  func reads(text: String, number: Int?) {
    #expect(Int(decimal: Text(text)) == number)
  }

  @Test func typesHaveTheirLimits() {
    #expect(UInt8(decimal: "255") == 255 && UInt8(decimal: "256") == nil)
    #expect(UInt8(decimal: "-0") == 0 && UInt8(decimal: "-1") == nil)
    #expect(Int8(decimal: "-128") == -128 && Int8(decimal: "-129") == nil && Int8(decimal: "128") == nil)
    #expect(Int32(decimal: "2147483647") == .max && Int32(decimal: "2147483648") == nil)
    #expect(UInt32(decimal: "4294967295") == .max && UInt32(decimal: "4294967296") == nil)
    #expect(UInt64(decimal: "18446744073709551615") == .max && UInt64(decimal: "18446744073709551616") == nil)
  }

  @Test func rangesHoldTheirEnds() {
    for (text, isInside) in [("2", false), ("3", true), ("5", true), ("6", false), ("-3", false)] {
      #expect((Int(decimal: Text(text), in: 3...5) != nil) == isInside, "\(text)")
    }
  }

  @Test(arguments: Noise.seeds)
  func whatIsWrittenIsRead(seed: UInt64) {
    var noise = Noise(seed: seed)
    for _ in 0..<500 {
      let number: Int64 = noise.number(.min ... .max) >> noise.number(0...63)
      var text = Text()
      text.append(number)
      #expect(Int64(decimal: text) == number, "seed \(seed)")
    }
  }
}
