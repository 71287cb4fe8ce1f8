// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// A family of metrics: a name, and what it has samples of.
struct Metric: Sendable {
  /// What a family has samples of, and how the value of each is found.
  enum Source: Sendable {
    /// Everything together, one sample.
    case totals(@Sendable (Statistics.Counters) -> UInt64)
    /// Each service.
    case services(@Sendable (Table.Entry) -> UInt64)
    /// Each server of each service.
    case backends(@Sendable (DestinationStatus) -> UInt64)
    /// Each timeout that the kernel has.
    case timeouts
    /// Each sync daemon that runs. The value is 1.
    case daemons
  }

  let name: StaticString
  let type: StaticString
  let help: StaticString
  let source: Source

  private static func counter(_ name: StaticString, _ help: StaticString, _ source: Source) -> Metric {
    Metric(name: name, type: "counter", help: help, source: source)
  }

  private static func gauge(_ name: StaticString, _ help: StaticString, _ source: Source) -> Metric {
    Metric(name: name, type: "gauge", help: help, source: source)
  }

  /// Every family, in the order in which they are printed.
  static let table = [
    counter(
      "ipvs_connections_total", "Connections of all services, deleted ones included.",
      .totals { $0.connections }),
    counter(
      "ipvs_incoming_packets_total", "Packets from clients, of all services.", .totals { $0.inPackets }),
    counter("ipvs_outgoing_packets_total", "Packets to clients, of all services.", .totals { $0.outPackets }),
    counter("ipvs_incoming_bytes_total", "Bytes from clients, of all services.", .totals { $0.inBytes }),
    counter("ipvs_outgoing_bytes_total", "Bytes to clients, of all services.", .totals { $0.outBytes }),

    counter(
      "ipvs_service_connections_total", "Connections of a service.", .services { $0.total.connections }),
    counter(
      "ipvs_service_incoming_packets_total", "Packets from clients of a service.",
      .services { $0.total.inPackets }),
    counter(
      "ipvs_service_outgoing_packets_total", "Packets to clients of a service.",
      .services { $0.total.outPackets }),
    counter(
      "ipvs_service_incoming_bytes_total", "Bytes from clients of a service.", .services { $0.total.inBytes }),
    counter(
      "ipvs_service_outgoing_bytes_total", "Bytes to clients of a service.", .services { $0.total.outBytes }),
    gauge("ipvs_service_backends", "Servers of a service.", .services { UInt64($0.destinations.count) }),

    counter(
      "ipvs_backend_connections_total", "Connections of a server.",
      .backends { $0.statistics.total.connections }),
    counter(
      "ipvs_backend_incoming_packets_total", "Packets from clients to a server.",
      .backends { $0.statistics.total.inPackets }),
    counter(
      "ipvs_backend_outgoing_packets_total", "Packets to clients from a server.",
      .backends { $0.statistics.total.outPackets }),
    counter(
      "ipvs_backend_incoming_bytes_total", "Bytes from clients to a server.",
      .backends { $0.statistics.total.inBytes }),
    counter(
      "ipvs_backend_outgoing_bytes_total", "Bytes to clients from a server.",
      .backends { $0.statistics.total.outBytes }),
    gauge(
      "ipvs_backend_connections_active", "Connections in use.", .backends { UInt64($0.activeConnections) }),
    gauge(
      "ipvs_backend_connections_inactive", "Connections that are closing or were never established.",
      .backends { UInt64($0.inactiveConnections) }),
    gauge(
      "ipvs_backend_connections_persistent", "Clients that persistence binds to a server.",
      .backends { UInt64($0.persistentConnections) }),
    gauge(
      "ipvs_backend_weight", "Weight of a server; 0 gets no new clients.",
      .backends { UInt64(clamping: $0.destination.settings.weight) }),
    gauge(
      "ipvs_backend_upper_threshold", "Connections from which on a server gets no more; 0 is no limit.",
      .backends { UInt64($0.destination.settings.upperThreshold) }),
    gauge(
      "ipvs_backend_lower_threshold",
      "Connections below which a full server gets more; 0 is three quarters of the upper threshold.",
      .backends { UInt64($0.destination.settings.lowerThreshold) }),

    gauge("ipvs_timeout_seconds", "How long idle connections are kept.", .timeouts),
    gauge("ipvs_sync_daemon", "A connection synchronization daemon that runs.", .daemons),
  ]
}

extension Table.Entry {
  fileprivate var total: Statistics.Counters { service.statistics.total }
}

extension Format {
  /// Metrics in Prometheus' text format. Only tables have any.
  static func addMetrics(_ report: Report, to text: inout Text) {
    guard case .table(let report) = report else { return }
    var metrics = Metrics(report)
    while metrics.addNext(to: &text) {}
  }
}

/// The metrics of a table in Prometheus' text format, part by part: all of them are many times as long as the table.
struct Metrics {
  /// About as much is added at a time.
  private static let part = 64 * 1024

