// SPDX-License-Identifier: Apache-2.0

internal import CLinux

/// The family of an address or of a firewall mark's service: `AF_INET` or `AF_INET6`.
public enum AddressFamily: Sendable, Hashable {
  /// IPv4, `AF_INET`.
  case ipv4
  /// IPv6, `AF_INET6`.
  case ipv6
}

extension AddressFamily {
  /// The number that the kernel knows the family by.
  package var number: UInt16 {
    switch self {
    case .ipv4: UInt16(AF_INET)
    case .ipv6: UInt16(AF_INET6)
    }
  }

  init?(number: UInt16) {
    switch Int32(number) {
    case AF_INET: self = .ipv4
    case AF_INET6: self = .ipv6
    default: return nil
    }
  }
}
