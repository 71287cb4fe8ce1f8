// SPDX-License-Identifier: Apache-2.0

internal import CLinux

extension Forwarding {
  /// The kernel's number for the method.
  var number: UInt32 {
    switch self {
    case .masquerade: UInt32(IP_VS_CONN_F_MASQ)
    case .local: UInt32(IP_VS_CONN_F_LOCALNODE)
    case .tunnel: UInt32(IP_VS_CONN_F_TUNNEL)
    case .direct: UInt32(IP_VS_CONN_F_DROUTE)
    case .bypass: UInt32(IP_VS_CONN_F_BYPASS)
    }
  }

  init?(number: UInt32, tunnel: Tunnel) {
    switch Int32(truncatingIfNeeded: number) & IP_VS_CONN_F_FWD_MASK {
    case IP_VS_CONN_F_MASQ: self = .masquerade
    case IP_VS_CONN_F_LOCALNODE: self = .local
    case IP_VS_CONN_F_TUNNEL: self = .tunnel(tunnel)
    case IP_VS_CONN_F_DROUTE: self = .direct
    case IP_VS_CONN_F_BYPASS: self = .bypass
    default: return nil
    }
  }
}

extension Tunnel {
  /// Type, port and checksum, as three attributes carry them.
  var parts: (type: UInt8, port: UInt16, checksum: Checksum) {
    switch self {
    case .ipip: (UInt8(IP_VS_CONN_F_TUNNEL_TYPE_IPIP), 0, .none)
    case .gue(let port, let checksum): (UInt8(IP_VS_CONN_F_TUNNEL_TYPE_GUE), port, checksum)
    case .gre(let checksum): (UInt8(IP_VS_CONN_F_TUNNEL_TYPE_GRE), 0, checksum)
    case .other(let type): (type, 0, .none)
    }
  }

  init(type: UInt8, port: UInt16, flags: UInt16) {
    switch Int(type) {
    case IP_VS_CONN_F_TUNNEL_TYPE_IPIP: self = .ipip
    case IP_VS_CONN_F_TUNNEL_TYPE_GUE: self = .gue(port: port, Checksum(flags: flags))
    case IP_VS_CONN_F_TUNNEL_TYPE_GRE: self = .gre(Checksum(flags: flags))
    default: self = .other(type)
    }
  }
}

extension Tunnel.Checksum {
  /// The kernel's flag for it.
  var number: UInt16 {
    switch self {
    case .none: UInt16(IP_VS_TUNNEL_ENCAP_FLAG_NOCSUM)
    case .full: UInt16(IP_VS_TUNNEL_ENCAP_FLAG_CSUM)
    case .remote: UInt16(IP_VS_TUNNEL_ENCAP_FLAG_REMCSUM)
    }
  }

  init(flags: UInt16) {
    self = Self.allCases.last { flags & $0.number == $0.number } ?? .none
  }
}
