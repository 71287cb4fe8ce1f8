// SPDX-License-Identifier: Apache-2.0

import IPVS
import Testing

@testable import IPVSAdmin

/// Hints name what was typed, and what is nearest to it in the table, the nearest first.
@Suite struct NearestTests {
  private static func entry(_ id: Service.ID, _ servers: Endpoint...) -> Table.Entry {
    Table.Entry(
      ServiceStatus(Service(id)), destinations: servers.map { DestinationStatus(Destination($0)) })
  }

  private static let table = Table([
    entry(.tcp("10.0.0.100:80"), "10.1.0.11:80", "10.1.0.12:8080"),
    entry(.tcp("10.0.0.100:443")),
    entry(.udp("10.0.0.100:53"), "10.1.0.13:53"),
    entry(.mark(7, .ipv6)), entry(.mark(3)),
    entry(.tcp("10.0.0.3:80"), "10.0.0.3:80"),
  ])

  static let services: [(Service.ID, String)] = [
    // The same endpoint over another protocol is nearest, then the same address.
    (
      .tcp("10.0.0.100:53"),
      "there is no TCP service 10.0.0.100:53, but UDP service 10.0.0.100:53, TCP service 10.0.0.100:80, "
        + "TCP service 10.0.0.100:443"
    ),
    (
      .tcp("10.0.0.100:8080"),
      "there is no TCP service 10.0.0.100:8080, but TCP service 10.0.0.100:80, TCP service 10.0.0.100:443, "
        + "UDP service 10.0.0.100:53"
    ),
    (.udp("10.0.0.3:80"), "there is no UDP service 10.0.0.3:80, but TCP service 10.0.0.3:80"),
    // Then a real server that was taken for a service, by endpoint or by address.
    (
      .tcp("10.1.0.11:80"),
      "10.1.0.11:80 is a real server of TCP service 10.0.0.100:80, not a virtual service"
    ),
    (.tcp("10.1.0.12:80"), "10.1.0.12 is a real server of TCP service 10.0.0.100:80, not a virtual service"),
    // Then the same port, over the same protocol.
    (
      .tcp("10.0.0.10:80"),
      "there is no TCP service 10.0.0.10:80, but TCP service 10.0.0.100:80, TCP service 10.0.0.3:80"
    ),
    (.udp("10.0.0.10:80"), "there is no UDP service 10.0.0.10:80; -Ln lists the 6 services"),
    (.tcp("10.9.9.9:1"), "there is no TCP service 10.9.9.9:1; -Ln lists the 6 services"),
    // For marks, the same number for the other family.
    (.mark(7), "there is no mark 7, but mark 7 (-6), mark 3"),
    (.mark(3, .ipv6), "there is no mark 3 (-6), but mark 3, mark 7 (-6)"),
    (.mark(1), "there is no mark 1, but mark 7 (-6), mark 3"),
  ]

  @Test(arguments: services)
  func toServices(id: Service.ID, hint: String) {
    #expect(Hint.nearest(to: id, in: Self.table).string == hint)
  }

  /// A service with a neighbour's port comes before a server with that address.
  @Test func aNeighbourIsNearerThanAServersAddress() {
    let table = Table([Self.entry(.tcp("10.0.0.1:80"), "10.0.0.2:80"), Self.entry(.tcp("10.0.0.2:443"))])
    #expect(
      Hint.nearest(to: .tcp("10.0.0.2:22"), in: table)
        == "there is no TCP service 10.0.0.2:22, but TCP service 10.0.0.2:443")
    #expect(
      Hint.nearest(to: .tcp("10.0.0.2:80"), in: table)
        == "10.0.0.2:80 is a real server of TCP service 10.0.0.1:80, not a virtual service")
  }

  @Test func smallTables() {
    let nothing = Hint.nearest(to: .tcp("10.0.0.1:80"), in: Table())
    #expect(nothing == "there is no TCP service 10.0.0.1:80, nor any other service; -A adds one")
    #expect(
      Hint.nearest(to: .mark(1, .ipv6), in: Table())
        == "there is no mark 1 (-6), nor any other service; -A adds one")
    let one = Table([Self.entry(.udp("[::1]:53"))])
    #expect(
      Hint.nearest(to: .tcp("10.0.0.1:80"), in: one)
        == "there is no TCP service 10.0.0.1:80; the only service is UDP service [::1]:53")
    #expect(
      Hint.nearest(to: .mark(1), in: one)
        == "there is no mark 1, nor any other mark; the only service is UDP service [::1]:53")
  }

  @Test func aHintIsNoList() {
    let table = Table((1...9).map { Self.entry(.tcp(Endpoint("10.0.0.1", port: $0))) })
    #expect(
      Hint.nearest(to: .tcp("10.0.0.1:80"), in: table)
        == "there is no TCP service 10.0.0.1:80, but TCP service 10.0.0.1:1, TCP service 10.0.0.1:2, TCP service 10.0.0.1:3, TCP service 10.0.0.1:4 and 5 more"
    )
  }

  static let servers: [(Endpoint, Service.ID, String?)] = [
    (
      "10.1.0.12:80", .tcp("10.0.0.100:80"),
      "10.1.0.12:80 is no server of TCP service 10.0.0.100:80, but 10.1.0.12:8080"
    ),
    (
      "10.1.0.13:53", .tcp("10.0.0.100:80"),
      "10.1.0.13:53 is no server of TCP service 10.0.0.100:80, but of UDP service 10.0.0.100:53"
    ),
    (
      "10.9.9.9:80", .tcp("10.0.0.100:80"),
      "10.9.9.9:80 is no server of TCP service 10.0.0.100:80, but 10.1.0.11:80, 10.1.0.12:8080"
    ),
    ("10.9.9.9:80", .tcp("10.0.0.100:443"), "TCP service 10.0.0.100:443 has no servers; -a adds one"),
    ("10.9.9.9:80", .mark(3), "mark 3 has no servers; -a adds one"),
    // The message itself says that there is no such service.
    ("10.1.0.11:80", .tcp("10.0.0.1:80"), nil),
  ]

  @Test(arguments: servers)
  func toServers(endpoint: Endpoint, id: Service.ID, hint: String?) {
    #expect(Hint.nearest(to: endpoint, of: id, in: Self.table)?.string == hint)
  }
}
