// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// How values are spelled as options: what rules are written with, and what hints say. A test holds them to the table.
extension TransportProtocol {
  /// The option for a service over the protocol.
  var option: StaticString {
    switch self {
    case .tcp: "-t"
    case .udp: "-u"
    case .sctp: "--sctp-service"
    }
  }
}

extension Forwarding {
  /// The option for the method. There is none for local forwarding and bypass, which the kernel decides by
  /// itself.
  var option: StaticString {
    switch self {
    case .masquerade: "-m"
    case .tunnel: "-i"
    case .direct, .local, .bypass: "-g"
    }
  }
}

extension SyncDaemon.Role {
  /// The word for the role.
  var name: StaticString {
    switch self {
    case .master: "master"
    case .backup: "backup"
    }
  }
}

extension Tunnel.Checksum {
  /// The option for the checksum.
  var option: StaticString {
    switch self {
    case .none: "--tun-nocsum"
    case .full: "--tun-csum"
    case .remote: "--tun-remcsum"
    }
  }
}
