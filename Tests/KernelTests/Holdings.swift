// SPDX-License-Identifier: Apache-2.0

import IPVS

/// Everything that the kernel holds in a network namespace.
struct Holdings: Equatable {
  /// In the kernel's order.
  private var services: [(service: Service, servers: [Destination])] = []
  private var timeouts = Timeouts(tcp: 900, tcpFin: 120, udp: 300)
  private var daemons: [SyncDaemon] = []

  /// What a fresh namespace holds.
  static let none = Holdings()

  /// What this thread's namespace holds.
  static var now: Holdings {
    get throws {
      var director = try Director()
      var holdings = Holdings()
      for status in try director.services() {
        let servers = try director.destinations(of: status.id).map(\.destination)
        holdings.services.append((status.service, servers))
      }
      holdings.timeouts = try director.timeouts()
      holdings.daemons = try director.daemons()
      return holdings
    }
  }

  /// In an order that does not depend on the kernel's hash.
  var lines: [String] {
    let table = services.flatMap { service, servers in
      ["\(service)"] + servers.map { "\(service.id) \($0)" }
    }
    return (table + ["\(timeouts)"] + daemons.map { "\($0)" }).sorted()
  }

  static func == (one: Holdings, other: Holdings) -> Bool { one.lines == other.lines }

  /// Makes this thread's namespace hold the same. Daemons are left alone if they are what they should be, because they
  /// are slow to stop.
  func putBack() throws {
    var director = try Director()
    try director.clear()
    // The kernel lists first what was added last.
    for (service, servers) in services.reversed() {
      try director.add(service)
      for server in servers.reversed() { try director.add(server, to: service.id) }
    }
    try director.set(timeouts)
    let running = try director.daemons()
    for daemon in running where !daemons.contains(daemon) { try director.stop(daemon.role) }
    for daemon in daemons where !running.contains(daemon) { try director.start(daemon) }
  }
}
