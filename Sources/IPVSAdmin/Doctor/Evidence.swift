// SPDX-License-Identifier: Apache-2.0

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
    /// Those that are established.
    var open = 0
    /// One of the clients that wait.
    var client: Address?
  }

  private(set) var counts: [Place: Count] = [:]
  /// Open connections whose server is not in the service any more.
  private(set) var orphans: [Place: Int] = [:]
  /// Entries of services that schedule each packet on its own, and so make none.
  private(set) var leftovers: [Service.ID: Int] = [:]
  /// All entries.
  private(set) var total = 0

  /// In so many seconds an entry expires whose client has been silent for one: `IP_VS_TCP_S_SYN_RECV`.
  private static let oldExpiry: UInt32 = 58

  init() {}

  init(of table: Table) throws(IPVSError) {
    let entries = table.entries.byID
    var reader = try ConnectionReader()
    while true {
      do {
        guard let connection = try reader.next() else { return }
        total += 1
        take(connection, entries)
      } catch {
        // Data of an engine can break a line.
        guard case .malformed = error.reason else { throw error }
      }
    }
  }

  private mutating func take(_ connection: Connection, _ entries: [Service.ID: Table.Entry]) {
    guard let transport = connection.transport, connection.client.port != 0,
      let entry = entries[.endpoint(transport, connection.virtual)]
        ?? entries[.endpoint(transport, Endpoint(connection.virtual.address, port: 0))]
        ?? entries.values.first(where: { $0.takes(connection) })
    else { return }
    let server = entry.destinations.first { $0.id.isReached(by: connection.destination) }
    let place = Place(service: entry.id, server: server?.id ?? connection.destination)
    if server == nil {
      let isOwn = entry.id == .endpoint(transport, connection.virtual)
      if isOwn, connection.state == "ESTABLISHED" { orphans[place, default: 0] += 1 }
      return
    }
    if entry.service.service.settings.flags.contains(.onePacket) { leftovers[entry.id, default: 0] += 1 }
    switch connection.state {
    case "ESTABLISHED": counts[place, default: Count()].open += 1
    case "SYN_RECV" where connection.expires <= Self.oldExpiry:
      counts[place, default: Count()].waiting += 1
      counts[place, default: Count()].client = connection.client.address
    default: break
    }
  }
}

extension Table.Entry {
  /// Whether a mark's service may have made a connection: that does not show the mark.
  fileprivate func takes(_ connection: Connection) -> Bool {
    guard case .mark(_, let family) = id else { return false }
    return family == connection.virtual.address.family
      && destinations.contains { $0.id.isReached(by: connection.destination) }
  }
}

extension Endpoint {
  /// Whether the server of a connection is this one, which may take every port.
  fileprivate func isReached(by other: Endpoint) -> Bool {
    address == other.address && (port == 0 || port == other.port)
  }
}
