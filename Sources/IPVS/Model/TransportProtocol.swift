// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// The transport protocol of a virtual service.
public enum TransportProtocol: Sendable, Hashable, CaseIterable {
  /// TCP, `IPPROTO_TCP`.
  case tcp
  /// UDP, `IPPROTO_UDP`.
  case udp
  /// SCTP, `IPPROTO_SCTP`.
  case sctp
}

extension TransportProtocol {
  /// The number that IP knows the protocol by: 6, 17 or 132.
  package var number: UInt16 {
    switch self {
    case .tcp: UInt16(IPPROTO_TCP)
    case .udp: UInt16(IPPROTO_UDP)
    case .sctp: UInt16(IPPROTO_SCTP)
    }
  }

  init?(number: UInt16) {
    guard let match = Self.allCases.first(where: { $0.number == number }) else { return nil }
    self = match
  }
}
