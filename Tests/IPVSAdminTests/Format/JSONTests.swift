// SPDX-License-Identifier: Apache-2.0

import TestNoise
import IPVS
import Testing

@testable import IPVSAdmin

/// JSON documents to the byte.
@Suite struct JSONTests {
  private static func text(_ report: Report, isPartial: Bool = false) -> Text {
    var query = ListQuery()
    query.format = .json
    query.isPartial = isPartial
    var text = Text()
    Format.add(report, of: query, names: NameTable(), to: &text)
    return text
  }

  private static func table(_ entries: [Table.Entry], isPartial: Bool = false) throws -> Text {
    var kernel = StoredTable(entries)
    let report = try TableReport(nil, isUnsorted: true, from: &kernel)
    return text(.table(report), isPartial: isPartial)
  }

  /// What stands between a beginning and an end, which have to be there.
  private static func middle(_ text: Text, _ start: String, _ end: String) throws -> String {
    let string = text.string
    try #require(string.hasPrefix(start) && string.hasSuffix(end), "\(string)")
    return String(string.dropFirst(start.count).dropLast(end.count))
  }

  private static let tableStart = #"{"version":"1.2.1","size":4096,"services":["#
  private static let zeros =
    #"{"connections":0,"packets_in":0,"packets_out":0,"bytes_in":0,"bytes_out":0}"#

  // MARK: - Services

  @Test func noServices() throws {
    #expect(try Self.table([]).string == Self.tableStart + "]}\n")
    #expect(try StoredTable([]).lines("-L --json") == [Self.tableStart + "]}"])
  }

