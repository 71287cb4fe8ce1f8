// SPDX-License-Identifier: Apache-2.0

internal import CIPVS

extension Array<UInt8> {
  /// Appends an integer in the machine's byte order, which is netlink's.
  mutating func appendNative<Value: FixedWidthInteger>(_ value: Value) {
    for index in 0..<Value.bitWidth / 8 {
      #if _endian(little)
        append(UInt8(truncatingIfNeeded: value >> (8 * index)))
      #else
        append(UInt8(truncatingIfNeeded: value >> (Value.bitWidth - 8 - 8 * index)))
      #endif
    }
  }
}

extension ArraySlice<UInt8> {
  /// The integer at an index of the slice, in the machine's byte order. The caller has checked the bounds.
  func native<Value: FixedWidthInteger>(at index: Int, as _: Value.Type) -> Value {
    var value: Value = 0
    for offset in 0..<Value.bitWidth / 8 {
      #if _endian(little)
        value |= Value(truncatingIfNeeded: self[index + offset]) << (8 * offset)
      #else
        value = value << 8 | Value(truncatingIfNeeded: self[index + offset])
      #endif
    }
    return value
  }
}

extension Int {
  /// The length with the padding that netlink puts behind messages and attributes: `NLMSG_ALIGN`, `NLA_ALIGN`.
  var aligned: Int { (self + cipvs_alignment - 1) / cipvs_alignment * cipvs_alignment }
}
