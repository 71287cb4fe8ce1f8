// SPDX-License-Identifier: Apache-2.0

import IPVS
import TestNoise
import Testing

@testable import IPVSAdmin

/// Metrics in Prometheus' text format, to the byte.
@Suite struct MetricsTests {
  private static func report(_ entries: [Table.Entry], of id: Service.ID? = nil) throws -> TableReport {
    var kernel = StoredTable(entries)
    return try TableReport(
      id, isUnsorted: true, hasStatus: true, hasTotals: true, from: &kernel)
  }

  private static func lines(_ report: TableReport) -> [String] {
    var text = Text()
    Format.add(.table(report), of: query, names: NameTable(), to: &text)
    return text.lines
  }

  private static var query: ListQuery {
    var query = ListQuery()
    query.format = .metrics
    return query
  }

  private static func samples(_ lines: [String]) -> [String] { lines.filter { !$0.hasPrefix("#") } }

  private static func counters(from first: UInt64) -> Statistics {
    Statistics(
      total: Statistics.Counters(
        connections: first, inPackets: first + 1, outPackets: first + 2, inBytes: first + 3, outBytes: .max),
      rate: Statistics.Counters(connections: 1000, inPackets: 1000))
  }

  // MARK: - The families

  /// The names are an interface.
  @Test func names() {
    let counters = [
      "connections_total", "incoming_packets_total", "outgoing_packets_total", "incoming_bytes_total",
      "outgoing_bytes_total",
    ]
    let gauges = [
      "service_backends", "backend_connections_active", "backend_connections_inactive",
      "backend_connections_persistent", "backend_weight", "backend_upper_threshold",
      "backend_lower_threshold", "timeout_seconds", "sync_daemon",
    ]
    let all = ["", "service_", "backend_"].flatMap { prefix in counters.map { prefix + $0 } } + gauges
    #expect(Set(Metric.table.map { "\($0.name)" }) == Set(all.map { "ipvs_\($0)" }))
    #expect(Metric.table.count == all.count)
  }

  @Test(arguments: Metric.table.indices)
  func isAsPrometheusWantsIt(index: Int) {
    let metric = Metric.table[index]
    #expect(("\(metric.type)" == "counter") == "\(metric.name)".hasSuffix("_total"))
    #expect("\(metric.type)" == "counter" || "\(metric.type)" == "gauge")
    // These have no escapes.
    #expect("\(metric.help)".hasSuffix(".") && !"\(metric.help)".contains { $0 == "\\" || $0 == "\n" })
  }

