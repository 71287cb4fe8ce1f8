// SPDX-License-Identifier: Apache-2.0

/// The kinds of options, in the order in which their legality is checked.
enum Kind: Int, CaseIterable {
  case numeric, connection, service, scheduler, persistent, netmask, realServer, forwarding, weight,
    upperThreshold, lowerThreshold, interface, timeout, daemon, stats, rate, thresholds,
    persistentConnections, noSort, syncID, exact, onePacket, engine, schedulerFlags, group, port, ttl,
    maximumLength, tunnelInfo, tunnelType, tunnelPort, tunnelNoChecksum, tunnelChecksum,
    tunnelRemoteChecksum

  /// What messages call the kind.
  var name: String { Self.names[rawValue] }

  private static let names = [
    "numeric", "connection", "service-address", "scheduler", "persistent", "netmask", "real-server",
    "forwarding-method", "weight", "u-threshold", "l-threshold", "mcast-interface", "timeout", "daemon",
    "stats", "rate", "thresholds", "persistent-conn", "nosort", "syncid", "exact", "ops", "pe",
    "sched-flags", "mcast-group", "mcast-port", "mcast-ttl", "sync-maxlen", "tun-info", "tun-type",
    "tun-port", "tun-nocsum", "tun-csum", "tun-remcsum",
  ]
}

/// A set of kinds.
struct KindSet: Equatable, ExpressibleByArrayLiteral {
  /// Every kind.
  static let all = KindSet(bits: .max)

  private var bits: UInt64 = 0

  private init(bits: UInt64) { self.bits = bits }

  init(arrayLiteral kinds: Kind...) {
    for kind in kinds { bits |= 1 << kind.rawValue }
  }

  func contains(_ kind: Kind) -> Bool { bits & 1 << kind.rawValue != 0 }

  func isDisjoint(with other: KindSet) -> Bool { bits & other.bits == 0 }

  func union(_ other: KindSet) -> KindSet {
    var union = self
    union.bits |= other.bits
    return union
  }

  /// Adds a kind; false when it was there already.
  mutating func insert(_ kind: Kind) -> Bool {
    defer { bits |= 1 << kind.rawValue }
    return !contains(kind)
  }
}

extension KindSet: Sequence, IteratorProtocol {
  /// Takes the first kind out of the set.
  mutating func next() -> Kind? {
    while bits != 0 {
      let first = bits.trailingZeroBitCount
      bits &= bits - 1
      if let kind = Kind(rawValue: first) { return kind }
    }
    return nil
  }
}
