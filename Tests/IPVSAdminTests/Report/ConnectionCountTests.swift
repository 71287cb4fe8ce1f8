// SPDX-License-Identifier: Apache-2.0

import IPVS
import TestNoise
import Testing

@testable import IPVSAdmin

/// How connections are counted, and how counts are written.
@Suite struct ConnectionCountTests {
  private static func text(
    _ connections: [Connection], by subject: CountSubject, _ format: ListQuery.Format = .classic,
    names: NameTable = NameTable()
  ) throws -> Text {
    var rest = connections[...]
    let counts = try ConnectionCount.all(by: subject) { () throws(IPVSError) in rest.popFirst() }
    var query = ListQuery()
    query.format = format
    var text = Text()
    Format.add(.counts(counts), of: query, names: names, to: &text)
    return text
  }

  private static func lines(
    _ connections: [Connection], by subject: CountSubject, names: NameTable = NameTable()
  ) throws -> [String] {
    try text(connections, by: subject, names: names).lines
  }

  private static let connections = ConnectionFilterTests.connections

  @Test func values() throws {
    #expect(
      try Self.lines(Self.connections, by: .client) == [
        "5  10.0.0.2", "2  2001:db8::2", "1  10.0.0.3", "1  10.0.0.4", "1  10.0.1.2",
      ])
    #expect(
      try Self.lines(Self.connections, by: .service) == [
        "2  TCP 10.9.0.1:80", "1  FWM 7", "1  FWM 7 IPv6", "1  SCTP 10.9.0.1:80", "1  TCP 10.9.0.1:443",
        "1  TCP 10.9.0.2:0", "1  TCP 10.9.0.3:80", "1  TCP [2001:db8:9::1]:80", "1  UDP 10.9.0.1:80",
      ])
    #expect(
      try Self.lines(Self.connections, by: .server) == [
        "2  10.1.0.11:0", "2  10.1.0.11:80", "2  10.1.0.11:8080", "2  [fd00::11]:80", "1  10.1.0.12:8443",
        "1  [fd00::11]:0",
      ])
    #expect(
      try Self.lines(Self.connections, by: .state) == [
        "3  ESTABLISHED", "3  NONE", "1  ASSURED", "1  SYN_RECV", "1  TIME_WAIT", "1  UDP",
      ])
  }

  @Test func noConnections() throws {
    for subject in CountSubject.allCases {
      #expect(try Self.text([], by: subject).isEmpty)
      #expect(try Self.text([], by: subject, .json) == "{\"counts\":[]}\n")
    }
  }

  @Test func json() throws {
    #expect(
      try Self.text(Self.connections, by: .service, .json).string.hasPrefix(
        #"{"counts":[{"value":"TCP 10.9.0.1:80","count":2},{"value":"FWM 7","count":1},"#))
    var odd = Self.connections[0]
    odd.state = #"a"b"#
    #expect(
      try Self.text([odd], by: .state, .json).string == #"{"counts":[{"value":"a\"b","count":1}]}"# + "\n")
  }

  /// Ties are in the order of the names that are printed, and a port has the name of its protocol.
  @Test func names() throws {
    var names = NameTable()
    names.hosts["10.0.1.2"] = "a.test"
    names.hosts["10.9.0.1"] = "web.test"
    names.ports[.init(number: 80, transport: .udp)] = "www-u"
    names.ports[.init(number: 8080, transport: .tcp)] = "alt"
    #expect(
      try Self.lines(Self.connections, by: .client, names: names) == [
        "5  10.0.0.2", "2  2001:db8::2", "1  10.0.0.3", "1  10.0.0.4", "1  a.test",
      ])
    let services = try Self.lines(Self.connections, by: .service, names: names)
    #expect(services.contains("1  UDP web.test:www-u") && services.contains("2  TCP web.test:80"))
    #expect(try Self.lines(Self.connections, by: .server, names: names).contains("2  10.1.0.11:alt"))
  }

  @Test func whatIsLookedUp() throws {
    var rest = Self.connections[...2]
    let counts = try ConnectionCount.all(by: .service) { () throws(IPVSError) in rest.popFirst() }
    let endpoints = Report.counts(counts).endpoints
    #expect(Set(endpoints.map(\.0)) == ["10.9.0.1:80", "10.9.0.1:443"])
    #expect(endpoints.count == 3 && endpoints.allSatisfy { $0.1 != nil })
    rest = Self.connections[...]
    let states = try ConnectionCount.all(by: .state) { () throws(IPVSError) in rest.popFirst() }
    #expect(Report.counts(states).endpoints.isEmpty)
  }

  /// By whatever they are counted, each is counted once, the order is that of the numbers and then of the values, and
  /// JSON says the same.
  @Test(arguments: Noise.seeds)
  func everyConnectionIsCounted(seed: UInt64) throws {
    var noise = Noise(seed: seed)
    for _ in 0..<20 {
      let connections = (0..<Int.random(in: 0...200, using: &noise)).map { _ in Self.random(&noise) }
      for subject in CountSubject.allCases {
        let rows = try Self.lines(connections, by: subject).map { line in
          let parts = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
          return (count: UInt64(parts[0]) ?? 0, value: String(parts[1].dropFirst()))
        }
        #expect(rows.reduce(0) { $0 + $1.count } == connections.count, "seed \(seed)")
        var expected: [String: UInt64] = [:]
        for connection in connections { expected[Self.value(connection, subject), default: 0] += 1 }
        #expect(Dictionary(rows.map { ($0.value, $0.count) }) { $0 + $1 } == expected, "seed \(seed)")
        for (row, next) in zip(rows, rows.dropFirst()) {
          let isOrdered =
            row.count != next.count
            ? row.count > next.count : row.value.utf8.lexicographicallyPrecedes(next.value.utf8)
          #expect(isOrdered, "seed \(seed): \(row) \(next)")
        }
        let elements = try JSONValue(Self.text(connections, by: subject, .json))["counts"]?.elements
        #expect(
          elements == rows.map { .object(["value": .string($0.value), "count": .number($0.count)]) },
          "seed \(seed)")
      }
    }
  }

  /// Few different values, so that many are equal.
  private static func random(_ noise: inout Noise) -> Connection {
    var connection = noise.pick(connections)
    connection.state = noise.pick(Array(Connection.states.prefix(5)))
    if connection.client.address.family == .ipv4 {
      connection.client.address = Address(ipv4: noise.number(0x0a00_0000...0x0a00_0011))
    }
    connection.destination.port = noise.number(80...82)
    return connection
  }

  private static func value(_ connection: Connection, _ subject: CountSubject) -> String {
    switch subject {
    case .client: return "\(connection.client.address)"
    case .server: return "\(connection.destination)"
    case .state: return "\(connection.state)"
    case .service:
      guard connection.protocolName == "IP" else { return "\(connection.protocolName) \(connection.virtual)" }
      return "FWM 7" + (connection.virtual.address.family == .ipv6 ? " IPv6" : "")
    }
  }
}
