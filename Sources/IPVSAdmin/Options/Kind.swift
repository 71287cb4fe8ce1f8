// SPDX-License-Identifier: Apache-2.0

/// A kind of option; a command line has at most one of a kind. Most options are a kind of their own.
struct Kind: Sendable, Equatable {
  /// The place in the order in which kinds are checked, 0 to 63.
  let rank: Int
  /// What messages call it.
  let name: StaticString

  init(_ rank: Int, _ name: StaticString) {
    self.rank = rank
    self.name = name
  }

  static func == (left: Kind, right: Kind) -> Bool { left.rank == right.rank }

  // These are kinds that several options share, or that other code uses.
  static let connection = Kind(1, "connection")
  static let service = Kind(2, "service-address")
  static let forwarding = Kind(7, "forwarding-method")
  static let exact = Kind(20, "exact")
  static let virtual = Kind(47, "virtual")
  static let probe = Kind(48, "probe")
}

/// The kinds that a command line holds.
struct KindSet: Equatable {
  private var bits: UInt64 = 0

  func contains(_ kind: Kind) -> Bool { bits & 1 << kind.rank != 0 }

  /// Adds a kind; false when it was there already.
  mutating func insert(_ kind: Kind) -> Bool {
    defer { bits |= 1 << kind.rank }
    return !contains(kind)
  }
}
