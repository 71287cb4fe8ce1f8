// SPDX-License-Identifier: Apache-2.0

internal import CIPVS

/// A netlink message from the kernel: `struct nlmsghdr` and what follows.
struct Message {
  enum Kind {
    /// An answer of the family.
    case entry(Attributes)
    /// The end of a dump or of a request: the errno that it was refused with, or nil.
    case result(Errno?)
    /// Neither: to be ignored.
    case other
  }

  let sequence: UInt32
  let kind: Kind

  /// The messages of a datagram.
  static func all(in datagram: ArraySlice<UInt8>, family: UInt16) throws(NetlinkError) -> [Message] {
    var messages: [Message] = []
    var start = datagram.startIndex
    while start < datagram.endIndex {
      guard datagram.endIndex - start >= cipvs_message_header else {
        throw .malformed("a message is cut off")
      }
      let length = Int(datagram.native(at: start, as: UInt32.self))
      guard length >= cipvs_message_header, length <= datagram.endIndex - start else {
        throw .malformed("a message has length \(length)")
      }
      messages.append(try Message(datagram[start..<start + length], family: family))
      start += length.aligned
    }
    return messages
  }

  private init(_ bytes: ArraySlice<UInt8>, family: UInt16) throws(NetlinkError) {
    let type = bytes.native(at: bytes.startIndex + 4, as: UInt16.self)
    sequence = bytes.native(at: bytes.startIndex + 8, as: UInt32.self)
    let payload = bytes.dropFirst(cipvs_message_header)
    switch Int32(type) {
    case NLMSG_ERROR:
      kind = .result(try Self.errno(payload))
    case NLMSG_DONE:
      kind = .result(payload.isEmpty ? nil : try Self.errno(payload))
    case Int32(family):
      guard payload.count >= cipvs_family_header else { throw .malformed("a message has no header") }
      kind = .entry(Attributes(payload.dropFirst(cipvs_family_header)))
    default:
      kind = .other
    }
  }

  /// The errno at the start of an error or of a dump's end, which the kernel sends negated.
  private static func errno(_ payload: ArraySlice<UInt8>) throws(NetlinkError) -> Errno? {
    guard payload.count >= 4 else { throw .malformed("an error without a number") }
    let code = payload.native(at: payload.startIndex, as: Int32.self)
    guard code != 0 else { return nil }
    guard code < 0, code > -4096 else { throw .malformed("an error has number \(code)") }
    return Errno(rawValue: -code)
  }
}
