// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import IPVS

/// What the connections show, counted by servers.
struct Evidence {
  /// A server of a service.
  struct Place: Hashable {
    let service: Service.ID
    let server: Endpoint
  }

  /// The connections at a place.
  struct Count {
    /// Those whose client has not answered the server for a second.
    var waiting = 0
    /// Those that came about within a minute.
    var recent = 0
    /// The seconds since the last packet of one that waits, and of one that came about.
    var (lastWaiting, lastRecent) = (UInt32.max, UInt32.max)
    /// The client that was the last to wait, and what it asked.
    var last: (client: Address, virtual: Address)?
    /// A client of late.
    var client: Address?
  }

  private var counts: [Place: Count] = [:]
  /// Open connections whose server is not in the service any more.
  private(set) var orphans: [Place: Int] = [:]
  /// Entries of services that schedule each packet on its own, and so make none.
  private(set) var leftovers: [Service.ID: Int] = [:]
  /// All entries.
  private(set) var total = 0

  /// In how many seconds entries expire after their last packet, by their state.
  private let lifetimes: [(state: Name, seconds: UInt32)]

  /// The lifetime of an entry whose client has not answered, `IP_VS_TCP_S_SYN_RECV`, and of one that was closed,
  /// `IP_VS_TCP_S_TIME_WAIT`.
  private static let (waiting, closed): (UInt32, UInt32) = (60, 120)

  init() { lifetimes = [] }

  init(of table: Table) throws(IPVSError) {
    // Who may not ask for them has to do with the kernel's own.
    lifetimes = [
      ("ESTABLISHED", table.timeouts?.tcp ?? 900), ("FIN_WAIT", table.timeouts?.tcpFin ?? 120),
      ("TIME_WAIT", Self.closed),
    ]
    let entries = table.entries.byID
    var marked: [Address: Table.Entry] = [:]
    for entry in table.entries where entry.id.endpoint == nil {
      for server in entry.destinations { marked[server.id.address] = entry }
    }
    var attempts: Set<[Endpoint]> = []
    try Self.readConnections { connection in
      if connection.state == "SYN_RECV", Self.age(of: connection) <= 1, attempts.count < Self.limit {
        attempts.insert(connection.endpoints)
      }
      take(connection, entries, marked)
    }
    if attempts.isEmpty { return }
    // Any packet makes an entry look new. Those that are still there after a while wait.
    _ = clinux_rest(1100)
    (counts, orphans, leftovers, total) = ([:], [:], [:], 0)
    try Self.readConnections { take($0, entries, marked, after: attempts) }
  }

  /// The connections of a server, if there are any that tell something.
  func count(_ server: Endpoint, of service: Service.ID) -> Count? {
    counts[Place(service: service, server: server)]
  }

  /// How many connections that may have just begun are remembered.
  private static let limit = 10_000

  private static func readConnections(_ take: (Connection) -> Void) throws(IPVSError) {
    var reader = try ConnectionReader()
    while true {
      do {
        guard let connection = try reader.next() else { return }
        take(connection)
      } catch {
        // Data of an engine can break a line.
        guard case .malformed = error.reason else { throw error }
      }
    }
  }

  /// How many seconds ago the last packet of a connection came whose client has not answered.
  private static func age(of connection: Connection) -> UInt32 { waiting - min(waiting, connection.expires) }

  /// Counts a connection. That of a mark does not show the mark, only a server.
  private mutating func take(
    _ connection: Connection, _ entries: [Service.ID: Table.Entry], _ marked: [Address: Table.Entry],
    after attempts: Set<[Endpoint]> = []
  ) {
    total += 1
    guard let transport = connection.transport, connection.client.port != 0,
      let entry = entries[.endpoint(transport, connection.virtual)]
        ?? entries[.endpoint(transport, Endpoint(connection.virtual.address, port: 0))]
        ?? marked[connection.destination.address]
    else { return }
    let server = entry.destinations.first { $0.id.isReached(by: connection.destination) }
    let place = Place(service: entry.id, server: server?.id ?? connection.destination)
    if server == nil {
      let isOwn = entry.id == .endpoint(transport, connection.virtual)
      if isOwn, connection.state == "ESTABLISHED" { orphans[place, default: 0] += 1 }
      return
    }
    if entry.service.service.settings.flags.contains(.onePacket) { leftovers[entry.id, default: 0] += 1 }
    if connection.state == "SYN_RECV" {
      let age = Self.age(of: connection)
      if age > 1 || attempts.contains(connection.endpoints) {
        counts[place, default: Count()].addWaiting(connection, age)
      }
    } else if let lifetime = lifetimes.first(where: { $0.state == connection.state })?.seconds {
      let age = lifetime - min(lifetime, connection.expires)
      if age <= Self.waiting { counts[place, default: Count()].addRecent(connection, age) }
    }
  }
}

extension Connection {
  /// What tells it from others of its protocol.
  fileprivate var endpoints: [Endpoint] { [client, virtual, destination] }
}

extension Evidence.Count {
  fileprivate mutating func addWaiting(_ connection: Connection, _ age: UInt32) {
    waiting += 1
    if age >= lastWaiting { return }
    lastWaiting = age
    last = (connection.client.address, connection.virtual.address)
  }

  fileprivate mutating func addRecent(_ connection: Connection, _ age: UInt32) {
    recent += 1
    client = connection.client.address
    lastRecent = min(lastRecent, age)
  }

  /// For so many seconds after a success the server is said to work: packets of older attempts can still come.
  private static let moment: UInt32 = 5

  /// Whether the server does not answer, or only some clients; nil if what is wrong was before the last success. Now and
  /// then a client goes away.
  var level: Finding.Level? {
    if waiting == 0 { return nil }
    if waiting * 20 < recent { return waiting >= 10 ? .warning : nil }
    if lastRecent > lastWaiting, lastRecent > Self.moment { return .error }
    return waiting >= 10 && waiting >= recent ? .warning : nil
  }
}

extension Endpoint {
  /// Whether the server of a connection is this one, which may take every port.
  fileprivate func isReached(by other: Endpoint) -> Bool {
    address == other.address && (port == 0 || port == other.port)
  }
}
