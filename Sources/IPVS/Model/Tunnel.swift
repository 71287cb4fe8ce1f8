// SPDX-License-Identifier: Apache-2.0

/// The encapsulation of a tunneled real server: `IPVS_DEST_ATTR_TUN_TYPE` and what belongs to it.
public enum Tunnel: Sendable, Hashable {
  /// IP in IP, `IP_VS_CONN_F_TUNNEL_TYPE_IPIP`.
  case ipip
  /// Generic UDP encapsulation to a port, 1 to 65535: `IP_VS_CONN_F_TUNNEL_TYPE_GUE`.
  case gue(port: UInt16, Checksum)
  /// Generic routing encapsulation, `IP_VS_CONN_F_TUNNEL_TYPE_GRE`.
  case gre(Checksum)
  /// A type that this library does not know, by the kernel's number.
  case other(UInt8)

  /// The checksum of the outer header: `IPVS_DEST_ATTR_TUN_FLAGS`.
  public enum Checksum: Sendable, Hashable, CaseIterable {
    /// None, `IP_VS_TUNNEL_ENCAP_FLAG_NOCSUM`.
    case none
    /// The usual one, `IP_VS_TUNNEL_ENCAP_FLAG_CSUM`.
    case full
    /// Remote checksum offload, GUE only: `IP_VS_TUNNEL_ENCAP_FLAG_REMCSUM`.
    case remote
  }
}

extension Tunnel {
  /// The type's name, or nil for one that this library does not know.
  package var name: StaticString? {
    switch self {
    case .ipip: "ipip"
    case .gue: "gue"
    case .gre: "gre"
    case .other: nil
    }
  }
}
