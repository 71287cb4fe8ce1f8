// SPDX-License-Identifier: Apache-2.0

/// A value that has a text.
package protocol Printable {
  /// Appends the text.
  func append(to bytes: inout [UInt8])
}

extension Array<UInt8> {
  /// Appends an integer in the machine's byte order, which is netlink's.
  mutating func appendNative(_ value: some FixedWidthInteger & BitwiseCopyable) {
    unsafe Swift.withUnsafeBytes(of: value) { bytes in unsafe bytes.forEach { append($0) } }
  }

  /// Appends a number in decimal.
  package mutating func append(decimal number: some FixedWidthInteger) {
    if number < 0 { append(UInt8(ascii: "-")) }
    let start = count
    var rest = number.magnitude
    repeat {
      append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
    if count - start > 1 { self[start...].reverse() }
  }
}

extension FixedWidthInteger {
  /// The number that a text of decimal digits stands for; nil if it is empty, has anything else, or does not fit.
  package init?(decimal digits: ArraySlice<UInt8>) {
    guard !digits.isEmpty else { return nil }
    var value: Self = 0
    for digit in digits {
      guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else { return nil }
      let (tenfold, overflows) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflowsToo) = tenfold.addingReportingOverflow(Self(digit - UInt8(ascii: "0")))
      guard !overflows, !overflowsToo else { return nil }
      value = sum
    }
    self = value
  }
}

extension StaticString {
  /// The bytes of the text.
  package var bytes: [UInt8] { unsafe Array(UnsafeBufferPointer(start: utf8Start, count: utf8CodeUnitCount)) }
}

extension String {
  /// The text that a function appends as bytes.
  package static func written(by append: (inout [UInt8]) -> Void) -> String {
    var bytes: [UInt8] = []
    append(&bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
