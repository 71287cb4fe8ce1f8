// SPDX-License-Identifier: Apache-2.0

/// The granularity of persistence: the part of a client's address that must agree. `IPVS_SVC_ATTR_NETMASK`.
public enum Netmask: Sendable, Hashable {
  /// An IPv4 mask in host order: `0xffffff00` is 255.255.255.0. Any pattern of bits is allowed.
  case ipv4(UInt32)
  /// The length of an IPv6 prefix, 1 to 128.
  case ipv6(UInt32)

  /// Each host for itself: the default of a service.
  public static func host(_ family: AddressFamily) -> Netmask {
    switch family {
    case .ipv4: .ipv4(.max)
    case .ipv6: .ipv6(128)
    }
  }
}
