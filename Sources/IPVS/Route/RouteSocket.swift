// SPDX-License-Identifier: Apache-2.0

internal import CLinux

/// What the kernel knows of this machine's network, by `rtnetlink(7)`. It only asks.
package struct RouteSocket: ~Copyable {
  private let socket: NetlinkSocket
  private var inbox = Inbox()
  private var sequence: UInt32 = 0

  /// Opens the conversation, in the network namespace of the calling thread.
  package init() throws(IPVSError.Reason) {
    do { socket = try NetlinkSocket(NETLINK_ROUTE) } catch { throw .system(error) }
  }

  /// A kind of question: the types of the request and of its answers, and the size of the header that both begin with.
  private enum Subject {
    case links, addresses, routes, neighbours

    var facts: (request: Int, answer: Int, header: Int) {
      switch self {
      case .links: (RTM_GETLINK, RTM_NEWLINK, MemoryLayout<ifinfomsg>.size)
      case .addresses: (RTM_GETADDR, RTM_NEWADDR, MemoryLayout<ifaddrmsg>.size)
      case .routes: (RTM_GETROUTE, RTM_NEWROUTE, MemoryLayout<rtmsg>.size)
      case .neighbours: (RTM_GETNEIGH, RTM_NEWNEIGH, MemoryLayout<ndmsg>.size)
      }
    }
  }

  /// All interfaces with their addresses, in the kernel's order.
  package mutating func interfaces() throws(IPVSError.Reason) -> [Interface] {
    var interfaces: [Interface] = []
    try ask(.links) { (bytes, header, attributes) throws(IPVSError.Reason) in
      interfaces.append(try Interface(decoding: bytes, header: header, attributes))
    }
    try ask(.addresses) { (bytes, header, attributes) throws(IPVSError.Reason) in
      let number = bytes.native(at: header + 4, as: Int32.self)
      guard let index = interfaces.firstIndex(where: { $0.id == number }),
        let assignment = try Interface.Assignment(decoding: bytes, header: header, attributes)
      else { return }
      interfaces[index].assignments.append(assignment)
    }
    return interfaces
  }

  /// All routes of all tables.
  package mutating func routes() throws(IPVSError.Reason) -> [Route] {
    var routes: [Route] = []
    try ask(.routes) { (bytes, header, attributes) throws(IPVSError.Reason) in
      if let route = try Route(decoding: bytes, header: header, attributes) { routes.append(route) }
    }
    return routes
  }

  /// The neighbours that do not answer.
  package mutating func silentNeighbours() throws(IPVSError.Reason) -> [SilentNeighbour] {
    var neighbours: [SilentNeighbour] = []
    try ask(.neighbours) { (bytes, header, attributes) throws(IPVSError.Reason) in
      if let one = try SilentNeighbour(decoding: bytes, header: header, attributes) { neighbours.append(one) }
    }
    return neighbours
  }

  /// The route of packets, or nil if there is none.
  package mutating func route(_ query: RouteQuery) throws(IPVSError.Reason) -> Route? {
    var route: Route?
    do {
      try ask(.routes, query) { (bytes, header, attributes) throws(IPVSError.Reason) in
        route = try Route(decoding: bytes, header: header, attributes)
      }
    } catch {
      guard case .refused = error else { throw error }
    }
    return route
  }

  /// Asks for what a query says, or for all there is, and passes on each answer: its bytes, where its header begins, and
  /// where its attributes are.
  private mutating func ask(
    _ subject: Subject, _ query: RouteQuery? = nil,
    _ take: (RawSpan, Int, Range<Int>) throws(IPVSError.Reason) -> Void
  ) throws(IPVSError.Reason) {
    let facts = subject.facts
    sequence &+= 1
    var outbox = Outbox()
    outbox.open(
      UInt16(facts.request), flags: clinux_request | (query == nil ? clinux_dump : clinux_ack),
      sequence: sequence)
    if let query {
      query.encode(into: &outbox)
    } else {
      outbox.bytes += [UInt8](repeating: 0, count: facts.header)
    }
    outbox.close()
    do { try socket.send(outbox.bytes) } catch { throw .system(error) }
    var patience = Patience()
    while true {
      do {
        try socket.wait(milliseconds: patience.left())
        try socket.receive(into: &inbox)
      } catch {
        switch error.rawValue {
        case EINTR, EAGAIN: continue
        case ETIMEDOUT: throw .timedOut
        default: throw .system(error)
        }
      }
      for slot in inbox.lengths.indices {
        var unread = try inbox.range(slot)
        while !unread.isEmpty {
          let message = try unsafe Message(
            from: inbox.bytes.span.bytes, &unread, type: UInt16(facts.answer), header: facts.header)
          guard message.sequence == sequence else { continue }
          switch message.kind {
          case .entry(let attributes):
            try take(unsafe inbox.bytes.span.bytes, attributes.lowerBound - facts.header, attributes)
          case .result(let number?): throw .refused(.other(number))
          case .result(nil): return
          case .other: break
          }
        }
      }
    }
  }
}
