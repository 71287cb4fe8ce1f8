// SPDX-License-Identifier: Apache-2.0

internal import CIPVS

/// Netlink attributes in bytes that the kernel sent. Nothing about the bytes is taken for granted.
extension RawSpan {
  /// Hands every attribute to `body` in order: what it is, and its value.
  func forEachAttribute(
    _ body: (_ type: Int, _ value: RawSpan) throws(NetlinkError) -> Void
  ) throws(NetlinkError) {
    var start = 0
    while start < byteCount {
      guard byteCount - start >= cipvs_attribute_header else {
        throw .malformed("an attribute is cut off")
      }
      let length = Int(native(at: start, as: UInt16.self))
      guard length >= cipvs_attribute_header, length <= byteCount - start else {
        throw .malformed("an attribute has length \(length)")
      }
      let type = Int(native(at: start + 2, as: UInt16.self)) & cipvs_attribute_type_mask
      try body(type, extracting(start + cipvs_attribute_header..<start + length))
      start += length.aligned
    }
  }

  /// Hands every attribute to `body` that those of one type hold.
  func forEachAttribute(
    within type: Int, _ body: (_ type: Int, _ value: RawSpan) throws(NetlinkError) -> Void
  ) throws(NetlinkError) {
    try forEachAttribute { (outer, value) throws(NetlinkError) in
      if outer == type { try value.forEachAttribute(body) }
    }
  }

  /// The value as an integer in the machine's byte order.
  func integer<Value: FixedWidthInteger & BitwiseCopyable>(_: Value.Type = Value.self) throws(NetlinkError)
    -> Value
  {
    try require(length: Value.bitWidth / 8)
    return native(at: 0, as: Value.self)
  }

  /// The value as text, up to the zero that ends it.
  func text() -> String {
    unsafe withUnsafeBytes { unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }

  /// The value as an address of a family. An IPv4 one may have four bytes or sixteen.
  func address(_ family: AddressFamily) throws(NetlinkError) -> Address {
    try words().address(family)
  }

  /// The value as an address whose family is not known yet.
  func words() throws(NetlinkError) -> AddressWords {
    if byteCount == 4 { return AddressWords(words: (word(0), 0, 0, 0), isShort: true) }
    try require(length: Address.byteCount)
    return AddressWords(words: (word(0), word(1), word(2), word(3)), isShort: false)
  }

  private func word(_ index: Int) -> UInt32 { UInt32(bigEndian: native(at: 4 * index, as: UInt32.self)) }

  private func require(length: Int) throws(NetlinkError) {
    guard byteCount == length else {
      throw .malformed("an attribute has \(byteCount) bytes instead of \(length)")
    }
  }
}

/// The bits of an address, before it is known what family it is of.
struct AddressWords {
  let words: (UInt32, UInt32, UInt32, UInt32)
  let isShort: Bool

  func address(_ family: AddressFamily) throws(NetlinkError) -> Address {
    switch family {
    case .ipv4: return Address(ipv4: words.0)
    case .ipv6:
      guard !isShort else { throw .malformed("an IPv6 address has 4 bytes") }
      return Address(ipv6: words)
    }
  }
}
