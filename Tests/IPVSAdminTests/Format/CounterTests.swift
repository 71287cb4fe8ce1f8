// SPDX-License-Identifier: Apache-2.0

import IPVS
import Testing

@testable import IPVSAdmin

/// Counters and rates to the byte: their widths, and where they are shortened.
@Suite struct CounterTests {
  static let numbers: [(UInt64, String, String)] = [
    (0, "        0", "        0"),
    (99_999_999, " 99999999", " 99999999"),
    (100_000_000, "  100000K", " 100000000"),
    (100_000_999, "  100000K", " 100000999"),
    (999_999_999, "  999999K", " 999999999"),
    (1_000_000_000, "    1000M", " 1000000000"),
    (99_999_999_999, "   99999M", " 99999999999"),
    (100_000_000_000, "     100G", " 100000000000"),
    (99_999_999_999_999, "   99999G", " 99999999999999"),
    (100_000_000_000_000, "     100T", " 100000000000000"),
    (.max, "18446744T", " 18446744073709551615"),
  ]

  /// One number in all columns but one, so that a column in the wrong place is seen.
  private static func counters(_ number: UInt64) -> Statistics.Counters {
    .init(connections: number, inPackets: number, outPackets: 0, inBytes: number, outBytes: number)
  }

  private static func lines(_ line: String, _ statistics: Statistics) throws -> [String] {
    let server = DestinationStatus(Destination("10.0.0.1:80"), statistics: statistics)
    let table = StoredTable([
      Table.Entry(ServiceStatus(Service(.mark(7)), statistics: statistics), destinations: [server])
    ])
    return Array(try table.lines(line).suffix(2))
  }

  private static let service = "FWM  7                           "
  private static let server = "  -> 10.0.0.1:80                 "
  private static let zero = "        0"

  @Test(arguments: numbers)
  func stats(number: UInt64, short: String, exact: String) throws {
    let statistics = Statistics(total: Self.counters(number))
    let numbers = short + short + Self.zero + short + short
    #expect(try Self.lines("-L --stats", statistics) == [Self.service + numbers, Self.server + numbers])
    let all = exact + exact + Self.zero + exact + exact
    #expect(try Self.lines("-L --stats --exact", statistics) == [Self.service + all, Self.server + all])
  }

  /// Only the byte rates of a server are shortened.
  @Test(arguments: numbers)
  func rates(number: UInt64, short: String, exact: String) throws {
    let statistics = Statistics(rate: Self.counters(number))
    #expect(
      try Self.lines("-L --rate", statistics) == [
        Self.service + short + short + Self.zero + short + short,
        Self.server + exact + exact + Self.zero + short + short,
      ])
    let all = exact + exact + Self.zero + exact + exact
    #expect(try Self.lines("-L --rate -X", statistics) == [Self.service + all, Self.server + all])
  }

  private static let five = Statistics.Counters(
    connections: 1, inPackets: 22, outPackets: 333, inBytes: 4444, outBytes: 55_555)
  private static let fiveNumbers = "        1       22      333     4444    55555"
  private static let noNumbers = "        0        0        0        0        0"

  @Test func everyColumnHasItsOwnNumber() throws {
    let total = Statistics(total: Self.five)
    let rate = Statistics(rate: Self.five)
    for (line, statistics, numbers) in [
      ("-L --stats", total, Self.fiveNumbers), ("-L --stats", rate, Self.noNumbers),
      ("-L --rate", rate, Self.fiveNumbers), ("-L --rate", total, Self.noNumbers),
    ] {
      #expect(try Self.lines(line, statistics) == [Self.service + numbers, Self.server + numbers])
    }
  }

  static let names: [(Service.ID, Endpoint, [String])] = [
    (
      .tcp("255.255.255.255:65535"), "255.255.255.254:65534",
      ["TCP  255.255.255.255:65535       ", "  -> 255.255.255.254:65534       "]
    ),
    (
      .udp("[2001:db8:ffff:ffff:ffff:ffff:ffff:ffff]:53"), "[2001:db8:ffff:ffff:ffff:ffff:ffff:fffe]:53",
      [
        "UDP  [2001:db8:ffff:ffff:ffff:ffff:ffff:ffff]:53",
        "  -> [2001:db8:ffff:ffff:ffff:ffff:ffff:fffe]:53",
      ]
    ),
    (
      .sctp("[::1]:9"), "[::2]:9", ["SCTP [::1]:9                     ", "  -> [::2]:9                     "]
    ),
    (
      .mark(.max, .ipv6), "[::2]:0",
      ["FWM  -1 IPv6                     ", "  -> [::2]:0                     "]
    ),
  ]

  @Test(arguments: names, ["--stats", "--rate"])
  func namesAreWide(names: (Service.ID, Endpoint, [String]), style: String) throws {
    let (id, endpoint, expected) = names
    let server = DestinationStatus(Destination(endpoint))
    let table = StoredTable([Table.Entry(ServiceStatus(Service(id)), destinations: [server])])
    #expect(try table.lines("-L \(style)").suffix(2) == expected.map { $0 + Self.noNumbers })
  }
}
