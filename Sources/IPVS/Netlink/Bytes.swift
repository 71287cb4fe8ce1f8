// SPDX-License-Identifier: Apache-2.0

internal import CIPVS

extension Array<UInt8> {
  /// Appends an integer in the machine's byte order, which is netlink's.
  mutating func appendNative(_ value: some FixedWidthInteger & BitwiseCopyable) {
    unsafe Swift.withUnsafeBytes(of: value) { bytes in unsafe bytes.forEach { append($0) } }
  }
}

extension RawSpan {
  /// The integer at an index, in the machine's byte order. The bytes have to be there.
  func native<Value: FixedWidthInteger & BitwiseCopyable>(at index: Int, as _: Value.Type) -> Value {
    unsafe unsafeLoadUnaligned(fromByteOffset: index, as: Value.self)
  }
}

extension Int {
  /// The length with the padding that netlink puts behind messages and attributes: `NLMSG_ALIGN`, `NLA_ALIGN`.
  var aligned: Int { (self + cipvs_alignment - 1) & ~(cipvs_alignment - 1) }
}
