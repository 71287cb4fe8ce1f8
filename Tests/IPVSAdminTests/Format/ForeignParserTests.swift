// SPDX-License-Identifier: Apache-2.0

import IPVS
import Testing

@testable import IPVSAdmin

/// How other programs read what is printed: their expressions, on our text.
@Suite struct ForeignParserTests {
  private static let servers = [
    DestinationStatus(
      Destination("10.0.0.1:80", forwarding: .masquerade, weight: 5, upperThreshold: 9), activeConnections: 3),
    DestinationStatus(Destination("10.0.0.2:80", weight: 0)),
    DestinationStatus(Destination("[2001:db8::2]:8080", forwarding: .tunnel(.ipip), weight: 7)),
  ]

  private static let table = StoredTable(
    [
      Service(.tcp("1.2.3.4:80"), scheduler: "rr"),
      Service(.udp("1.2.3.4:53"), persistence: 60),
      Service(.tcp("1.2.3.5:0"), scheduler: "sh", persistence: 360, netmask: .part(0xffff_ff00)),
      Service(.tcp("[2001:db8::1]:443"), persistence: 9, netmask: .part(64)),
      Service(.mark(7), scheduler: "wrr"),
      Service(.mark(8, .ipv6), scheduler: "lc", persistence: 5),
    ].map { service in
      let statistics = Statistics(total: .init(connections: 5_000_000_000))
      return Table.Entry(ServiceStatus(service, statistics: statistics), destinations: servers)
    })

  /// A full listing after its version and titles.
  private static func listing(_ options: String = "") throws -> [String] {
    Array(try table.lines("-L --nosort -n \(options)").dropFirst(3))
  }

  // MARK: - ldirectord

  static let serviceLines: [[String?]] = [
    ["TCP", "1.2.3.4:80", nil, "rr", nil, nil],
    ["UDP", "1.2.3.4:53", nil, "wlc", "60", nil],
    ["TCP", "1.2.3.5:0", nil, "sh", "360", "255.255.255.0"],
    ["TCP", "[2001:db8::1]:443", nil, "wlc", "9", "64"],
    ["FWM", "7", nil, "wrr", nil, nil],
    ["FWM", "8", " IPv6", "lc", "5", nil],
  ]

  @Test func ldirectordReadsServices() throws {
    let start = #"^(\w+)\s+(\d+\.\d+\.\d+\.\d+\:\d+|\[[0-9A-Fa-f:]+\]:\d+|\d+)( IPv6)?\s+(\w+)"#
    let expressions = try [
      Regex(start + #"\s+persistent\s+(\d+)\s+mask\s+(.*)"#), Regex(start + #"\s+persistent\s+(\d+)"#),
      Regex(start),
    ]
    var found: [[String?]] = []
    for line in try Self.listing() {
      guard let match = expressions.lazy.compactMap({ line.firstMatch(of: $0) }).first else { continue }
      let groups = (1..<match.output.count).map { match.output[$0].substring.map(String.init) }
      found.append(groups + Array(repeating: nil, count: 6 - groups.count))
    }
    #expect(found == Self.serviceLines)
  }

  private static let serverColumns: [(String, String, [[String]])] = [
    (
      "", #"(\w+)\s+(\d+)"#,
      [["10.0.0.1:80", "Masq", "5"], ["10.0.0.2:80", "Route", "0"], ["[2001:db8::2]:8080", "Tunnel", "7"]]
    ),
    (
      "--thresholds", #"(\d+)\s+(\d+)\s+(\d+)"#,
      [
        ["10.0.0.1:80", "9", "0", "3"], ["10.0.0.2:80", "0", "0", "0"],
        ["[2001:db8::2]:8080", "0", "0", "0"],
      ]
    ),
  ]

  @Test(arguments: serverColumns.indices)
  func ldirectordReadsServers(index: Int) throws {
    let (options, columns, expected) = Self.serverColumns[index]
    let address = #"(\d+\.\d+\.\d+\.\d+\:\d+|\[[0-9A-Fa-f:]+\]:\d+)"#
    let expression = try Regex(#"^  ->\s+"# + address + #"\s+"# + columns)
    let found = try Self.listing(options).compactMap { line in
      line.firstMatch(of: expression).map { match in
        (1..<match.output.count).map { String(match.output[$0].substring ?? "") }
      }
    }
    #expect(found == Array(repeatElement(expected, count: Self.table.entries.count).joined()))
  }

  // MARK: - salt

  @Test(arguments: [
    " -t 1.2.3.4:80 -s rr", " -t 1.2.3.4:80 -r 10.0.0.1:80 -m -w 5", " -t 1.2.3.4:80 -r 10.0.0.2:80 -g -w 0",
    " -u 1.2.3.4:53 -s wlc", " -f 7 -s wrr", " -f 7 -r 10.0.0.2:80 -g -w 0",
  ])
  func saltFindsRules(part: String) {
    var text = Text()
    RuleWriter(names: NameTable()).add(Table(Self.table.entries), to: &text)
    #expect(text.string.contains(part))
  }

  // MARK: - Octavia, Diamond

  @Test func countersAreColumns() throws {
    let lines = try Self.table.lines("-L --nosort --stats --exact").map { $0.split(separator: " ") }
    #expect(lines[1] == ["Prot", "LocalAddress:Port", "Conns", "InPkts", "OutPkts", "InBytes", "OutBytes"])
    #expect(lines[2] == ["->", "RemoteAddress:Port"])
    let rows = lines.dropFirst(3).filter { $0[0] != "FWM" }
    #expect(rows.count == 4 + Self.table.entries.count * Self.servers.count)
    for row in rows {
      #expect(row.count == 7)
      #expect(row.dropFirst(2).allSatisfy { UInt64($0) != nil })
    }
    #expect(lines[3][2] == "5000000000")
  }
}
