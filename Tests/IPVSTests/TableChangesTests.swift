// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import IPVS

/// What makes one table another one, of tables that were chosen.
@Suite struct TableChangesTests {
  private static let web: Service.ID = .tcp("10.0.0.100:80")
  private static let one: Endpoint = "10.1.0.11:80"
  private static let two: Endpoint = "10.1.0.12:80"

  private static func table(_ settings: Service.Settings = .init(), _ servers: Destination...) -> Table {
    Table([
      Table.Entry(ServiceStatus(Service(web, settings)), destinations: servers.map { DestinationStatus($0) })
    ])
  }

  private static func table(daemons: SyncDaemon...) -> Table {
    var table = Table()
    table.daemons = daemons
    return table
  }

  private static func table(timeouts: Timeouts) -> Table {
    var table = Table()
    table.timeouts = timeouts
    return table
  }

  private static let master = SyncDaemon(
    .master, interface: "lo", syncID: 7, maximumLength: 1472, group: "224.0.0.81", port: 8848, ttl: 1)

  static let pairs: [(Table, Table, [Change])] = [
    (Table(), Table(), []),
    (table(.init()), table(.init()), []),
    (
      Table(), table(.init(), Destination(one)),
      [.addService(Service(web)), .addDestination(Destination(one), to: web)]
    ),
    (table(.init(), Destination(one)), Table(), [.deleteService(web)]),
    (
      table(.init(), Destination(one)), table(.init(), Destination(two)),
      [.addDestination(Destination(two), to: web), .deleteDestination(one, from: web)]
    ),
    (table(.init()), table(.init(scheduler: "rr")), [.editService(Service(web, scheduler: "rr"))]),
    (
      table(.init(persistence: 5)), table(.init(persistence: 5, netmask: .part(1))),
      [.editService(Service(web, persistence: 5, netmask: .part(1)))]
    ),
    // A mask without persistence does nothing.
    (table(.init(netmask: .part(1))), table(.init()), []),
    (table(.init()), table(.init(netmask: .part(1))), []),
    // The kernel makes these two of others by itself.
    (table(.init(), Destination(one, forwarding: .local)), table(.init(), Destination(one)), []),
    (
      table(.init(), Destination(one, forwarding: .local)),
      table(.init(), Destination(one, forwarding: .masquerade)), []
    ),
    (table(.init(), Destination(one, forwarding: .bypass)), table(.init(), Destination(one)), []),
    (
      table(.init(), Destination(one, forwarding: .bypass)),
      table(.init(), Destination(one, forwarding: .masquerade)),
      [.editDestination(Destination(one, forwarding: .masquerade), of: web)]
    ),
    (
      table(.init(), Destination(one, forwarding: .local)), table(.init(), Destination(one, weight: 2)),
      [.editDestination(Destination(one, weight: 2), of: web)]
    ),
    // A goal is about timeouts and daemons if it has some.
    (table(timeouts: Timeouts(tcp: 1)), Table(), []), (table(daemons: master), Table(), []),
    (table(timeouts: Timeouts(tcp: 1, udp: 2)), table(timeouts: Timeouts(udp: 2)), []),
    (
      table(timeouts: Timeouts(tcp: 1, udp: 2)), table(timeouts: Timeouts(udp: 3)),
      [.setTimeouts(Timeouts(udp: 3))]
    ),
    (Table(), table(daemons: master), []),
    (table(daemons: master), table(daemons: SyncDaemon(.master, interface: "lo", syncID: 7)), []),
    (
      table(daemons: master),
      table(daemons: SyncDaemon(.master, interface: "lo", syncID: 7, group: "224.0.0.81", ttl: 1)), []
    ),
    (
      table(daemons: master), table(daemons: SyncDaemon(.master, interface: "lo", syncID: 8)),
      [.stopDaemon(.master), .startDaemon(SyncDaemon(.master, interface: "lo", syncID: 8))]
    ),
    (
      table(daemons: master), table(daemons: SyncDaemon(.backup, interface: "lo")),
      [.stopDaemon(.master), .startDaemon(SyncDaemon(.backup, interface: "lo"))]
    ),
    (
      table(daemons: master),
      table(daemons: SyncDaemon(.master, interface: "lo", syncID: 7, maximumLength: 9)),
      [.stopDaemon(.master), .startDaemon(SyncDaemon(.master, interface: "lo", syncID: 7, maximumLength: 9))]
    ),
    // The kernel takes no length as it is that does not fit.
    (
      table(daemons: SyncDaemon(.backup, interface: "lo", maximumLength: 1024)),
      table(daemons: SyncDaemon(.backup, interface: "lo", maximumLength: 1)), []
    ),
    (
      table(daemons: SyncDaemon(.master, interface: "lo", maximumLength: 65487, group: "ff02::51")),
      table(daemons: SyncDaemon(.master, interface: "lo", maximumLength: 65507, group: "ff02::51")), []
    ),
  ]

  @Test(arguments: pairs)
  func fromOneToTheOther(table: Table, goal: Table, changes: [Change]) {
    #expect(table.changes(to: goal) == changes)
  }

  /// Counters and connections are no settings.
  @Test func trafficIsNoChange() {
    var present = Self.table(.init(), Destination(Self.one))
    present.entries[0].destinations[0].activeConnections = 5
    present.entries[0].destinations[0].statistics.total.connections = 9
    present.entries[0].service.statistics.total.connections = 9
    #expect(present.changes(to: Self.table(.init(), Destination(Self.one))).isEmpty)
  }

  /// Additions and edits are in the order of the goal, removals in the order of the table.
  @Test func theOrderIsDefined() {
    func table(_ marks: UInt32...) -> Table {
      Table(marks.map { Table.Entry(ServiceStatus(Service(.mark($0)))) })
    }
    #expect(
      table(9, 2, 8, 1).changes(to: table(7, 1, 3)) == [
        .addService(Service(.mark(7))), .addService(Service(.mark(3))),
        .deleteService(.mark(9)), .deleteService(.mark(2)), .deleteService(.mark(8)),
      ])
  }

  @Test func whatWasDeletedComesBackWithItsServers() {
    var present = Self.table(.init(scheduler: "rr"), Destination(Self.one), Destination(Self.two, weight: 5))
    present.timeouts = Timeouts(tcp: 1, tcpFin: 2, udp: 3)
    present.daemons = [Self.master]
    #expect(
      present.takingBack([
        .setTimeouts(Timeouts(udp: 9)), .stopDaemon(.master),
        .startDaemon(SyncDaemon(.backup, interface: "lo")),
        .deleteService(Self.web),
      ]) == [
        .addService(Service(Self.web, scheduler: "rr")), .addDestination(Destination(Self.one), to: Self.web),
        .addDestination(Destination(Self.two, weight: 5), to: Self.web),
        .stopDaemon(.backup), .startDaemon(Self.master), .setTimeouts(Timeouts(tcp: 1, tcpFin: 2, udp: 3)),
      ])
  }
}
