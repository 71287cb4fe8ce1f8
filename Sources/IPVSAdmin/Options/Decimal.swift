// SPDX-License-Identifier: Apache-2.0

internal import IPVS

extension FixedWidthInteger {
  /// The number that the whole of a text says in decimal, as `strtol(3)` reads it: blanks before it and a sign
  /// are fine. Nil when it says none, or one out of range.
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
