// SPDX-License-Identifier: Apache-2.0

internal import IPVS

extension Format {
  /// One JSON document, a line. What only root may know is absent where root did not ask.
  static func addJSON(_ report: Report, of query: ListQuery, to text: inout Text) {
    switch report {
    case .table(let report): add(report, isPartial: query.isPartial, to: &text)
    case .connections(let page, let isFirst, let isLast):
      if isFirst {
        text.open("{")
        text.open("[", "connections")
      } else if !page.isEmpty {
        // The text before may have been written already.
        text.add(",")
      }
      // Most are shorter, so the text does not grow from page to page.
      text.bytes.reserveCapacity(text.bytes.count + page.count * 320)
      for connection in page { add(connection, to: &text) }
      if isLast { text.add("]}\n") }
    case .counts(let counts):
      text.open("{")
      text.open("[", "counts")
      CountText(counts, names: NameTable()).addElements(to: &text)
      text.add("]}\n")
    case .timeouts(let timeouts):
      text.open("{")
      text.open("{", "timeouts")
      if let tcp = timeouts.tcp { text.member("tcp", tcp) }
      if let tcpFin = timeouts.tcpFin { text.member("tcp_fin", tcpFin) }
      if let udp = timeouts.udp { text.member("udp", udp) }
      text.add("}}\n")
    case .daemons(let daemons):
      text.open("{")
      text.open("[", "daemons")
      for daemon in daemons { add(daemon, to: &text) }
      text.add("]}\n")
    }
  }

  private static func add(_ report: TableReport, isPartial: Bool, to text: inout Text) {
    if report.isFirst {
      text.open("{")
      text.member("version", string: report.info.versionText)
      text.member("size", report.info.tableSize)
      text.open("[", "services")
    } else {
      text.add(",")
    }
    for entry in report.table.entries { add(entry, isPartial: isPartial, to: &text) }
    if report.isLast { text.add("]}\n") }
  }

  private static func add(_ entry: Table.Entry, isPartial: Bool, to text: inout Text) {
    let service = entry.service.service
    text.open("{")
    switch service.id {
    case .endpoint(let transport, let endpoint):
      text.member("protocol", string: transport.name.lowercased)
      add(endpoint, to: &text)
    case .mark(let mark, _): text.member("fwmark", mark)
    }
    if !isPartial || entry.showsFamily { text.member("family", string: service.id.family.word) }
    text.member("scheduler", string: service.settings.scheduler)
    if !isPartial {
      text.open("[", "flags")
      for flag in service.settings.flagNames(losingNone: true) { text.element(string: flag) }
      text.add("]")
    }
    if !isPartial || service.id.family == .ipv4 {
      text.member("one_packet", service.settings.flags.contains(.onePacket))
    }
    addPersistence(of: service, isPartial: isPartial, to: &text)
    if !isPartial { add(entry.service.statistics, to: &text) }
    text.open("[", "destinations")
    for status in entry.destinations { add(status, isPartial: isPartial, to: &text) }
    text.add("]}")
  }

  private static func addPersistence(of service: Service, isPartial: Bool, to text: inout Text) {
    let settings = service.settings
    if settings.persistence == nil, settings.engine == nil { return }
    text.open("{", "persistence")
    if let timeout = settings.persistence {
      text.member("timeout", timeout)
      if !isPartial || service.id.endpoint != nil && service.id.family == .ipv4 {
        let number = settings.netmask.number(service.id.family)
        switch service.id.family {
        case .ipv4: text.member("netmask", string: Address(ipv4: number))
        case .ipv6: text.member("prefix", number)
        }
      }
    }
    if let engine = settings.engine { text.member("engine", string: engine) }
    text.add("}")
  }

  private static func add(_ status: DestinationStatus, isPartial: Bool, to text: inout Text) {
    let settings = status.destination.settings
    text.open("{")
    add(status.destination.endpoint, to: &text)
    text.member("family", string: status.destination.endpoint.address.family.word)
    text.member("forwarding", string: settings.forwarding.word)
    if !isPartial, case .tunnel(let tunnel) = settings.forwarding { add(tunnel, to: &text) }
    text.member("weight", settings.weight)
    if !isPartial {
      text.member("upper_threshold", settings.upperThreshold)
      text.member("lower_threshold", settings.lowerThreshold)
    }
    text.member("active_connections", status.activeConnections)
    text.member("inactive_connections", status.inactiveConnections)
    if !isPartial {
      text.member("persistent_connections", status.persistentConnections)
      add(status.statistics, to: &text)
    }
    text.add("}")
  }

