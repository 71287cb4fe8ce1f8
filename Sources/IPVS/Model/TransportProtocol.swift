// SPDX-License-Identifier: Apache-2.0

internal import CLinux

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
  /// The number that IP knows the protocol by, 6, 17 or 132, and its name, as the kernel prints it.
  private var facts: (number: Int, name: StaticString) {
    switch self {
    case .tcp: (IPPROTO_TCP, "TCP")
    case .udp: (IPPROTO_UDP, "UDP")
    case .sctp: (IPPROTO_SCTP, "SCTP")
    }
  }

  /// The number that IP knows the protocol by: 6, 17 or 132.
  package var number: UInt16 { UInt16(facts.number) }

  /// The name, as the kernel prints it: `TCP`, `UDP` or `SCTP`.
  public var name: Name { Name(stringLiteral: facts.name) }

  init?(number: UInt16) {
    guard let match = Self.allCases.first(where: { $0.number == number }) else { return nil }
    self = match
  }

  /// The protocol of a name, as the kernel prints it.
  package init?(name: Name) {
    guard let match = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = match
  }
}
