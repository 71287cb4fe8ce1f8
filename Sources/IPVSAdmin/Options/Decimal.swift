// SPDX-License-Identifier: Apache-2.0

internal import IPVS

extension FixedWidthInteger {
  /// The decimal number that a whole text stands for, as `strtol(3)` reads it: leading blanks and a sign are fine.
  /// Nil if it is not a number, or is out of range.
  init?(decimal text: Text, in range: ClosedRange<Self> = .min ... .max) {
    var digits = text.bytes.drop { $0 == 0x20 || (0x09...0x0d).contains($0) }
    let sign = digits.first
    if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { digits = digits.dropFirst() }
    guard let magnitude = Magnitude(decimal: digits) else { return nil }
    let number = sign == UInt8(ascii: "-") ? 0 - Int128(magnitude) : Int128(magnitude)
    guard let number = Self(exactly: number), range.contains(number) else { return nil }
    self = number
  }
}