  private static func add(_ tunnel: Tunnel, to text: inout Text) {
    text.open("{", "tunnel")
    switch tunnel {
    case .ipip: text.member("type", string: tunnel.word)
    case .gue(let port, let checksum):
      text.member("type", string: tunnel.word)
      text.member("port", port)
      text.member("checksum", string: checksum.word)
    case .gre(let checksum):
      text.member("type", string: tunnel.word)
      text.member("checksum", string: checksum.word)
    case .other(let number): text.member("type", string: "\(number)")
    }
    text.add("}")
  }

  private static func add(_ statistics: Statistics, to text: inout Text) {
    for (key, counters) in [("stats" as StaticString, statistics.total), ("rate", statistics.rate)] {
      text.open("{", key)
      text.member("connections", counters.connections)
      text.member("packets_in", counters.inPackets)
      text.member("packets_out", counters.outPackets)
      text.member("bytes_in", counters.inBytes)
      text.member("bytes_out", counters.outBytes)
      text.add("}")
    }
  }

  private static func add(_ connection: Connection, to text: inout Text) {
    text.open("{")
    text.member("protocol", string: connection.protocolName.lowercased)
    text.member("state", string: connection.state)
    text.member("expires", connection.expires)
    if connection.isTemplate { text.member("template", true) }
    add(connection.client, as: "client", to: &text)
    if let mark = connection.mark {
      text.open("{", "virtual")
      text.member("fwmark", mark)
      text.add("}")
    } else {
      add(connection.virtual, as: "virtual", to: &text)
    }
    add(connection.destination, as: "destination", to: &text)
    if let engine = connection.engine {
      text.member("engine", string: engine.name)
      text.member("engine_data", string: Text(engine.data))
    }
    text.add("}")
  }

  private static func add(_ endpoint: Endpoint, as key: StaticString, to text: inout Text) {
    text.open("{", key)
    add(endpoint, to: &text)
    text.add("}")
  }

  private static func add(_ endpoint: Endpoint, to text: inout Text) {
    text.member("address", string: endpoint.address)
    text.member("port", endpoint.port)
  }

  private static func add(_ daemon: SyncDaemon, to text: inout Text) {
    text.open("{")
    text.member("role", string: Text(stringLiteral: daemon.role.name))
    text.member("interface", string: daemon.interface)
    text.member("sync_id", daemon.syncID)
    if let maximumLength = daemon.maximumLength { text.member("max_length", maximumLength) }
    if let group = daemon.group { text.member("group", string: group) }
    if let port = daemon.port { text.member("port", port) }
    if let ttl = daemon.ttl { text.member("ttl", ttl) }
    text.add("}")
  }
}

// MARK: - Words

extension AddressFamily {
  fileprivate var word: Text { self == .ipv4 ? "ipv4" : "ipv6" }
}

extension Forwarding {
  fileprivate var word: Text {
    switch self {
    case .masquerade: "masquerade"
    case .direct: "direct"
    case .tunnel: "tunnel"
    case .local: "local"
    case .bypass: "bypass"
    }
  }
}

extension Tunnel {
  fileprivate var word: Text { name.map { Text(stringLiteral: $0) } ?? Text() }
}

extension Tunnel.Checksum {
  fileprivate var word: Text {
    switch self {
    case .none: "none"
    case .full: "full"
    case .remote: "remote"
    }
  }
}

extension Name {
  fileprivate var lowercased: Text {
    var text = Text()
    text.append(self)
    return Text(text.bytes.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 })
  }
}

extension Connection {
  /// Whether it only binds a client to a server. FTP data whose port is not known yet has client port 0, too, in
  /// another state.
  fileprivate var isTemplate: Bool { client.port == 0 && (state == "NONE" || state == "ASSURED") }
}

extension Table.Entry {
  /// Whether everyone sees the family: a mark has that of its servers, except of those that a tunnel leads to.
  fileprivate var showsFamily: Bool {
    id.endpoint != nil || destinations.contains { $0.destination.settings.forwarding != .tunnel(.ipip) }
  }
}
