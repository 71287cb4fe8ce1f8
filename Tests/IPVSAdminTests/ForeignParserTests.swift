// SPDX-License-Identifier: Apache-2.0

import IPVS
import Testing

@testable import IPVSAdmin

/// How other programs read what is printed: their expressions, on our text.
@Suite struct ForeignParserTests {
  private static func address(_ text: String, _ port: UInt16) -> Endpoint {
    Address(text).map { Endpoint($0, port: port) } ?? Endpoint(Address(ipv4: 0), port: 0)
  }

  private static let servers = [
    DestinationStatus(
      Destination(address("10.0.0.1", 80), forwarding: .masquerade, weight: 5, upperThreshold: 9), active: 3),
    DestinationStatus(Destination(address("10.0.0.2", 80), weight: 0)),
    DestinationStatus(Destination(address("2001:db8::2", 8080), forwarding: .tunnel(.ipip), weight: 7)),
  ]

  private static let entries = [
    Service(.endpoint(.tcp, address("1.2.3.4", 80)), scheduler: "rr"),
    Service(.endpoint(.udp, address("1.2.3.4", 53)), persistence: 60),
    Service(
      .endpoint(.tcp, address("1.2.3.5", 0)), scheduler: "sh", persistence: 360, netmask: .ipv4(0xffff_ff00)),
    Service(.endpoint(.tcp, address("2001:db8::1", 443)), persistence: 9, netmask: .ipv6(64)),
    Service(.mark(7, .ipv4), scheduler: "wrr"),
    Service(.mark(8, .ipv6), scheduler: "lc", persistence: 5),
  ].map { service in
    var statistics = Statistics()
    statistics.connections = 5_000_000_000
    return TableEntry(service: ServiceStatus(service, statistics: statistics), servers: servers)
  }

  /// A full listing, by lines, its version line included.
  private func listing(_ format: ListFormat) -> [Substring] {
    var text = Text()
    text.add(TableText.version(KernelInfo(version: 0x01_0201, tableSize: 4096)))
    let table = TableText(format: format, names: NameTable())
    table.title(into: &text)
    for entry in Self.entries { table.entry(entry, into: &text) }
    return String(decoding: text.bytes, as: UTF8.self).split(separator: "\n")
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
    for line in listing(ListFormat()).dropFirst(3) {
      guard let match = expressions.lazy.compactMap({ line.firstMatch(of: $0) }).first else { continue }
      let groups = (1..<match.output.count).map { match.output[$0].substring.map(String.init) }
      found.append(groups + Array(repeating: nil, count: 6 - groups.count))
    }
    #expect(found == Self.serviceLines)
  }

  @Test func ldirectordReadsServers() throws {
    let address = #"(\d+\.\d+\.\d+\.\d+\:\d+|\[[0-9A-Fa-f:]+\]:\d+)"#
    func read(_ format: ListFormat, _ expression: String) throws -> [[String]] {
      let expression = try Regex(expression)
      return listing(format).dropFirst(3).compactMap { line in
        line.firstMatch(of: expression).map { match in
          (1..<match.output.count).map { String(match.output[$0].substring ?? "") }
        }
      }
    }
    #expect(
      try read(ListFormat(), #"^  ->\s+"# + address + #"\s+(\w+)\s+(\d+)"#).prefix(3)
        == [
          ["10.0.0.1:80", "Masq", "5"], ["10.0.0.2:80", "Route", "0"], ["[2001:db8::2]:8080", "Tunnel", "7"],
        ])
    #expect(
      try read(ListFormat(style: .thresholds), #"^  ->\s+"# + address + #"\s+(\d+)\s+(\d+)\s+(\d+)"#).prefix(
        3)
        == [
          ["10.0.0.1:80", "9", "0", "3"], ["10.0.0.2:80", "0", "0", "0"],
          ["[2001:db8::2]:8080", "0", "0", "0"],
        ])
  }

  // MARK: - salt

  @Test(arguments: [
    " -t 1.2.3.4:80 -s rr", " -t 1.2.3.4:80 -r 10.0.0.1:80 -m -w 5", " -t 1.2.3.4:80 -r 10.0.0.2:80 -g -w 0",
    " -u 1.2.3.4:53 -s wlc", " -f 7 -s wrr", " -f 7 -r 10.0.0.2:80 -g -w 0",
  ])
  func saltFindsRules(part: String) {
    var text = Text()
    for entry in Self.entries { RuleWriter(names: NameTable()).entry(entry, into: &text) }
    #expect(String(decoding: text.bytes, as: UTF8.self).contains(part))
  }

  // MARK: - Octavia, Diamond

  @Test func countersAreColumns() {
    let lines = listing(ListFormat(style: .stats, isExact: true)).map { $0.split(separator: " ") }
    #expect(lines[1] == ["Prot", "LocalAddress:Port", "Conns", "InPkts", "OutPkts", "InBytes", "OutBytes"])
    #expect(lines[2] == ["->", "RemoteAddress:Port"])
    for line in lines.dropFirst(3) where line[0] != "FWM" {
      #expect(line.count == 7)
      #expect(line.dropFirst(2).allSatisfy { UInt64($0) != nil })
    }
    #expect(lines[3][2] == "5000000000")
  }
}
