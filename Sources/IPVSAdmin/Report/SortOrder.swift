// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import IPVS

/// The order in which listings show services and servers.
enum SortOrder {
  static func sort(_ table: inout Table) {
    sort(&table.entries) { $0.id.sortKey }
    for index in table.entries.indices { sort(&table.entries[index].destinations) }
  }

  static func sort(_ services: inout [ServiceStatus]) { sort(&services) { $0.id.sortKey } }

  static func sort(_ servers: inout [DestinationStatus]) {
    if !arrange(&servers) { sort(&servers) { $0.destination.endpoint.sortKey } }
  }

  /// Sorts servers that are in order already, or in the opposite order; returns false for others. Only IPv4
  /// addresses that are not far apart are compared: of these the order is total.
  private static func arrange(_ servers: inout [DestinationStatus]) -> Bool {
    var (isUp, isDown) = (true, true)
    var last: UInt64?
    var (least, most) = (UInt32.max, UInt32.min)
    for index in servers.indices {
      let endpoint = servers[index].destination.endpoint
      guard endpoint.address.family == .ipv4 else { return false }
      let bits = endpoint.address.words.0
      (least, most) = (min(least, bits), max(most, bits))
      let place = UInt64(bits) << 16 | UInt64(endpoint.port)
      if let last {
        isUp = isUp && last < place
        isDown = isDown && last > place
      }
      last = place
    }
    guard isUp || isDown, servers.isEmpty || most - least <= UInt32(Int32.max) else { return false }
    if !isUp { servers.reverse() }
    return true
  }

  fileprivate typealias Key = InlineArray<8, UInt32>

  private struct Row {
    let key: Key
    let index: Int
  }

  /// Sorts as the reference does: by differences of 32 bits that are read as signed, with the C library's `qsort`.
  /// Addresses that are far apart have no total order that way, so the result depends on the algorithm.
  private static func sort<Element>(_ elements: inout [Element], by key: (Element) -> Key) {
    if elements.count < 2 { return }
    var rows: [Row] = []
    rows.reserveCapacity(elements.count)
    for (index, element) in elements.enumerated() { rows.append(Row(key: key(element), index: index)) }
    let count = rows.count
    unsafe qsort(&rows, count, MemoryLayout<Row>.stride) { (left, right) in
      guard let left = unsafe left, let right = unsafe right else { return 0 }
      let (a, b) = unsafe (left.load(as: Row.self).key, right.load(as: Row.self).key)
      for index in a.indices where a[index] != b[index] {
        return Int32(bitPattern: a[index] &- b[index])
      }
      return 0
    }
    elements = rows.map { elements[$0.index] }
  }
}

extension Service.ID {
  fileprivate var sortKey: SortOrder.Key {
    switch self {
    case .mark(let mark, let family):
      return [mark, family.order, 0, 0, 0, 0, 0, 0]
    case .endpoint(let transport, let endpoint):
      let words = endpoint.address.words
      return [
        0, endpoint.address.family.order, UInt32(transport.number), words.0, words.1, words.2,
        words.3, UInt32(endpoint.port),
      ]
    }
  }
}

extension Endpoint {
  fileprivate var sortKey: SortOrder.Key {
    let words = address.words
    return [words.0, words.1, words.2, words.3, UInt32(port), 0, 0, 0]
  }
}

extension AddressFamily {
  fileprivate var order: UInt32 { self == .ipv4 ? 0 : 1 }
}
