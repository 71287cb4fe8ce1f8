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
      Column("Conns", 8) { .counter($0.statistics.total.connections) },
      Column("InPkts", 8) { .counter($0.statistics.total.inPackets) },
      Column("OutPkts", 8) { .counter($0.statistics.total.outPackets) },
      Column("InBytes", 8) { .counter($0.statistics.total.inBytes) },
      Column("OutBytes", 8) { .counter($0.statistics.total.outBytes) },
    ], isCounting: true)

  private static let rate = TableStyle(
    columns: [
      Column("CPS", 8) { $0.rate($0.statistics.rate.connections) },
      Column("InPPS", 8) { $0.rate($0.statistics.rate.inPackets) },
      Column("OutPPS", 8) { $0.rate($0.statistics.rate.outPackets) },
      Column("InBPS", 8) { .counter($0.statistics.rate.inBytes) },
      Column("OutBPS", 8) { .counter($0.statistics.rate.outBytes) },
    ], isCounting: true)

  private static let thresholds = TableStyle(columns: [
    .destination("Uthreshold", 10) { .number(Int64($0.destination.settings.upperThreshold)) },
    .destination("Lthreshold", 10) { .number(Int64($0.destination.settings.lowerThreshold)) },
    active, inactive,
  ])

  private static let persistentConnections = TableStyle(columns: [
    weight(9), .destination("PersistConn", 11) { .number(Int64($0.persistentConnections)) }, active, inactive,
  ])

  private static let tunnel = TableStyle(
    columns: [
      forward,
      .destination("TunnelInfo", 13) {
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

  private static let forward = Column.destination("Forward", 7) {
    .word($0.destination.settings.forwarding.listName)
  }
  private static let active = Column.destination("ActiveConn", 10) { .number(Int64($0.activeConnections)) }
  private static let inactive = Column.destination("InActConn", 10) { .number(Int64($0.inactiveConnections)) }
  private static func weight(_ width: Int) -> Column {
    .destination("Weight", width) { .number(Int64($0.destination.settings.weight)) }
  }
}

extension Column {
  /// A column that only servers have.
  fileprivate static func destination(
    _ title: StaticString, _ width: Int, _ cell: @escaping @Sendable (DestinationStatus) -> Cell
  ) -> Column {
    Column(title, width) { row in row.destination.map(cell) ?? .nothing }
  }
}

extension Column.Row {
  /// The reference does not shorten the rates of a server's connections and packets.
  fileprivate func rate(_ value: UInt64) -> Column.Cell {
    destination == nil ? .counter(value) : .whole(value)
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
