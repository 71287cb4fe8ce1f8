// SPDX-License-Identifier: Apache-2.0

/// The granularity of persistence: the part of a client's address that must agree. `IPVS_SVC_ATTR_NETMASK`.
///
/// The meaning of a part depends on the family, which only the identity of the service has.
public enum Netmask: Sendable, Hashable {
  /// The whole address: each client on its own.
  case host
  /// For IPv4 the mask in host order, `0xffffff00` for 255.255.255.0, where any pattern of bits is allowed. For IPv6
  /// the length of the prefix, 1 to 128.
  case part(UInt32)

  /// The mask that has this number for a family.
  package init(_ number: UInt32, _ family: AddressFamily) {
    self = number == Self.whole(family) ? .host : .part(number)
  }

  /// The number for the mask, for a family.
  package func number(_ family: AddressFamily) -> UInt32 {
    switch self {
    case .host: Self.whole(family)
    case .part(let number): number
    }
  }

  private static func whole(_ family: AddressFamily) -> UInt32 { family == .ipv4 ? .max : 128 }
}
