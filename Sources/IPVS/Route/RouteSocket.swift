// SPDX-License-Identifier: Apache-2.0

internal import CLinux

/// What the kernel knows of this machine's network, by `rtnetlink(7)`. It only asks.
package struct RouteSocket: ~Copyable {
  private var exchange: Exchange<NetlinkSocket>

  /// Opens the conversation, in the network namespace of the calling thread.
  package init() throws(IPVSError.Reason) {
    do { exchange = Exchange(try NetlinkSocket(NETLINK_ROUTE), .links) } catch { throw .system(error) }
  }

  /// All interfaces with their addresses, in the kernel's order.
  package mutating func interfaces() throws(IPVSError.Reason) -> [Interface] {
    var interfaces: [Interface] = []
    try all(.links) { (bytes, header, attributes) throws(IPVSError.Reason) in
      interfaces.append(try Interface(decoding: bytes, header: header, attributes))
    }
    try all(.addresses) { (bytes, header, attributes) throws(IPVSError.Reason) in
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
    try all(.routes) { (bytes, header, attributes) throws(IPVSError.Reason) in
      if let route = try Route(decoding: bytes, header: header, attributes) { routes.append(route) }
    }
    return routes
  }

  /// The neighbours that do not answer.
  package mutating func silentNeighbours() throws(IPVSError.Reason) -> [SilentNeighbour] {
    var neighbours: [SilentNeighbour] = []
    try all(.neighbours) { (bytes, header, attributes) throws(IPVSError.Reason) in
      if let one = try SilentNeighbour(decoding: bytes, header: header, attributes) { neighbours.append(one) }
    }
    return neighbours
  }

  /// The route of packets, or nil if there is none.
  package mutating func route(_ query: RouteQuery) throws(IPVSError.Reason) -> Route? {
    exchange.types = .routes
    exchange.patience = Patience()
    do {
      try exchange.ask(dump: false) { query.encode(into: &$0) }
      guard let attributes = try exchange.nextEntry() else { return nil }
      return try Route(
        decoding: unsafe exchange.inbox.bytes.span.bytes,
        header: attributes.lowerBound - exchange.types.header, attributes)
    } catch {
      // That there is none has several numbers; these two say that memory is short.
      guard case .refused(let refusal) = error, ![ENOBUFS, ENOMEM].contains(refusal.number.rawValue) else {
        throw error
      }
      return nil
    }
  }

  /// Asks for all there is, and passes on each answer: the bytes, where its header begins, and where its attributes are.
  private mutating func all(
    _ types: MessageTypes, _ take: (RawSpan, Int, Range<Int>) throws(IPVSError.Reason) -> Void
  ) throws(IPVSError.Reason) {
    exchange.types = types
    exchange.patience = Patience()
    try exchange.ask(dump: true) { $0.bytes += [UInt8](repeating: 0, count: types.header) }
    do {
      while let attributes = try exchange.nextEntry() {
        try take(
          unsafe exchange.inbox.bytes.span.bytes, attributes.lowerBound - types.header, attributes)
      }
    } catch {
      if error.mayLeaveAnswers { exchange.drain() }
      throw error
    }
  }
}

extension MessageTypes {
  static let links = MessageTypes(RTM_GETLINK, RTM_NEWLINK, MemoryLayout<ifinfomsg>.size)
  static let addresses = MessageTypes(RTM_GETADDR, RTM_NEWADDR, MemoryLayout<ifaddrmsg>.size)
  static let routes = MessageTypes(RTM_GETROUTE, RTM_NEWROUTE, MemoryLayout<rtmsg>.size)
  static let neighbours = MessageTypes(RTM_GETNEIGH, RTM_NEWNEIGH, MemoryLayout<ndmsg>.size)

  private init(_ request: Int, _ answer: Int, _ header: Int) {
    self.init(request: UInt16(request), answer: UInt16(answer), header: header)
  }
}
