// SPDX-License-Identifier: Apache-2.0

internal import CLinux

/// A netlink message from the kernel: `struct nlmsghdr`. Nothing about the bytes is taken for granted.
struct Message {
  /// What the kernel says.
  enum Kind {
    /// An answer of the wanted type: where its attributes are, behind the header of its own.
    case entry(Range<Int>)
    /// The end of a dump or of a request: the number that it was refused with, or nil.
    case result(ErrorNumber?)
    /// Neither; the caller ignores it.
    case other
  }

  /// The number of the request that it answers.
  let sequence: UInt32
  let kind: Kind

  /// Reads the message at the start of a part of the bytes, and takes it off that part.
  init(from bytes: RawSpan, _ rest: inout Range<Int>, _ types: MessageTypes) throws(IPVSError.Reason) {
    let start = rest.lowerBound
    guard rest.count >= clinux_message_header else { throw .malformed(.message) }
    let length = Int(bytes.native(at: start, as: UInt32.self))
    guard length >= clinux_message_header, length <= rest.count else { throw .malformed(.message) }
    rest = min(start + length.aligned, rest.upperBound)..<rest.upperBound
    sequence = bytes.native(at: start + 8, as: UInt32.self)
    let payload = start + clinux_message_header..<start + length
    switch bytes.native(at: start + 4, as: UInt16.self) {
    case UInt16(NLMSG_ERROR): kind = .result(try bytes.errorNumber(payload))
    case UInt16(NLMSG_DONE): kind = .result(payload.isEmpty ? nil : try bytes.errorNumber(payload))
    case types.answer:
      guard payload.count >= types.header else { throw .malformed(.message) }
      kind = .entry(payload.dropFirst(types.header))
    default: kind = .other
    }
  }
}

extension RawSpan {
  /// The errno at the start of an error or of a dump's end, which the kernel sends negated.
  fileprivate func errorNumber(_ payload: Range<Int>) throws(IPVSError.Reason) -> ErrorNumber? {
    guard payload.count >= 4 else { throw .malformed(.number) }
    let code = native(at: payload.lowerBound, as: Int32.self)
    guard code != 0 else { return nil }
    guard code < 0, code > -4096 else { throw .malformed(.number) }
    return ErrorNumber(rawValue: -code)
  }
}
