// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// The order in which a screen shows services, and the servers of each.
enum WatchOrder: Int, CaseIterable {
  /// That of the listing.
  case usual
  /// What has the most new connections in a second is first.
  case rate
  /// What has the most connections is first.
  case connections

  var next: WatchOrder { WatchOrder(rawValue: rawValue + 1) ?? .usual }

  /// A table in this order; what is equal stays in the order of the listing.
  func sorted(_ table: Table, by rates: LiveRates) -> Table {
    if self == .usual { return table }
    var table = table
    for index in table.entries.indices {
      let id = table.entries[index].id
      table.entries[index].destinations = Self.sorted(table.entries[index].destinations) {
        self == .rate
          ? rates.tenths[LiveRates.Place(id: id, server: $0.id)]?.connections ?? 0 : $0.connections
      }
    }
    table.entries = Self.sorted(table.entries) {
      self == .rate
        ? rates.tenths[LiveRates.Place(id: $0.id)]?.connections ?? 0
        : $0.destinations.reduce(0) { $0 + $1.connections }
    }
    return table
  }

  private static func sorted<Element>(_ elements: [Element], by value: (Element) -> UInt64) -> [Element] {
    var rows: [(value: UInt64, index: Int)] = []
    for (index, element) in elements.enumerated() { rows.append((value(element), index)) }
    rows.sort { $0.value != $1.value ? $0.value > $1.value : $0.index < $1.index }
    return rows.map { elements[$0.index] }
  }
}

extension DestinationStatus {
  fileprivate var connections: UInt64 { UInt64(activeConnections) + UInt64(inactiveConnections) }
}
