// SPDX-License-Identifier: Apache-2.0

internal import CIPVS

/// What a netlink message from the kernel is: `struct nlmsghdr`.
enum Message {
  /// An answer of the family.
  case entry
  /// The end of a dump or of a request: the errno that it was refused with, or nil.
  case result(Errno?)
  /// Neither: to be ignored.
  case other
}

extension RawSpan {
  /// Hands every message of a datagram to `body` in order: the number of the request that it answers, what it is,
  /// and the attributes of an entry.
  func forEachMessage(
    family: UInt16,
    _ body: (_ sequence: UInt32, _ message: Message, _ attributes: RawSpan) throws(NetlinkError) -> Void
  ) throws(NetlinkError) {
    var start = 0
    while start < byteCount {
      guard byteCount - start >= cipvs_message_header else { throw .malformed("a message is cut off") }
      let length = Int(native(at: start, as: UInt32.self))
      guard length >= cipvs_message_header, length <= byteCount - start else {
        throw .malformed("a message has length \(length)")
      }
      let type = native(at: start + 4, as: UInt16.self)
      let sequence = native(at: start + 8, as: UInt32.self)
      let payload = extracting(start + cipvs_message_header..<start + length)
      switch Int32(type) {
      case NLMSG_ERROR:
        try body(sequence, .result(try payload.errno()), RawSpan())
      case NLMSG_DONE:
        try body(sequence, .result(payload.isEmpty ? nil : try payload.errno()), RawSpan())
      case Int32(family):
        guard payload.byteCount >= cipvs_family_header else { throw .malformed("a message has no header") }
        try body(sequence, .entry, payload.extracting(droppingFirst: cipvs_family_header))
      default:
        try body(sequence, .other, payload)
      }
      start += length.aligned
    }
  }

  /// The errno at the start of an error or of a dump's end, which the kernel sends negated.
  private func errno() throws(NetlinkError) -> Errno? {
    guard byteCount >= 4 else { throw .malformed("an error without a number") }
    let code = native(at: 0, as: Int32.self)
    guard code != 0 else { return nil }
    guard code < 0, code > -4096 else { throw .malformed("an error has number \(code)") }
    return Errno(rawValue: -code)
  }
}