  /// Up to the counters, and as everyone sees it.
  static let services: [(Service, String, String)] = [
    (
      Service(.tcp("1.2.3.4:80"), scheduler: "rr"),
      #""protocol":"tcp","address":"1.2.3.4","port":80,"family":"ipv4","scheduler":"rr","flags":[],"one_packet":false"#,
      #""protocol":"tcp","address":"1.2.3.4","port":80,"family":"ipv4","scheduler":"rr","one_packet":false"#
    ),
    (
      Service(.udp("1.2.3.4:53"), flags: .onePacket),
      #""protocol":"udp","address":"1.2.3.4","port":53,"family":"ipv4","scheduler":"wlc","flags":[],"one_packet":true"#,
      #""protocol":"udp","address":"1.2.3.4","port":53,"family":"ipv4","scheduler":"wlc","one_packet":true"#
    ),
    (
      Service(.sctp("[2001:db8::1]:9")),
      #""protocol":"sctp","address":"2001:db8::1","port":9,"family":"ipv6","scheduler":"wlc","flags":[],"one_packet":false"#,
      #""protocol":"sctp","address":"2001:db8::1","port":9,"family":"ipv6","scheduler":"wlc""#
    ),
    (
      Service(.mark(7), scheduler: "wrr"),
      #""fwmark":7,"family":"ipv4","scheduler":"wrr","flags":[],"one_packet":false"#,
      #""fwmark":7,"scheduler":"wrr","one_packet":false"#
    ),
    (
      Service(.mark(.max, .ipv6)),
      #""fwmark":4294967295,"family":"ipv6","scheduler":"wlc","flags":[],"one_packet":false"#,
      #""fwmark":4294967295,"scheduler":"wlc""#
    ),
    (
      Service(.tcp("1.2.3.4:0"), persistence: 360),
      #""protocol":"tcp","address":"1.2.3.4","port":0,"family":"ipv4","scheduler":"wlc","flags":[],"one_packet":false,"#
        + #""persistence":{"timeout":360,"netmask":"255.255.255.255"}"#,
      #""protocol":"tcp","address":"1.2.3.4","port":0,"family":"ipv4","scheduler":"wlc","one_packet":false,"#
        + #""persistence":{"timeout":360,"netmask":"255.255.255.255"}"#
    ),
    (
      Service(.tcp("[::1]:80"), persistence: 9, netmask: .part(64)),
      #""protocol":"tcp","address":"::1","port":80,"family":"ipv6","scheduler":"wlc","flags":[],"one_packet":false,"#
        + #""persistence":{"timeout":9,"prefix":64}"#,
      #""protocol":"tcp","address":"::1","port":80,"family":"ipv6","scheduler":"wlc","persistence":{"timeout":9}"#
    ),
    (
      Service(.mark(7, .ipv6), persistence: 9),
      #""fwmark":7,"family":"ipv6","scheduler":"wlc","flags":[],"one_packet":false,"persistence":{"timeout":9,"prefix":128}"#,
      #""fwmark":7,"scheduler":"wlc","persistence":{"timeout":9}"#
    ),
    (
      Service(.mark(7), persistence: 60, netmask: .part(0xffff_0000), engine: "sip"),
      #""fwmark":7,"family":"ipv4","scheduler":"wlc","flags":[],"one_packet":false,"#
        + #""persistence":{"timeout":60,"netmask":"255.255.0.0","engine":"sip"}"#,
      ""
    ),
    (
      Service(.mark(7), engine: "sip"),
      #""fwmark":7,"family":"ipv4","scheduler":"wlc","flags":[],"one_packet":false,"persistence":{"engine":"sip"}"#,
      ""
    ),
    (
      Service(.mark(7), netmask: .part(1)),
      #""fwmark":7,"family":"ipv4","scheduler":"wlc","flags":[],"one_packet":false"#, ""
    ),
    (
      Service(.mark(7), scheduler: "sh", flags: .scheduler),
      #""fwmark":7,"family":"ipv4","scheduler":"sh","flags":["sh-fallback","sh-port","flag-3"],"one_packet":false"#,
      ""
    ),
    (
      Service(.mark(7), scheduler: "mh", flags: .scheduler2),
      #""fwmark":7,"family":"ipv4","scheduler":"mh","flags":["mh-port"],"one_packet":false"#, ""
    ),
    (
      Service(.mark(7), scheduler: "rr", flags: .scheduler),
      #""fwmark":7,"family":"ipv4","scheduler":"rr","flags":["flag-1","flag-2","flag-3"],"one_packet":false"#,
      ""
    ),
    (
      Service(.mark(7), scheduler: #"a"b\"#),
      #""fwmark":7,"family":"ipv4","scheduler":"a\"b\\","flags":[],"one_packet":false"#, ""
    ),
  ]

  @Test(arguments: services.indices)
  func members(service index: Int) throws {
    let (service, members, known) = Self.services[index]
    let entry = Table.Entry(ServiceStatus(service))
    let counters = #","stats":\#(Self.zeros),"rate":\#(Self.zeros)"#
    #expect(
      try Self.middle(Self.table([entry]), Self.tableStart + "{", counters + ",\"destinations\":[]}]}\n")
        == members)
    // What everyone sees has no flags and engines.
    if known.isEmpty { return }
    #expect(
      try Self.middle(
        Self.table([entry], isPartial: true), Self.tableStart + "{", ",\"destinations\":[]}]}\n")
        == known)
  }

  @Test func countersAreWhole() throws {
    let statistics = Statistics(
      total: .init(connections: .max, inPackets: 1, outPackets: 2, inBytes: 3, outBytes: 4),
      rate: .init(connections: 5, inPackets: 6, outPackets: 7, inBytes: 8, outBytes: .max - 1))
    let server = DestinationStatus(Destination("10.0.0.1:80"), statistics: statistics)
    let text = try Self.table([
      Table.Entry(ServiceStatus(Service(.mark(1)), statistics: statistics), destinations: [server])
    ]).string
    let counters =
      #""stats":{"connections":18446744073709551615,"packets_in":1,"packets_out":2,"bytes_in":3,"bytes_out":4},"#
      + #""rate":{"connections":5,"packets_in":6,"packets_out":7,"bytes_in":8,"bytes_out":18446744073709551614}"#
    #expect(text.split(separator: counters, omittingEmptySubsequences: false).count == 3, "\(text)")
  }

  // MARK: - Servers

  /// Up to the weight.
  static let servers: [(Endpoint, Forwarding, String)] = [
    (
      "10.0.0.1:8080", .masquerade,
      #""address":"10.0.0.1","port":8080,"family":"ipv4","forwarding":"masquerade""#
    ),
    ("[2001:db8::2]:0", .direct, #""address":"2001:db8::2","port":0,"family":"ipv6","forwarding":"direct""#),
    ("10.0.0.1:80", .local, #""address":"10.0.0.1","port":80,"family":"ipv4","forwarding":"local""#),
    ("10.0.0.1:80", .bypass, #""address":"10.0.0.1","port":80,"family":"ipv4","forwarding":"bypass""#),
    (
      "10.0.0.1:80", .tunnel(.ipip),
      #""address":"10.0.0.1","port":80,"family":"ipv4","forwarding":"tunnel","tunnel":{"type":"ipip"}"#
    ),
    (
      "10.0.0.1:80", .tunnel(.gue(port: 6080, .none)),
      #""address":"10.0.0.1","port":80,"family":"ipv4","forwarding":"tunnel","#
        + #""tunnel":{"type":"gue","port":6080,"checksum":"none"}"#
    ),
    (
      "10.0.0.1:80", .tunnel(.gue(port: .max, .remote)),
      #""address":"10.0.0.1","port":80,"family":"ipv4","forwarding":"tunnel","#
        + #""tunnel":{"type":"gue","port":65535,"checksum":"remote"}"#
    ),
    (
      "[::1]:80", .tunnel(.gre(.full)),
      #""address":"::1","port":80,"family":"ipv6","forwarding":"tunnel","tunnel":{"type":"gre","checksum":"full"}"#
    ),
    (
      "10.0.0.1:80", .tunnel(.other(9)),
      #""address":"10.0.0.1","port":80,"family":"ipv4","forwarding":"tunnel","tunnel":{"type":"9"}"#
    ),
  ]

  @Test(arguments: servers.indices)
  func members(server index: Int) throws {
    let (endpoint, forwarding, members) = Self.servers[index]
    let server = DestinationStatus(
      Destination(
        endpoint, forwarding: forwarding, weight: 2_147_483_647, upperThreshold: 9, lowerThreshold: 5),
      activeConnections: 1, inactiveConnections: 2, persistentConnections: .max)
    let entries = [Table.Entry(ServiceStatus(Service(.tcp("1.2.3.4:80"))), destinations: [server, server])]
    let row =
      "{\(members)"
      + #","weight":2147483647,"upper_threshold":9,"lower_threshold":5,"active_connections":1,"inactive_connections":2,"#
      + #""persistent_connections":4294967295,"stats":\#(Self.zeros),"rate":\#(Self.zeros)}"#
    let text = try Self.table(entries).string
    #expect(text.hasSuffix(#""destinations":[\#(row),\#(row)]}]}"# + "\n"), "\(text)")

    let known = members.prefix(upTo: members.firstRange(of: ",\"tunnel\":")?.lowerBound ?? members.endIndex)
    let partial = try Self.table(entries, isPartial: true).string
    let start = #"{\#(known),"weight":2147483647,"active_connections":1,"inactive_connections":2}"#
    #expect(partial.hasSuffix(#""destinations":[\#(start),\#(start)]}]}"# + "\n"), "\(partial)")
  }

  /// A mark has the family of its servers, as long as no tunnel leads to them.
  @Test(
    arguments: [("10.0.0.1:0", .tunnel(.ipip), false), ("10.0.0.1:0", .direct, true)]
      as [(
        Endpoint, Forwarding, Bool
      )])
  func familyOfAMark(endpoint: Endpoint, forwarding: Forwarding, isKnown: Bool) throws {
    let server = DestinationStatus(Destination(endpoint, forwarding: forwarding))
    let text = try Self.table(
      [Table.Entry(ServiceStatus(Service(.mark(1))), destinations: [server])], isPartial: true)
    let service = try #require(JSONValue(text)["services"]?.elements.first)
    #expect(service["family"] == (isKnown ? "ipv4" : nil))
  }

  // MARK: - Random tables

  @Test(arguments: Noise.seeds)
  func everyTableIsADocument(seed: UInt64) throws {
    var noise = Noise(seed: seed)
    for _ in 0..<100 {
      var table = Table.random(&noise)
      // A kernel has no service twice.
      var seen: Set<Service.ID> = []
      table.entries.removeAll { !seen.insert($0.id).inserted }
      for isPartial in [false, true] {
        let document = try JSONValue(Self.table(table.entries, isPartial: isPartial))
        let services = try #require(document["services"]).elements
        try #require(services.count == table.entries.count, "seed \(seed)")
        for (entry, service) in zip(table.entries, services) {
          Self.compare(entry.service.service, service, isPartial: isPartial, seed)
          let servers = try #require(service["destinations"]).elements
          try #require(servers.count == entry.destinations.count, "seed \(seed)")
          for (status, server) in zip(entry.destinations, servers) {
            Self.compare(status.destination, server, isPartial: isPartial, seed)
          }
        }
      }
    }
  }

  private static func compare(_ service: Service, _ json: JSONValue, isPartial: Bool, _ seed: UInt64) {
    switch service.id {
    case .mark(let mark, _):
      #expect(json["fwmark"] == .number(UInt64(mark)) && json["protocol"] == nil, "seed \(seed)")
    case .endpoint(let transport, let endpoint):
      #expect(json["protocol"] == .string("\(transport.name)".lowercased()), "seed \(seed)")
      #expect(json["address"] == .string("\(endpoint.address)"), "seed \(seed)")
      #expect(json["port"] == .number(UInt64(endpoint.port)) && json["fwmark"] == nil, "seed \(seed)")
    }
    let settings = service.settings
    #expect(json["scheduler"] == .string("\(settings.scheduler)"), "seed \(seed)")
    #expect(
      json["persistence"]?["timeout"] == settings.persistence.map { .number(UInt64($0)) }, "seed \(seed)")
    for key in ["flags", "stats", "rate"] { #expect((json[key] == nil) == isPartial, "seed \(seed)") }
    if isPartial { return }
    #expect(json["one_packet"] == .bool(settings.flags.contains(.onePacket)), "seed \(seed)")
    #expect(json["persistence"]?["engine"] == settings.engine.map { .string("\($0)") }, "seed \(seed)")
    let count = settings.flags.intersection(.scheduler).rawValue.nonzeroBitCount
    #expect(json["flags"]?.elements.count == count, "seed \(seed)")
  }

  private static func compare(_ server: Destination, _ json: JSONValue, isPartial: Bool, _ seed: UInt64) {
    #expect(json["address"] == .string("\(server.endpoint.address)"), "seed \(seed)")
    #expect(json["port"] == .number(UInt64(server.endpoint.port)), "seed \(seed)")
    #expect(json["weight"] == .number(UInt64(server.settings.weight)), "seed \(seed)")
    var keys: Set = [
      "address", "port", "family", "forwarding", "weight", "active_connections", "inactive_connections",
    ]
    if !isPartial {
      keys.formUnion(["upper_threshold", "lower_threshold", "persistent_connections", "stats", "rate"])
      #expect(json["upper_threshold"] == .number(UInt64(server.settings.upperThreshold)), "seed \(seed)")
      #expect(json["lower_threshold"] == .number(UInt64(server.settings.lowerThreshold)), "seed \(seed)")
      if case .tunnel = server.settings.forwarding { keys.insert("tunnel") }
    }
    #expect(json.keys == keys, "seed \(seed)")
  }

  // MARK: - Connections

  private static let web = Connection(
    protocolName: "TCP", client: "10.0.0.2:40000", virtual: "10.0.0.100:80", destination: "10.1.0.1:8080",
    state: "ESTABLISHED", expires: 899)

  private static func changed(_ change: (inout Connection) -> Void) -> Connection {
    var connection = web
    change(&connection)
    return connection
  }

  private static func row(_ connection: Connection) throws -> String {
    try middle(
      text(.connections([connection], isFirst: true, isLast: true)), #"{"connections":["#, "]}\n")
  }

  private static let ends =
    #""virtual":{"address":"10.0.0.100","port":80},"destination":{"address":"10.1.0.1","port":8080}"#

  static let connections: [(Connection, String)] = [
    (
      web,
      #"{"protocol":"tcp","state":"ESTABLISHED","expires":899,"client":{"address":"10.0.0.2","port":40000},"#
        + ends + "}"
    ),
    (
      changed { ($0.client.port, $0.state, $0.expires) = (0, "NONE", 0) },
      #"{"protocol":"tcp","state":"NONE","expires":0,"template":true,"client":{"address":"10.0.0.2","port":0},"#
        + ends + "}"
    ),
    (
      changed { ($0.protocolName, $0.client.port, $0.state) = ("SCTP", 0, "ASSURED") },
      #"{"protocol":"sctp","state":"ASSURED","expires":899,"template":true,"client":{"address":"10.0.0.2","port":0},"#
        + ends + "}"
    ),
    // Data of FTP that is awaited, and no template.
    (
      changed { ($0.client.port, $0.state) = (0, "LISTEN") },
      #"{"protocol":"tcp","state":"LISTEN","expires":899,"client":{"address":"10.0.0.2","port":0},"#
        + ends + "}"
    ),
    (
      changed {
        ($0.protocolName, $0.state) = ("IP", "NONE")
        ($0.client, $0.virtual) = ("10.0.0.2:0", "255.255.255.255:0")
      },
      #"{"protocol":"ip","state":"NONE","expires":899,"template":true,"client":{"address":"10.0.0.2","port":0},"#
        + #""virtual":{"fwmark":4294967295},"destination":{"address":"10.1.0.1","port":8080}}"#
    ),
    (
      changed {
        ($0.protocolName, $0.state) = ("IP", "NONE")
        ($0.client, $0.virtual, $0.destination) = ("[2001:db8::2]:0", "[0:7::]:0", "[::1]:0")
      },
      #"{"protocol":"ip","state":"NONE","expires":899,"template":true,"client":{"address":"2001:db8::2","port":0},"#
        + #""virtual":{"fwmark":7},"destination":{"address":"::1","port":0}}"#
    ),
    // A protocol that is no transport protocol, but has ports.
    (
      changed { $0.protocolName = "IP_51" },
      #"{"protocol":"ip_51","state":"ESTABLISHED","expires":899,"client":{"address":"10.0.0.2","port":40000},"#
        + ends + "}"
    ),
  ]

  @Test(arguments: connections.indices)
  func row(connection index: Int) throws {
    let (connection, row) = Self.connections[index]
    #expect(try Self.row(connection) == row)
  }

  /// Bytes of an engine, and the characters of a JSON string for them.
  static let strings: [([UInt8], String)] = [
    ([], ""), (Array("call-1@host".utf8), "call-1@host"), (Array(#"say "hi" \o/"#.utf8), #"say \"hi\" \\o/"#),
    ([0x00, 0x09, 0x0a, 0x0d, 0x1b, 0x1f, 0x7f], #"\u0000\u0009\u000a\u000d\u001b\u001f\u007f"#),
    (Array("é ü €  𝄞 \u{7ff}\u{800}\u{ffff}\u{10ffff}".utf8), "é ü €  𝄞 \u{7ff}\u{800}\u{ffff}\u{10ffff}"),
    // Not UTF-8: lone bytes, long forms, halves of surrogates, past the last character, cut off.
    ([0xff, 0xfe], #"\u00ff\u00fe"#), ([0x61, 0x80, 0x62], #"a\u0080b"#),
    ([0xc0, 0x80], #"\u00c0\u0080"#), ([0xe0, 0x80, 0x80], #"\u00e0\u0080\u0080"#),
    ([0xf0, 0x80, 0x80, 0x80], #"\u00f0\u0080\u0080\u0080"#),
    ([0xed, 0xa0, 0x80], #"\u00ed\u00a0\u0080"#), ([0xed, 0xbf, 0xbf], #"\u00ed\u00bf\u00bf"#),
    ([0xf4, 0x90, 0x80, 0x80], #"\u00f4\u0090\u0080\u0080"#),
    ([0xf5, 0x80, 0x80, 0x80], #"\u00f5\u0080\u0080\u0080"#),
    ([0xe2, 0x82], #"\u00e2\u0082"#), ([0xe2, 0x82, 0x22], #"\u00e2\u0082\""#),
    ([0xf0, 0x9d, 0x84], #"\u00f0\u009d\u0084"#), ([0xc3, 0xc3, 0xa9], #"\u00c3é"#),
  ]

  @Test(arguments: strings.indices)
  func dataOfEngines(index: Int) throws {
    let (data, characters) = Self.strings[index]
    let row = try Self.row(Self.changed { $0.engine = Connection.Engine(name: "sip", data: data) })
    #expect(row.hasSuffix(Self.ends + #","engine":"sip","engine_data":"\#(characters)"}"#), "\(row)")
  }

  @Test(arguments: Noise.seeds)
  func anyDataIsADocument(seed: UInt64) throws {
    var noise = Noise(seed: seed)
    // Most bytes of UTF-8 are of these kinds.
    let edges: [UInt8] = [
      0, 0x1f, 0x22, 0x5c, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2, 0xdf, 0xe0, 0xe2, 0xed, 0xef,
      0xf0,
      0xf1, 0xf4, 0xf5, 0xff,
    ]
    for _ in 0..<1000 {
      let data = (0..<noise.number(0...20)).map { _ in
        noise.once(in: 5) ? noise.number(0 ... .max) : noise.pick(edges)
      }
      let engine = Connection.Engine(name: "sip", data: data)
      let text = Self.text(.connections([Self.changed { $0.engine = engine }], isFirst: true, isLast: true))
      let row = try #require(JSONValue(text)["connections"]?.elements.first, "seed \(seed)")
      guard let string = String(validating: data, as: UTF8.self) else { continue }
      #expect(row["engine_data"] == .string(string), "seed \(seed)")
    }
  }

  /// Pages are one document, whether or not a page was written before the next is made.
  @Test(arguments: [[0], [1], [2, 0], [2, 1], [2, 2, 0], [1, 1, 1]], [false, true])
  func pages(counts: [Int], isWrittenBetween: Bool) throws {
    var query = ListQuery()
    query.format = .json
    var (written, text) = (Text(), Text())
    for (index, count) in counts.enumerated() {
      let page = Array(repeating: Self.web, count: count)
      let report = Report.connections(page, isFirst: index == 0, isLast: index == counts.count - 1)
      Format.add(report, of: query, names: NameTable(), to: &text)
      if !isWrittenBetween { continue }
      written.append(text)
      text.removeAll()
    }
    written.append(text)
    #expect(try JSONValue(written)["connections"]?.elements.count == counts.reduce(0, +), "\(written.string)")
  }

  // MARK: - Timeouts and daemons

  static let timeouts: [(Timeouts, String)] = [
    (Timeouts(tcp: 900, tcpFin: 120, udp: 300), #"{"timeouts":{"tcp":900,"tcp_fin":120,"udp":300}}"#),
    (Timeouts(udp: 1), #"{"timeouts":{"udp":1}}"#), (Timeouts(), #"{"timeouts":{}}"#),
  ]

  @Test(arguments: timeouts)
  func line(timeouts: Timeouts, line: String) {
    #expect(Self.text(.timeouts(timeouts)).string == line + "\n")
  }

  static let daemons: [([SyncDaemon], String)] = [
    ([], #"{"daemons":[]}"#),
    (
      [
        SyncDaemon(
          .master, interface: "eth0", syncID: 1, maximumLength: 1472, group: "224.0.0.81", port: 8848, ttl: 1)
      ],
      #"{"daemons":[{"role":"master","interface":"eth0","sync_id":1,"max_length":1472,"group":"224.0.0.81","#
        + #""port":8848,"ttl":1}]}"#
    ),
    (
      [
        SyncDaemon(.master, interface: "eth0", group: "ff02::81"),
        SyncDaemon(.backup, interface: "a\"b", syncID: 255),
      ],
      #"{"daemons":[{"role":"master","interface":"eth0","sync_id":0,"group":"ff02::81"},"#
        + #"{"role":"backup","interface":"a\"b","sync_id":255}]}"#
    ),
  ]

  @Test(arguments: daemons)
  func line(daemons: [SyncDaemon], line: String) {
    #expect(Self.text(.daemons(daemons)).string == line + "\n")
  }
}
