// SPDX-License-Identifier: Apache-2.0

/// Control characters, by which text from outside could control a terminal.
extension Text {
  /// Whether there are any except newlines.
  var hasControls: Bool {
    var scanner = Scanner()
    return bytes.contains { scanner.isControl($0) }
  }

  /// The text with a question mark for each control character except newlines.
  var withoutControls: Text {
    var scanner = Scanner()
    var text = Text()
    for byte in bytes {
      guard scanner.isControl(byte) else {
        text.bytes.append(byte)
        continue
      }
      // In UTF-8 a control of the second set (C1) has two bytes, and the first is written already.
      if scanner.wasPair { text.bytes.removeLast() }
      text.bytes.append(UInt8(ascii: "?"))
    }
    return text
  }

  /// Walks over bytes that are mostly UTF-8.
  private struct Scanner {
    private var last: UInt8 = 0
    /// How many bytes the character still has, if it is UTF-8.
    private var rest = 0
    /// Whether the control that was found last began with the byte before.
    private(set) var wasPair = false

    /// Whether a control character ends here: one of the first set (C0), one of the second (C1) in two bytes, or a
    /// byte that is not UTF-8 and that terminals without UTF-8 take for one of the second.
    mutating func isControl(_ byte: UInt8) -> Bool {
      defer { last = byte }
      let isSecondSet = (0x80...0x9f).contains(byte)
      if rest > 0, byte & 0xc0 == 0x80 {
        rest -= 1
        wasPair = last == 0xc2
        return wasPair && isSecondSet
      }
      wasPair = false
      switch byte {
      case 0xc2...0xdf: rest = 1
      case 0xe0...0xef: rest = 2
      case 0xf0...0xf4: rest = 3
      default: rest = 0
      }
      return byte < 0x20 && byte != UInt8(ascii: "\n") || byte == 0x7f || isSecondSet
    }
  }
}
