// SPDX-License-Identifier: Apache-2.0

internal import CLinux

/// Requests to one netlink family and their answers, over any transport.
struct Exchange<Carrier: Transport & ~Copyable>: ~Copyable {
  /// How many requests are sent together. The receive buffer has room for as many refusals.
  static var batchLimit: Int { 128 }

  private var carrier: Carrier
  /// What is asked with now.
  var types: MessageTypes
  private var sequence: UInt32 = 0

  private(set) var inbox = Inbox()
  /// The datagram that is being read, and the part of it that is still unread.
  private var slot = 0
  private var unread = 0..<0
  /// How many datagrams were received.
  private(set) var datagrams = 0
  /// Whether answers have counters of traffic.
  var isCounting = true
  /// How long the call may still wait.
  var patience = Patience()

  init(_ carrier: consuming Carrier, _ types: MessageTypes) {
    self.carrier = carrier
    self.types = types
  }

  // MARK: - Asking

  /// Sends a query. With `dump` the answer has any number of entries, without it one.
  mutating func ask(_ query: Query, dump: Bool) throws(IPVSError.Reason) {
    try ask(dump: dump) { query.encode(into: &$0) }
  }

  /// Sends a request that a closure encodes behind the netlink header.
  mutating func ask(dump: Bool, _ encode: (inout Outbox) -> Void) throws(IPVSError.Reason) {
    sequence &+= 1
    var outbox = Outbox()
    outbox.open(types.request, flags: clinux_request | (dump ? clinux_dump : 0), sequence: sequence)
    encode(&outbox)
    outbox.close()
    try send(outbox.bytes)
  }

  /// The place in the inbox of the next entry of the answer, or nil after the last one of a dump.
  mutating func nextEntry() throws(IPVSError.Reason) -> Range<Int>? {
    while true {
      let message = try nextMessage()
      guard message.sequence == sequence else { continue }
      switch message.kind {
      case .entry(let attributes): return attributes
      case .result(let number?): throw .refused(.other(number))
      case .result(nil): return nil
      case .other: break
      }
    }
  }

  /// Receives the rest of a dump, so that the kernel accepts the next request.
  mutating func drain() {
    while true {
      do { if try nextEntry() == nil { return } } catch {
        guard error.isAboutAnAnswer else { return }
      }
    }
  }

  // MARK: - Changing

  /// Makes all changes in order, and returns for each the number of its refusal, or nil. A refusal does not stop the
  /// later changes.
  mutating func perform(_ changes: [Change]) throws(IPVSError.Reason) -> [ErrorNumber?] {
    var refusals = [ErrorNumber?](repeating: nil, count: changes.count)
    var outbox = Outbox()
    for start in stride(from: 0, to: changes.count, by: Self.batchLimit) {
      outbox.removeAll()
      try perform(changes[start..<min(start + Self.batchLimit, changes.count)], by: &outbox, &refusals)
    }
    return refusals
  }

  /// Makes one batch of changes. Its last message only asks for an acknowledgement, and the kernel answers the others
  /// only if they fail. They cannot ask for acknowledgements of their own, because the kernel does not always send
  /// one: for example when a daemon is stopped that has not run yet since its start.
  private mutating func perform(
    _ batch: ArraySlice<Change>, by outbox: inout Outbox, _ refusals: inout [ErrorNumber?]
  ) throws(IPVSError.Reason) {
    let first = sequence &+ 1
    for change in batch {
      sequence &+= 1
      outbox.open(types.request, flags: clinux_request, sequence: sequence)
      change.encode(into: &outbox)
      outbox.close()
    }
    sequence &+= 1
    outbox.open(UInt16(NLMSG_NOOP), flags: clinux_ack, sequence: sequence)
    outbox.close()
    patience = Patience()
    try send(outbox.bytes)
    while true {
      let message = try nextMessage()
      guard case .result(let number) = message.kind else { continue }
      if message.sequence == sequence { return }
      let index = Int(message.sequence &- first)
      if index < batch.count { refusals[batch.startIndex + index] = number }
    }
  }

  // MARK: - Bytes

  private mutating func send(_ bytes: [UInt8]) throws(IPVSError.Reason) {
    // The rest of an earlier answer is of no use any more.
    unread = 0..<0
    inbox.lengths = []
    while true {
      do { return try carrier.send(bytes) } catch {
        if error.rawValue != EINTR { throw .system(error) }
      }
    }
  }

  private mutating func nextMessage() throws(IPVSError.Reason) -> Message {
    while unread.isEmpty {
      slot += 1
      if slot >= inbox.lengths.count {
        inbox.lengths = []
        try fillInbox()
        slot = 0
      }
      datagrams += 1
      unread = try inbox.range(slot)
    }
    var rest = unread
    unread = 0..<0  // so it stays after an error
    let message = try unsafe Message(from: inbox.bytes.span.bytes, &rest, types)
    unread = rest
    return message
  }

  private mutating func fillInbox() throws(IPVSError.Reason) {
    while true {
      do { return try carrier.receive(into: &inbox) } catch {
        switch error.rawValue {
        case EINTR: continue
        case EAGAIN: break
        case ENOBUFS: throw .overrun
        default: throw .system(error)
        }
      }
      do { try carrier.wait(milliseconds: patience.left()) } catch {
        switch error.rawValue {
        case EINTR: continue
        case ETIMEDOUT: throw .timedOut
        default: throw .system(error)
        }
      }
    }
  }
}

/// How long a call may still wait for the kernel. A call that need not wait does not look at the clock.
struct Patience {
  private static let milliseconds = 5000

  private var end: Int?

  mutating func left() -> Int32 {
    let now = Clock.milliseconds
    let end = end ?? now + Self.milliseconds
    self.end = end
    return Int32(max(0, end - now))
  }
}

extension IPVSError.Reason {
  /// Whether an answer is of no use or was lost, and others may follow it.
  var isAboutAnAnswer: Bool {
    switch self {
    case .malformed, .tooLong, .overrun: true
    case .refused, .unavailable, .system, .timedOut: false
    }
  }

  /// Whether the kernel may still have answers to the same request.
  var mayLeaveAnswers: Bool {
    if case .system = self { true } else { isAboutAnAnswer }
  }
}
