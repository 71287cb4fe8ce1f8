// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import IPVS

/// Fields as `printf(3)` has them.
extension Text {
  /// Appends what `body` appends, padded with blanks on the right to a width, and cut at a limit: `%-*.*s`.
  mutating func field(width: Int, limit: Int = .max, _ body: (inout Text) -> Void) {
    let start = bytes.count
    body(&self)
    if bytes.count - start > limit { bytes.removeSubrange((start + limit)...) }
    addBlanks(width - (bytes.count - start))
  }

  /// Appends text, padded with blanks on the left to a width: `%*s`.
  mutating func add(_ text: StaticString, right width: Int) {
    addBlanks(width - text.utf8CodeUnitCount)
    add(text)
  }

  /// Appends a number, padded with blanks on the left to a width: `%*u`.
  mutating func add(_ number: UInt64, right width: Int) {
    var rest = number
    let digits = rest.digitCount
    let count = max(width, digits)
    unsafe bytes.append(count: count) { start in
      var place = count
      while place > count - digits {
        place -= 1
        let digit = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
        unsafe start.storeBytes(of: digit, toByteOffset: place, as: UInt8.self)
        rest /= 10
      }
      while place > 0 {
        place -= 1
        unsafe start.storeBytes(of: UInt8(ascii: " "), toByteOffset: place, as: UInt8.self)
      }
    }
  }

  private mutating func addBlanks(_ count: Int) {
    guard count > 0 else { return }
    unsafe bytes.append(count: count) { _ = unsafe memset($0, Int32(UInt8(ascii: " ")), count) }
  }
}
