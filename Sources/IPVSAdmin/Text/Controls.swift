// SPDX-License-Identifier: Apache-2.0

/// Control characters, by which text from outside could control a terminal.
extension Text {
  /// Whether there are any except newlines.
  var hasControls: Bool {
    if isPrintableASCII { return false }
    var scanner = Scanner()
    return bytes.contains { scanner.isControl($0) }
  }

  /// Whether all bytes are of printable ASCII or newlines. It looks at eight bytes at a time.
  private var isPrintableASCII: Bool {
    unsafe bytes.withUnsafeBytes { bytes in
      let whole = bytes.count & ~7
      for index in stride(from: 0, to: whole, by: 8) {
        if unsafe !Self.isPrintableASCII(bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)) {
          return false
        }
      }
      var last: UInt64 = 0x2020_2020_2020_2020
      for index in whole..<bytes.count { last = unsafe last << 8 | UInt64(bytes[index]) }
      return Self.isPrintableASCII(last)
    }
  }

  /// Of each byte, the sums set the highest bit where the other seven bits are as said.
  private static func isPrintableASCII(_ bytes: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let low = bytes & (0x7f * ones)
    let isAtLeastBlank = low + 0x60 * ones
    let isDelete = low + ones
    let isNoNewline = (low ^ (UInt64(UInt8(ascii: "\n")) * ones)) + 0x7f * ones
    let highest = 0x80 * ones
    return (isAtLeastBlank | ~isNoNewline) & ~isDelete & ~bytes & highest == highest
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