  @Test func noServices() throws {
    let lines = try Self.lines(Self.report([]))
    for (index, metric) in Metric.table.enumerated() where index < 5 {
      #expect(
        Array(lines[index * 3..<index * 3 + 3]) == [
          "# HELP \(metric.name) \(metric.help)", "# TYPE \(metric.name) counter", "\(metric.name) 0",
        ])
    }
    #expect(Self.samples(lines).count == 5)
    #expect(lines.count == Metric.table.count * 2 + 5)
  }

  // MARK: - The values

  @Test func aServiceWithServers() throws {
    let entry = Table.Entry(
      ServiceStatus(Service(.tcp("10.0.0.100:80")), statistics: Self.counters(from: 10)),
      destinations: [
        DestinationStatus(
          Destination("10.1.0.1:8080", weight: 3, upperThreshold: 100, lowerThreshold: 50),
          activeConnections: 1, inactiveConnections: 2, persistentConnections: 4,
          statistics: Self.counters(from: 20)),
        DestinationStatus(Destination("10.1.0.2:8080", weight: 0)),
      ])
    let service = #"local_address="10.0.0.100",local_port="80",local_mark="",proto="TCP""#
    let one = service + #",remote_address="10.1.0.1",remote_port="8080""#
    let two = service + #",remote_address="10.1.0.2",remote_port="8080""#
    let expected =
      [
        "service_connections_total{\(service)} 10", "service_incoming_packets_total{\(service)} 11",
        "service_outgoing_packets_total{\(service)} 12", "service_incoming_bytes_total{\(service)} 13",
        "service_outgoing_bytes_total{\(service)} 18446744073709551615", "service_backends{\(service)} 2",
      ]
      + [
        ("connections_total", "20", 0), ("incoming_packets_total", "21", 0),
        ("outgoing_packets_total", "22", 0), ("incoming_bytes_total", "23", 0),
        ("outgoing_bytes_total", "18446744073709551615", 0), ("connections_active", "1", 0),
        ("connections_inactive", "2", 0), ("connections_persistent", "4", 0), ("weight", "3", 0),
        ("upper_threshold", "100", 0), ("lower_threshold", "50", 0),
      ].flatMap { (name, first, second) in
        ["backend_\(name){\(one)} \(first)", "backend_\(name){\(two)} \(second)"]
      }
    let samples = try Self.samples(Self.lines(Self.report([entry])))
    #expect(samples.dropFirst(5).map { String($0.dropFirst(5)) } == expected)
    #expect(samples.first == "ipvs_connections_total 10")
    // Of one service there is nothing else.
    #expect(try Self.samples(Self.lines(Self.report([entry], of: entry.id))) == Array(samples.dropFirst(5)))
    let lines = try Self.lines(Self.report([entry], of: entry.id))
    #expect(!lines.contains { $0.contains("ipvs_timeout") || $0.contains("ipvs_connections") })
  }

  /// A kernel that does not count everything together adds up its services.
  @Test func totals() throws {
    let services = [(1 as UInt32, 10 as UInt64), (2, 30)].map { (mark, first) in
      Table.Entry(ServiceStatus(Service(.mark(mark)), statistics: Self.counters(from: first)))
    }
    #expect(
      try Self.samples(Self.lines(Self.report(services))).prefix(5) == [
        "ipvs_connections_total 40", "ipvs_incoming_packets_total 42", "ipvs_outgoing_packets_total 44",
        "ipvs_incoming_bytes_total 46", "ipvs_outgoing_bytes_total 18446744073709551614",
      ])
  }

  static let identities: [(Service.ID, String)] = [
    (.tcp("1.2.3.4:80"), #"local_address="1.2.3.4",local_port="80",local_mark="",proto="TCP""#),
    (.udp("1.2.3.4:0"), #"local_address="1.2.3.4",local_port="0",local_mark="",proto="UDP""#),
    (
      .sctp("[2001:db8::1]:65535"),
      #"local_address="2001:db8::1",local_port="65535",local_mark="",proto="SCTP""#
    ),
    (.mark(1), #"local_address="",local_port="0",local_mark="00000001",proto="FWM""#),
    (.mark(0x89ab_cdef), #"local_address="",local_port="0",local_mark="89ABCDEF",proto="FWM""#),
    (.mark(1, .ipv6), #"local_address="::",local_port="0",local_mark="00000001",proto="FWM""#),
  ]

  @Test(arguments: identities.indices)
  func labels(index: Int) throws {
    let (id, labels) = Self.identities[index]
    let entry = Table.Entry(ServiceStatus(Service(id)))
    #expect(try Self.lines(Self.report([entry])).contains("ipvs_service_backends{\(labels)} 0"))
  }

  @Test func timeoutsAndDaemons() throws {
    var report = try Self.report([])
    report.table.timeouts = Timeouts(tcp: 900, tcpFin: 120, udp: 300)
    report.table.daemons = [
      SyncDaemon(.master, interface: "eth0", syncID: 1), SyncDaemon(.backup, interface: "eth1", syncID: 255),
    ]
    #expect(
      Self.samples(Self.lines(report)).suffix(5) == [
        #"ipvs_timeout_seconds{kind="tcp"} 900"#, #"ipvs_timeout_seconds{kind="tcp_fin"} 120"#,
        #"ipvs_timeout_seconds{kind="udp"} 300"#,
        #"ipvs_sync_daemon{role="master",interface="eth0",sync_id="1"} 1"#,
        #"ipvs_sync_daemon{role="backup",interface="eth1",sync_id="255"} 1"#,
      ])
    report.table.timeouts = Timeouts(udp: 1)
    report.table.daemons = nil
    #expect(Self.samples(Self.lines(report)).last == #"ipvs_timeout_seconds{kind="udp"} 1"#)
  }

  /// Bytes of a name, and the value of a label for them.
  static let values: [([UInt8], String)] = [
    (Array("eth0.1".utf8), "eth0.1"), (Array(#"a"b\c"#.utf8), #"a\"b\\c"#),
    (Array("a\nb{},=".utf8), #"a\nb{},="#),
    ([0x01, 0x7f, 0x1b], "\u{1}\u{7f}\u{1b}"), (Array("é€𝄞".utf8), "é€𝄞"),
    ([0x61, 0xff, 0x80], "a\u{ff}\u{80}"),
    ([0xe2, 0x82], "\u{e2}\u{82}"), ([0xe2, 0x82, 0x22], "\u{e2}\u{82}\\\""),
  ]

  @Test(arguments: values.indices)
  func valuesAreEscaped(index: Int) throws {
    let (bytes, value) = Self.values[index]
    var report = try Self.report([])
    report.table.daemons = [SyncDaemon(.backup, interface: try #require(Name(bytes: bytes)))]
    #expect(
      Self.samples(Self.lines(report)).last
        == #"ipvs_sync_daemon{role="backup",interface="\#(value)",sync_id="0"} 1"#)
  }

  // MARK: - Any table

  /// Families stand together, and no series is there twice.
  @Test(arguments: Noise.seeds)
  func everySeriesIsThereOnce(seed: UInt64) throws {
    var noise = Noise(seed: seed)
    for _ in 0..<20 {
      let entries = Dictionary(Table.random(&noise).entries.map { ($0.id, $0) }) { first, _ in first }
      var table = Array(entries.values)
      for index in table.indices {
        let servers = Dictionary(table[index].destinations.map { ($0.id, $0) }) { first, _ in first }
        table[index].destinations = Array(servers.values)
      }
      let servers = table.reduce(0) { $0 + $1.destinations.count }
      let samples = try Self.samples(Self.lines(Self.report(table)))
      #expect(samples.count == 5 + table.count * 6 + servers * 11, "seed \(seed)")
      #expect(Set(samples.map { $0.split(separator: " ")[0] }).count == samples.count, "seed \(seed)")
      let families = samples.map { $0.prefix { $0 != "{" && $0 != " " } }
      let order = zip(families, families.dropFirst()).count { $0 != $1 }
      #expect(order == Set(families).count - 1, "seed \(seed)")
    }
  }

  @Test func everythingIsAskedFor() throws {
    let query = try ListQuery(line: "-L --metrics")
    #expect(query.hasStatus && query.hasTotals && query.isCounting && !query.isForEveryone)
    let one = try ListQuery(line: "-L --metrics -f 1")
    #expect(!one.hasStatus && !one.hasTotals && one.isCounting && !one.isForEveryone)
  }

  @Test func theListingIsNumeric() throws {
    #expect(!Self.query.hasNames)
    let stored = StoredTable([Table.Entry(ServiceStatus(Service(.tcp("1.2.3.4:80"))))])
    #expect(try stored.lines("-L --metrics") == stored.lines("-Ln --metrics --stats --exact"))
  }

  @Test(arguments: ["-c", "--timeout", "--daemon", "--json"])
  func doesNotGoWith(other: String) {
    for line in ["-L \(other) --metrics", "-L --metrics \(other)"] {
      #expect(Misuse(line: line) == .listConflict, "\(line)")
    }
  }
}
