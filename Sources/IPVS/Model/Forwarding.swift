// SPDX-License-Identifier: Apache-2.0

/// How packets reach a real server: `IPVS_DEST_ATTR_FWD_METHOD`, with the tunnel's attributes.
public enum Forwarding: Sendable, Hashable {
  /// Network address translation; answers come back through the director. `IP_VS_CONN_F_MASQ`.
  case masquerade
  /// The director answers itself, `IP_VS_CONN_F_LOCALNODE`.
  case local
  /// Encapsulated on the way to the server, `IP_VS_CONN_F_TUNNEL`.
  case tunnel(Tunnel)
  /// Direct routing: the frame is sent on with the address unchanged, `IP_VS_CONN_F_DROUTE`.
  case direct
  /// Past the servers to the original destination, `IP_VS_CONN_F_BYPASS`.
  case bypass
}
