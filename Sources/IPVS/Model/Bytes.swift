// SPDX-License-Identifier: Apache-2.0

internal import CLinux

/// A value that has a text.
package protocol Printable {
  /// Appends the text.
  func append(to bytes: inout [UInt8])
}

extension Array<UInt8> {
  /// Appends `count` bytes, which `write` puts at an address. It writes all of them.
  @inline(__always)
  package mutating func append(count: Int, _ write: (UnsafeMutableRawPointer) -> Void) {
    append(addingCapacity: count) { output in
      unsafe output.withUnsafeMutableBufferPointer { (buffer, initialized) in
        guard let start = buffer.baseAddress else { return }
        unsafe write(UnsafeMutableRawPointer(start))
        initialized = count
      }
    }
  }

  /// Appends a value as it is in memory: an integer in the machine's byte order, which is netlink's, or several.
  mutating func appendNative<Value: BitwiseCopyable>(_ value: Value) {
    unsafe append(count: MemoryLayout<Value>.size) { unsafe $0.storeBytes(of: value, as: Value.self) }
  }

  /// Appends a number in decimal.
  package mutating func append(decimal number: some FixedWidthInteger) {
    if number < 0 { append(UInt8(ascii: "-")) }
    var rest = UInt64(number.magnitude)
    let count = rest.digitCount
    unsafe append(count: count) { start in
      for index in 1...count {
        let digit = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
        unsafe start.storeBytes(of: digit, toByteOffset: count - index, as: UInt8.self)
        rest /= 10
      }
    }
  }
}

extension Array<UInt8> {
  /// The place of the first such byte from an index on.
  package func firstIndex(of byte: UInt8, from start: Int) -> Int? {
    unsafe withUnsafeBytes { bytes in
      guard start < count, let base = bytes.baseAddress,
        let found = unsafe memchr(base + start, Int32(byte), count - start)
      else { return nil }
      return unsafe UnsafeRawPointer(found) - base
    }
  }
}

extension Array<UInt8> {
  /// Calls `body` with the bytes as a C string, which ends at the first zero.
  package func withCString<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
    unsafe (self + [0]).withUnsafeBytes {
      unsafe body($0.assumingMemoryBound(to: CChar.self).baseAddress.unsafelyUnwrapped)
    }
  }
}

extension UInt64 {
  /// How many decimal digits the number has.
  package var digitCount: Int {
    var count = 1
    var rest = self / 10
    while rest > 0 {
      count += 1
      rest /= 10
    }
    return count
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

extension Array {
  /// The array without much room for more: there are many short ones.
  var withoutRoom: [Element] { capacity > 2 * count ? Array(self[...]) : self }
}
