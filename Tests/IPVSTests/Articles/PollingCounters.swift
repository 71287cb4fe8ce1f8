// SPDX-License-Identifier: Apache-2.0

import Glibc
import IPVS
import Testing

// The code of the article of that name, which has to stand here as it stands there.

/// A server of a service.
struct Server: Hashable {
  let service: Service.ID
  let endpoint: Endpoint
}

extension Table {
  /// What the kernel has counted for each server, in the order of the table.
  var totals: [(Server, Statistics.Counters)] {
    entries.flatMap { entry in
      entry.destinations.map { (Server(service: entry.id, endpoint: $0.id), $0.statistics.total) }
    }
  }
}

extension Statistics.Counters {
  /// What was counted since an earlier total; of counters that were zeroed meanwhile, what was counted since then.
  func since(_ old: Self) -> Self {
    guard connections >= old.connections, inPackets >= old.inPackets, outPackets >= old.outPackets,
      inBytes >= old.inBytes, outBytes >= old.outBytes
    else { return self }
    return Self(
      connections: connections - old.connections, inPackets: inPackets - old.inPackets,
      outPackets: outPackets - old.outPackets, inBytes: inBytes - old.inBytes,
      outBytes: outBytes - old.outBytes)
  }
}

extension Table {
  /// How much passed through each server that an earlier table has as well, in the order of the table.
  func passed(since old: Table) -> [(server: Server, counters: Statistics.Counters)] {
    let before = Dictionary(old.totals, uniquingKeysWith: { $1 })
    return totals.compactMap { server, total in before[server].map { (server, total.since($0)) } }
  }
}

/// Prints how many connections a second each server gets, every ten seconds.
func poll(_ kernel: inout some Kernel & ~Copyable) throws(IPVSError) {
  let clock = ContinuousClock()
  var (last, time) = (try kernel.table(), clock.now)
  while true {
    sleep(10)
    let (table, now) = (try kernel.table(), clock.now)
    let seconds = (now - time) / .seconds(1)
    for (server, counters) in table.passed(since: last) {
      print(server.service, server.endpoint, Double(counters.connections) / seconds)
    }
    (last, time) = (table, now)
  }
}

@Suite struct PollingCountersTests {
  private let web: Service.ID = .tcp("10.0.0.100:80")
  private let servers: [Endpoint] = ["10.1.0.11:80", "10.1.0.12:80"]

  private func prepared() throws -> RehearsalKernel {
    var kernel = RehearsalKernel()
    try kernel.add(Service(web))
    for (index, server) in servers.enumerated() {
      try kernel.add(Destination(server), to: web)
      kernel.count(server, of: web) {
        $0 = Statistics.Counters(connections: 100, inPackets: UInt64(index), inBytes: .max - 10)
      }
    }
    return kernel
  }

  @Test func whatPassed() throws {
    var kernel = try prepared()
    let last = try kernel.table()
    kernel.count(servers[1], of: web) { $0.connections += 5 }
    kernel.count(servers[1], of: web) { $0.inBytes += 10 }
    let passed = try kernel.table().passed(since: last)
    #expect(passed.map(\.server) == servers.map { Server(service: web, endpoint: $0) })
    #expect(passed.first?.counters == Statistics.Counters())
    #expect(passed.last?.counters == Statistics.Counters(connections: 5, inBytes: 10))
  }

  @Test func countersThatWereZeroed() throws {
    var kernel = try prepared()
    let last = try kernel.table()
    try kernel.zero(web)
    kernel.count(servers[0], of: web) { $0.inPackets = 3 }
    let passed = try kernel.table().passed(since: last)
    #expect(passed.map(\.counters) == [Statistics.Counters(inPackets: 3), Statistics.Counters()])
  }

  @Test func serversThatComeAndGo() throws {
    var kernel = try prepared()
    let last = try kernel.table()
    try kernel.delete(servers[0], from: web)
    try kernel.add(Destination("10.1.0.13:80"), to: web)
    kernel.count("10.1.0.13:80", of: web) { $0.connections = 1000 }
    let table = try kernel.table()
    #expect(table.passed(since: last).map(\.server.endpoint) == [servers[1]])
    kernel.count("10.1.0.13:80", of: web) { $0.connections = 1001 }
    let passed = try kernel.table().passed(since: table)
    #expect(passed.map(\.server.endpoint) == [servers[1], "10.1.0.13:80"])
    #expect(passed.map(\.counters.connections) == [0, 1])
  }
}
