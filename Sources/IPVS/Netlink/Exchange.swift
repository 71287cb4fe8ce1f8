// SPDX-License-Identifier: Apache-2.0

internal import CIPVS
internal import Glibc

/// Requests to one generic netlink family and their answers, over any transport.
struct Exchange<Carrier: Transport & ~Copyable>: ~Copyable {
  /// How many requests travel together. The receive buffer has room for as many refusals.
  static var batchLimit: Int { 128 }

  private var carrier: Carrier
  private let family: UInt16
  private var sequence: UInt32 = 0
  private var inbox = Inbox()

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
  /// Returns how many datagrams they came in: what is in one is the state of one moment.
  @discardableResult mutating func query(
    _ request: Request, dump: Bool, _ body: (RawSpan) throws(NetlinkError) -> Void
  ) throws(NetlinkError) -> Int {
    sequence &+= 1
    let (wanted, family) = (sequence, family)
    var bytes: [UInt8] = []
    append(request, flags: dump ? cipvs_dump : 0, to: &bytes)
    try send(bytes)
    var (datagrams, done) = (0, false)
    while !done {
      try receive { (datagram) throws(NetlinkError) in
        var hasEntries = false
        try datagram.forEachMessage(family: family) { (sequence, message, attributes) throws(NetlinkError) in
          guard sequence == wanted else { return }
          switch message {
          case .entry:
            hasEntries = true
            try body(attributes)
            if !dump { done = true }
          case .result(let errno):
            if let errno { throw .refused(errno) }
            done = true
          case .other: break
          }
        }
        if hasEntries { datagrams += 1 }
      }
    }
    return datagrams
  }

  /// One batch, and behind it a message that does nothing but ask for an acknowledgement: of the requests, silence
  /// is consent. The kernel does not acknowledge each of them, though it be asked to: not the stop of a daemon that
  /// has not run yet since it was started.
  private mutating func perform(
    _ batch: ArraySlice<Request>, _ refusals: inout [Errno?]
  ) throws(NetlinkError) {
    let first = sequence &+ 1
    var bytes: [UInt8] = []
    for request in batch {
      sequence &+= 1
      append(request, flags: 0, to: &bytes)
    }
    sequence &+= 1
    appendHeader(type: UInt16(NLMSG_NOOP), flags: cipvs_ack, length: cipvs_message_header, to: &bytes)
    try send(bytes)
    let (last, family) = (sequence, family)
    var done = false
    while !done {
      try receive { (datagram) throws(NetlinkError) in
        try datagram.forEachMessage(family: family) { (sequence, message, _) throws(NetlinkError) in
          let index = Int(sequence &- first)
          guard index <= batch.count, case .result(let errno) = message else { return }
          if sequence == last { done = true } else { refusals[batch.startIndex + index] = errno }
        }
      }
    }
  }

  private func append(_ request: Request, flags: Int, to bytes: inout [UInt8]) {
    let length = cipvs_message_header + cipvs_family_header + request.attributes.count
    appendHeader(type: family, flags: cipvs_request | flags, length: length, to: &bytes)
    bytes.append(request.command)
    bytes.append(UInt8(IPVS_GENL_VERSION))
    bytes.appendNative(UInt16(0))
    bytes += request.attributes
  }

  private func appendHeader(type: UInt16, flags: Int, length: Int, to bytes: inout [UInt8]) {
    bytes.appendNative(UInt32(length))
    bytes.appendNative(type)
    bytes.appendNative(UInt16(flags))
    bytes.appendNative(sequence)
    bytes.appendNative(UInt32(0))
  }

  private mutating func send(_ bytes: [UInt8]) throws(NetlinkError) {
    while true {
      do throws(Errno) { return try carrier.send(bytes) } catch {
        if error.rawValue != EINTR { throw .system(error) }
      }
    }
  }

  private mutating func receive(
    _ body: (RawSpan) throws(NetlinkError) -> Void
  ) throws(NetlinkError) {
    try fillInbox()
    try inbox.forEachDatagram(body)
  }

  private mutating func fillInbox() throws(NetlinkError) {
    while true {
      do throws(Errno) { return try carrier.receive(into: &inbox) } catch {
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
