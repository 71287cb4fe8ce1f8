// SPDX-License-Identifier: Apache-2.0

import TestNoise
import IPVS
import Testing

@testable import IPVSAdmin

/// What a listing takes from the kernel.
@Suite struct TableReportTests {
  private static let entries = [
    Table.Entry(
      ServiceStatus(Service(.tcp("10.0.0.2:80"))), destinations: [server("10.1.0.2"), server("10.1.0.1")]),
    Table.Entry(ServiceStatus(Service(.tcp("10.0.0.1:80")))),
  ]

  private static func server(_ address: Address) -> DestinationStatus {
    DestinationStatus(Destination(Endpoint(address, port: 80)))
  }

  private static func report(_ id: Service.ID? = nil, isUnsorted: Bool = false) throws -> TableReport {
    var kernel = StoredTable(entries)
    return try TableReport(id, isUnsorted: isUnsorted, from: &kernel)
  }

  /// A mark's servers have ports of no protocol.
  @Test func endpoints() throws {
    let web = try Report.table(Self.report(.tcp("10.0.0.2:80")))
    #expect(web.endpoints.map(\.0) == ["10.0.0.2:80", "10.1.0.1:80", "10.1.0.2:80"])
    #expect(web.endpoints.map(\.1) == [.tcp, .tcp, .tcp])
    var kernel = StoredTable([
      Table.Entry(ServiceStatus(Service(.mark(1))), destinations: [Self.server("10.1.0.1")])
    ])
    let mark = try #require(try Report(ListQuery(), nil, from: &kernel))
    #expect(mark.endpoints.map(\.0) == ["10.1.0.1:80"])
    #expect(mark.endpoints.map(\.1) == [nil])
  }

  @Test func allServices() throws {
    let report = try Self.report()
    #expect(report.isWhole && report.info == KernelInfo(version: 0x01_0201, tableSize: 4096))
    #expect(report.table.entries.map(\.id) == [.tcp("10.0.0.1:80"), .tcp("10.0.0.2:80")])
    #expect(report.table.entries[1].destinations.map(\.id) == ["10.1.0.1:80", "10.1.0.2:80"])
    #expect(try Self.report(isUnsorted: true).table == Table(Self.entries))
  }

  @Test func oneService() throws {
    let report = try Self.report(.tcp("10.0.0.2:80"))
    #expect(!report.isWhole)
    #expect(report.table.entries.map(\.id) == [.tcp("10.0.0.2:80")])
    #expect(report.table.entries[0].destinations.map(\.id) == ["10.1.0.1:80", "10.1.0.2:80"])
  }

  @Test func aServiceThatIsNotThere() {
    #expect(throws: IPVSError(.getService, .refused(.noService))) { try Self.report(.mark(1)) }
  }
}

/// The order is the reference's: differences of 32 bits, read as signed.
@Suite struct SortOrderTests {
  static let addresses: [[Address]] = [
    ["10.0.0.1", "10.0.0.2"], ["192.168.0.1", "10.0.0.1"], ["200.1.1.1", "1.1.1.1"],
    ["7000::", "8000::"], ["2001:db8::1", "2001:db8::2"], ["::1:0:0", "::2:0:0"],
  ]

  @Test(arguments: addresses)
  func ofServers(addresses: [Address]) {
    for order in [addresses, addresses.reversed()] {
      var table = Table([
        Table.Entry(
          ServiceStatus(Service(.mark(1))),
          destinations: order.map { DestinationStatus(Destination(Endpoint($0, port: 80))) })
      ])
      SortOrder.sort(&table)
      #expect(table.entries[0].destinations.map(\.id.address) == addresses)
    }
  }

  /// Two addresses that are exactly half of the range apart are each before the other.
  @Test func ofAddressesThatAreFarApart() {
    let servers = ["255.0.0.1", "127.0.0.1"].map { DestinationStatus(Destination(Endpoint($0, port: 80))) }
    for order in [servers, servers.reversed()] {
      var table = Table([Table.Entry(ServiceStatus(Service(.mark(1))), destinations: order)])
      SortOrder.sort(&table)
      #expect(table.entries[0].destinations == order)
    }
  }

  @Test func ofPorts() {
    var table = Table([
      Table.Entry(
        ServiceStatus(Service(.mark(1))),
        destinations: ["1.2.3.4:65535", "1.2.3.4:1", "1.2.3.4:0"].map { DestinationStatus(Destination($0)) })
    ])
    SortOrder.sort(&table)
    #expect(table.entries[0].destinations.map(\.id.port) == [0, 1, 65535])
  }

  /// Mark, family, protocol, address, port.
  static let services: [Service.ID] = [
    .tcp("10.0.0.1:80"), .tcp("10.0.0.1:443"), .tcp("10.0.0.2:80"), .udp("10.0.0.1:80"), .sctp("10.0.0.1:80"),
    .tcp("[2001:db8::1]:80"), .udp("[2001:db8::1]:53"), .mark(1), .mark(1, .ipv6), .mark(2),
  ]

  @Test(arguments: Noise.seeds)
  func ofServices(seed: UInt64) {
    var noise = Noise(seed: seed)
    for _ in 0..<50 {
      var table = Table(Self.services.shuffled(using: &noise).map { Table.Entry(ServiceStatus(Service($0))) })
      SortOrder.sort(&table)
      #expect(table.entries.map(\.id) == Self.services, "seed \(seed)")
    }
  }

  /// In any order, each is there once.
  @Test(arguments: Noise.seeds)
  func nothingIsLost(seed: UInt64) {
    var noise = Noise(seed: seed)
    for _ in 0..<50 {
      let table = Table.random(&noise)
      var sorted = table
      SortOrder.sort(&sorted)
      #expect(Self.counts(sorted) == Self.counts(table), "seed \(seed)")
    }
  }

  private static func counts(_ table: Table) -> [Set<DestinationStatus>: Int] {
    table.entries.reduce(into: [:]) { $0[Set($1.destinations), default: 0] += 1 }
  }
}
