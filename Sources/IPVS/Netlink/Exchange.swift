// SPDX-License-Identifier: Apache-2.0

internal import CIPVS
internal import Glibc

/// Requests to one generic netlink family and their answers, over any transport.
struct Exchange<Carrier: Transport & ~Copyable>: ~Copyable {
  /// How many requests travel together. The receive buffer has room for as many refusals.
  static var batchLimit: Int { 128 }
  private static var bufferSize: Int { 32 * 1024 }

  private var carrier: Carrier
  private let family: UInt16
  private var sequence: UInt32 = 0
  private var buffer = [UInt8](repeating: 0, count: bufferSize)

  init(_ carrier: consuming Carrier, family: UInt16) {
    self.carrier = carrier
    self.family = family
  }

  /// Has the kernel carry out all requests in order, and returns for each what it was refused with, or nil.
  /// A refusal does not keep the later ones from being carried out.
  mutating func perform(_ requests: [Request]) throws(NetlinkError) -> [Errno?] {
    var refusals = [Errno?](repeating: nil, count: requests.count)
    var start = 0
    while start < requests.count {
      let end = min(start + Self.batchLimit, requests.count)
      try perform(requests[start..<end], &refusals)
      start = end
    }
    return refusals
  }

  /// Asks for one answer, or with `dump` for as many as there are, and hands the attributes of each to `body`.
  mutating func query(
    _ request: Request, dump: Bool, _ body: (Attributes) throws(NetlinkError) -> Void
  ) throws(NetlinkError) {
    sequence &+= 1
    var bytes: [UInt8] = []
    append(request, flags: dump ? cipvs_dump : 0, to: &bytes)
    try send(bytes)
    while true {
      var done = false
      for message in try receive() where message.sequence == sequence {
        switch message.kind {
        case .entry(let attributes):
          try body(attributes)
          done = !dump
        case .result(let errno):
          if let errno { throw .refused(errno) }
          done = true
        case .other: break
        }
      }
      if done { return }
    }
  }

  /// One batch. Only its last request asks for an acknowledgement; of the others, silence is consent.
  private mutating func perform(
    _ batch: ArraySlice<Request>, _ refusals: inout [Errno?]
  ) throws(NetlinkError) {
    let first = sequence &+ 1
    var bytes: [UInt8] = []
    for index in batch.indices {
      sequence &+= 1
      append(batch[index], flags: index == batch.endIndex - 1 ? cipvs_ack : 0, to: &bytes)
    }
    try send(bytes)
    while true {
      for message in try receive() {
        let index = Int(message.sequence &- first)
        guard index < batch.count, case .result(let errno) = message.kind else { continue }
        refusals[batch.startIndex + index] = errno
        if message.sequence == sequence { return }
      }
    }
  }

  private func append(_ request: Request, flags: Int, to bytes: inout [UInt8]) {
    let length = cipvs_message_header + cipvs_family_header + request.attributes.count
    bytes.appendNative(UInt32(length))
    bytes.appendNative(family)
    bytes.appendNative(UInt16(cipvs_request | flags))
    bytes.appendNative(sequence)
    bytes.appendNative(UInt32(0))
    bytes.append(request.command)
    bytes.append(UInt8(IPVS_GENL_VERSION))
    bytes.appendNative(UInt16(0))
    bytes += request.attributes
  }

  private mutating func send(_ bytes: [UInt8]) throws(NetlinkError) {
    while true {
      do throws(Errno) { return try carrier.send(bytes) } catch {
        if error.rawValue != EINTR { throw .system(error) }
      }
    }
  }

  private mutating func receive() throws(NetlinkError) -> [Message] {
    let length = try receiveBytes()
    guard length <= buffer.count else { throw .tooLong }
    return try Message.all(in: buffer[..<length], family: family)
  }

  private mutating func receiveBytes() throws(NetlinkError) -> Int {
    while true {
      do throws(Errno) { return try carrier.receive(into: &buffer) } catch {
        switch error.rawValue {
        case EINTR: continue
        case EAGAIN: throw .timedOut
        case ENOBUFS: throw .overrun
        default: throw .system(error)
        }
      }
    }
  }
}
