// SPDX-License-Identifier: Apache-2.0

/// Characters of UTF-8 among bytes that need not be any.
extension ArraySlice<UInt8> {
  /// How many bytes the character at the start has: 1 also for a byte that is not UTF-8.
  var characterLength: Int {
    guard let first else { return 0 }
    let (count, least): (Int, UInt32) =
      switch first {
      case 0xc2...0xdf: (2, 0x80)
      case 0xe0...0xef: (3, 0x800)
      case 0xf0...0xf4: (4, 0x10000)
      default: (1, 0)
      }
    if count == 1 || self.count < count { return 1 }
    var scalar = UInt32(first) & (0x7f >> UInt32(count))
    for byte in dropFirst().prefix(count - 1) {
      if byte & 0xc0 != 0x80 { return 1 }
      scalar = scalar << 6 | UInt32(byte & 0x3f)
    }
    let isValid = scalar >= least && scalar <= 0x10ffff && !(0xd800...0xdfff).contains(scalar)
    return isValid ? count : 1
  }
}