  private let report: TableReport
  /// The labels of all series: of each service, then of its servers.
  private var labels = Text()
  /// Where the labels of each series begin, and where the last ones end.
  private var starts = [0]
  /// Which series is the first of each service.
  private var places: [Int] = []

  /// The family that comes next, and how many services are done with.
  private var family = 0
  private var position = 0

  init(_ report: TableReport) {
    self.report = report
    let rows = report.table.entries.reduce(0) { $0 + 1 + $1.destinations.count }
    places.reserveCapacity(report.table.entries.count)
    starts.reserveCapacity(rows + 1)
    labels.bytes.reserveCapacity(rows * 128)
    for entry in report.table.entries {
      var service = Text()
      service.addLabels(of: entry.id)
      places.append(starts.count - 1)
      labels.append(service)
      starts.append(labels.bytes.count)
      for status in entry.destinations {
        labels.append(service)
        labels.addLabels(of: status.id)
        starts.append(labels.bytes.count)
      }
    }
  }

  /// Appends what comes next; false when nothing is left. What is not of a service is left out if the report is about
  /// one.
  mutating func addNext(to text: inout Text) -> Bool {
    guard family < Metric.table.count else { return false }
    let metric = Metric.table[family]
    guard report.isWhole || metric.source.isOfServices else {
      family += 1
      return true
    }
    if position == 0 { text.addHead(of: metric) }
    switch metric.source {
    case .services, .backends:
      let end = text.bytes.count + Self.part
      while position < report.table.entries.count, text.bytes.count < end {
        addSamples(of: report.table.entries[position], metric, to: &text)
        position += 1
      }
      if position < report.table.entries.count { return true }
    case .totals(let value):
      if let totals = report.totals { text.addSample(metric.name, Text(), value(totals)) }
    case .timeouts: if let timeouts = report.table.timeouts { text.add(timeouts, metric.name) }
    case .daemons: for daemon in report.table.daemons ?? [] { text.add(daemon, metric.name) }
    }
    family += 1
    position = 0
    return true
  }

  private func addSamples(of entry: Table.Entry, _ metric: Metric, to text: inout Text) {
    let place = places[position]
    switch metric.source {
    case .services(let value): text.addSample(metric.name, labels, range(place), value(entry))
    case .backends(let value):
      for (index, status) in entry.destinations.enumerated() {
        text.addSample(metric.name, labels, range(place + 1 + index), value(status))
      }
    case .totals, .timeouts, .daemons: break
    }
  }

  private func range(_ series: Int) -> Range<Int> { starts[series]..<starts[series + 1] }
}

extension Metric.Source {
  fileprivate var isOfServices: Bool {
    switch self {
    case .services, .backends: true
    case .totals, .timeouts, .daemons: false
    }
  }
}

extension Text {
  /// Appends what identifies a service, as node_exporter's ipvs collector has it: a mark in hex, and empty what a
  /// service does not have. That does not tell marks of both families apart, so one of IPv6 has an address, too.
  fileprivate mutating func addLabels(of id: Service.ID) {
    addLabel("local_address", isFirst: true) {
      switch id {
      case .endpoint(_, let endpoint): $0.append(endpoint.address)
      case .mark(_, .ipv4): break
      case .mark(_, .ipv6): $0.add("::")
      }
    }
    addLabel("local_port") { $0.append(id.endpoint?.port ?? 0) }
    addLabel("local_mark") { if case .mark(let mark, _) = id { $0.add(hex: mark) } }
    addLabel("proto") { $0.append(id.transport?.name ?? "FWM") }
  }

  fileprivate mutating func addLabels(of server: Endpoint) {
    addLabel("remote_address") { $0.append(server.address) }
    addLabel("remote_port") { $0.append(server.port) }
  }

  fileprivate mutating func addHead(of metric: Metric) {
    append("# HELP \(metric.name) \(metric.help)\n# TYPE \(metric.name) \(metric.type)\n")
  }

  fileprivate mutating func add(_ timeouts: Timeouts, _ name: StaticString) {
    let kinds = [("tcp" as StaticString, timeouts.tcp), ("tcp_fin", timeouts.tcpFin), ("udp", timeouts.udp)]
    for (kind, seconds) in kinds {
      guard let seconds else { continue }
      var labels = Text()
      labels.addLabel("kind", isFirst: true) { $0.add(kind) }
      addSample(name, labels, UInt64(seconds))
    }
  }

  fileprivate mutating func add(_ daemon: SyncDaemon, _ name: StaticString) {
    var labels = Text()
    labels.addLabel("role", isFirst: true) { $0.add(daemon.role.name) }
    labels.addLabel("interface") { $0.append(daemon.interface) }
    labels.addLabel("sync_id") { $0.append(daemon.syncID) }
    addSample(name, labels, 1)
  }
}
