// SPDX-License-Identifier: Apache-2.0

import IPVS
import Testing

@testable import IPVSAdmin

/// Text is bytes, in any encoding.
@Suite struct TextTests {
  @Test func whatIsWrittenInTheProgram() {
    let address: Address = "10.0.0.1"
    let name: Text = "ä"
    let text: Text = "\(name) is \(address), \(UInt8(255)) and \("literal" as StaticString)"
    #expect(text.string == "ä is 10.0.0.1, 255 and literal")
    #expect(("" as Text).isEmpty)
  }

  @Test func bytesPassAsTheyAre() {
    let bytes: [UInt8] = [0x61, 0xff, 0xc2, 0x00, 0x80]
    var text = Text(bytes)
    text.append(Text(bytes[1...2]))
    #expect(text.bytes == bytes + [0xff, 0xc2])
  }

  static let numbers: [(Int64, String)] = [
    (0, "0"), (9, "9"), (10, "10"), (-1, "-1"), (.max, "9223372036854775807"), (.min, "-9223372036854775808"),
  ]

  @Test(arguments: numbers)
  func decimal(number: Int64, expected: String) {
    var text = Text()
    text.append(number)
    #expect(text.string == expected)
  }

  @Test func cStringsEndAtAZero() {
    let text = Text([0x61, 0, 0x62])
    #expect(unsafe text.withCString { unsafe Text(cString: $0) } == "a")
    #expect(unsafe Text().withCString { unsafe Text(cString: $0) } == "")
  }

  @Test func several() {
    var text = Text()
    text.add([], between: ",")
    text.add(["a"], between: ",")
    text.add(["b", "c", "d"], between: ", ")
    #expect(text == "ab, c, d")
  }
}

/// Fields are those of `printf(3)`.
@Suite struct FieldTests {
  static let fields: [(Int, Int, String)] = [
    (0, .max, "four|"), (3, .max, "four|"), (4, .max, "four|"), (6, .max, "four  |"), (6, 3, "fou   |"),
    (0, 3, "fou|"), (2, 0, "  |"),
  ]

  @Test(arguments: fields)
  func left(width: Int, limit: Int, expected: String) {
    var text: Text = "before "
    text.field(width: width, limit: limit) { $0.add("four") }
    text.add("|")
    #expect(text.string == "before \(expected)")
  }

  static let numbers: [(UInt64, Int, String)] = [
    (0, 3, "  0"), (9, 1, "9"), (10, 1, "10"), (99, 3, " 99"), (100, 3, "100"),
    (.max, 8, "18446744073709551615"), (.max, 21, " 18446744073709551615"),
  ]

  @Test(arguments: numbers)
  func right(number: UInt64, width: Int, expected: String) {
    var text = Text()
    text.add(number, right: width)
    #expect(text.string == expected)
  }

  @Test func rightOfWords() {
    var text = Text()
    text.add("ab", right: 4)
    text.add("abcd", right: 3)
    #expect(text == "  ababcd")
  }
}
