// SPDX-License-Identifier: Apache-2.0

internal import CLinux

/// A netlink attribute among bytes that the kernel sent: `struct nlattr`. Nothing about the bytes is taken for granted.
struct Attribute {
  /// What it is.
  let type: Int
  /// Where its value begins.
  let start: Int
  /// How many bytes the value has.
  let count: Int

  /// Where its value is.
  var value: Range<Int> { start..<start + count }
}

/// Steps through the attributes in a part of the bytes.
struct AttributeCursor {
  private var position: Int
  private var end: Int

  init(_ range: Range<Int>) { (position, end) = (range.lowerBound, range.upperBound) }

  /// The next attribute, or nil after the last one.
  mutating func next(in bytes: RawSpan) throws(IPVSError.Reason) -> Attribute? {
    let start = position
    if start == end { return nil }
    guard end &- start >= clinux_attribute_header else { throw .malformed(.attribute) }
    let length = Int(bytes.native(at: start, as: UInt16.self))
    guard length >= clinux_attribute_header, length <= end &- start else { throw .malformed(.attribute) }
    position = min(start &+ length.aligned, end)
    return Attribute(
      type: Int(bytes.native(at: start &+ 2, as: UInt16.self)) & clinux_attribute_type_mask,
      start: start &+ clinux_attribute_header, count: length &- clinux_attribute_header)
  }

  /// Enters the attribute of a type, which holds others. Returns false if there is none.
  mutating func enter(_ type: Int, in bytes: RawSpan) throws(IPVSError.Reason) -> Bool {
    while let attribute = try next(in: bytes) {
      if attribute.type != type { continue }
      (position, end) = (attribute.start, attribute.value.upperBound)
      return true
    }
    return false
  }
}

extension RawSpan {
  /// An attribute's value as an integer in the machine's byte order.
  func integer<Value: FixedWidthInteger & BitwiseCopyable>(
    _ attribute: Attribute, as _: Value.Type = Value.self
  ) throws(IPVSError.Reason) -> Value {
    guard attribute.count == Value.bitWidth / 8 else { throw .malformed(.attribute) }
    return native(at: attribute.start, as: Value.self)
  }

  /// An attribute's value as a name, up to the zero that ends it.
  func name(_ attribute: Attribute) throws(IPVSError.Reason) -> Name {
    var name = Name()
    for (index, position) in attribute.value.enumerated() {
      let byte = native(at: position, as: UInt8.self)
      if byte == 0 { break }
      guard index < Name.limit else { throw .malformed(.attribute) }
      name[index] = byte
    }
    return name
  }

  /// An attribute's value as an address of a family. An IPv4 one may have four bytes or sixteen.
  func address(_ attribute: Attribute, _ family: AddressFamily) throws(IPVSError.Reason) -> Address {
    let (start, count) = (attribute.start, attribute.count)
    guard count == Address.byteCount || family == .ipv4 && count == 4 else { throw .malformed(.attribute) }
    if family == .ipv4 { return Address(ipv4: word(at: start)) }
    return Address(ipv6: (word(at: start), word(at: start + 4), word(at: start + 8), word(at: start + 12)))
  }

  private func word(at index: Int) -> UInt32 { UInt32(bigEndian: native(at: index, as: UInt32.self)) }

  /// The integer at an index, in the machine's byte order. The caller ensures that the bytes are there.
  func native<Value: FixedWidthInteger & BitwiseCopyable>(at index: Int, as _: Value.Type) -> Value {
    unsafe unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: Value.self)
  }
}
