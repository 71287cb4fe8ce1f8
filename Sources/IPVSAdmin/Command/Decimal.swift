// SPDX-License-Identifier: Apache-2.0

extension FixedWidthInteger {
  /// The number that the whole of a text says in decimal, as `strtol(3)` reads it: blanks before it and a sign
  /// are fine. Nil when it says none, or one out of range.
  init?(decimal text: String, in range: ClosedRange<Self> = .min ... .max) {
    let digits = text.utf8.drop { $0 == 0x20 || (0x09...0x0d).contains($0) }
    guard let number = Self(Substring(digits)), range.contains(number) else { return nil }
    self = number
  }
}
