// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// The columns of a listing, and the place of their titles.
struct TableStyle: Sendable {
  let columns: [Column]
  /// Whether all columns are counters: these are aligned to the right, and services have them, too.
  var isCounting = false
  /// Whether the titles are in the first line, after that of services, instead of the second.
  var hasTitlesFirst = true

  /// The style that a query asks for.
  static func of(_ query: ListQuery) -> TableStyle {
    switch query.style {
    case .stats: total
    case .rate: rate
    case .thresholds: thresholds
    case .persistentConnections: persistentConnections
    case .tunnel: tunnel
    case .plain: plain
    }
  }

  private static let total = TableStyle(
    columns: [
      .counter("Conns") { $0.total.connections },
      .counter("InPkts") { $0.total.inPackets },
      .counter("OutPkts") { $0.total.outPackets },
      .counter("InBytes") { $0.total.inBytes },
      .counter("OutBytes") { $0.total.outBytes },
    ], isCounting: true)

  private static let rate = TableStyle(
    columns: [
      .rate("CPS") { $0.rate.connections },
      .rate("InPPS") { $0.rate.inPackets },
      .rate("OutPPS") { $0.rate.outPackets },
      .counter("InBPS") { $0.rate.inBytes },
      .counter("OutBPS") { $0.rate.outBytes },
    ], isCounting: true)

  private static let thresholds = TableStyle(columns: [
    Column("Uthreshold", 10) { .number(Int64($0.destination.settings.upperThreshold)) },
    Column("Lthreshold", 10) { .number(Int64($0.destination.settings.lowerThreshold)) },
    active, inactive,
  ])

  private static let persistentConnections = TableStyle(columns: [
    weight(9), Column("PersistConn", 11) { .number(Int64($0.persistentConnections)) }, active, inactive,
  ])

  private static let tunnel = TableStyle(
    columns: [
      forward,
      Column("TunnelInfo", 13) {
        if case .tunnel(let tunnel) = $0.destination.settings.forwarding {
          .tunnel(tunnel)
        } else {
          .tunnel(nil)
        }
      },
      weight(6), active, inactive,
    ], hasTitlesFirst: false)

  private static let plain = TableStyle(
    columns: [forward, weight(6), active, inactive], hasTitlesFirst: false)

  private static let forward = Column("Forward", 7) {
    .word($0.destination.settings.forwarding.listName)
  }
  private static let active = Column("ActiveConn", 10) { .number(Int64($0.activeConnections)) }
  private static let inactive = Column("InActConn", 10) { .number(Int64($0.inactiveConnections)) }
  private static func weight(_ width: Int) -> Column {
    Column("Weight", width) { .number(Int64($0.destination.settings.weight)) }
  }
}

extension Column {
  /// A column of counters.
  fileprivate static func counter(
    _ title: StaticString, _ value: @escaping @Sendable (Statistics) -> UInt64
  ) -> Column {
    Column(title, 8, { .counter(value($0.statistics)) }, ofService: { .counter(value($0)) })
  }

  /// A column of rates, which the reference does not shorten in the line of a server.
  fileprivate static func rate(
    _ title: StaticString, _ value: @escaping @Sendable (Statistics) -> UInt64
  ) -> Column {
    Column(title, 8, { .whole(value($0.statistics)) }, ofService: { .counter(value($0)) })
  }
}

extension Forwarding {
  fileprivate var listName: StaticString {
    switch self {
    case .masquerade: "Masq"
    case .local: "Local"
    case .tunnel: "Tunnel"
    case .direct: "Route"
    case .bypass: "Bypass"
    }
  }
}
