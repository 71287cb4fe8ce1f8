// SPDX-License-Identifier: Apache-2.0

internal import CIPVS

/// The attributes in a stretch of bytes that the kernel sent. Nothing about the bytes is taken for granted.
struct Attributes {
  let bytes: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

  /// Hands every attribute to `body`, in order.
  func forEach(_ body: (Attribute) throws(NetlinkError) -> Void) throws(NetlinkError) {
    var start = bytes.startIndex
    while start < bytes.endIndex {
      guard bytes.endIndex - start >= cipvs_attribute_header else {
        throw .malformed("an attribute is cut off")
      }
      let length = Int(bytes.native(at: start, as: UInt16.self))
      guard length >= cipvs_attribute_header, length <= bytes.endIndex - start else {
        throw .malformed("an attribute has length \(length)")
      }
      let type = Int(bytes.native(at: start + 2, as: UInt16.self)) & cipvs_attribute_type_mask
      try body(Attribute(type: type, payload: bytes[start + cipvs_attribute_header..<start + length]))
      start += length.aligned
    }
  }
}

/// One attribute: what it is, and its bytes, read as what they should be.
struct Attribute {
  let type: Int
  let payload: ArraySlice<UInt8>

  /// The payload as an integer in the machine's byte order.
  func integer<Value: FixedWidthInteger & BitwiseCopyable>(_: Value.Type = Value.self) throws(NetlinkError)
    -> Value
  {
    try require(length: Value.bitWidth / 8)
    return payload.native(at: payload.startIndex, as: Value.self)
  }

  /// The payload as text, up to the zero that ends it.
  func text() throws(NetlinkError) -> String {
    String(decoding: payload.prefix { $0 != 0 }, as: UTF8.self)
  }

  /// The payload as an address. An IPv4 one may have four bytes or sixteen.
  func address(_ family: AddressFamily) throws(NetlinkError) -> Address {
    if family == .ipv4, payload.count == 4 {
      return Address(family: family, bytes: payload)
    }
    try require(length: Address.byteCount)
    return Address(family: family, bytes: payload)
  }

  /// The attributes within the payload.
  var nested: Attributes { Attributes(payload) }

  private func require(length: Int) throws(NetlinkError) {
    guard payload.count == length else {
      throw .malformed("attribute \(type) has \(payload.count) bytes instead of \(length)")
    }
  }
}
