// SPDX-License-Identifier: Apache-2.0

/// For how many seconds idle connections are kept, all services' alike: `IPVS_CMD_GET_CONFIG`,
/// `IPVS_CMD_SET_CONFIG`. The kernel refuses with ``Errno/invalid`` what exceeds 2³¹ of its clock's ticks; 2000000 is
/// fine on every kernel.
public struct Timeouts: Sendable, Hashable {
  /// Established TCP connections, `IPVS_CMD_ATTR_TIMEOUT_TCP`. When set, 0 keeps what is.
  public var tcp: UInt32
  /// TCP connections after a FIN, `IPVS_CMD_ATTR_TIMEOUT_TCP_FIN`. When set, 0 keeps what is.
  public var tcpFin: UInt32
  /// UDP, `IPVS_CMD_ATTR_TIMEOUT_UDP`. When set, 0 keeps what is.
  public var udp: UInt32

  /// Timeouts in seconds; those that are not given stay as they are.
  public init(tcp: UInt32 = 0, tcpFin: UInt32 = 0, udp: UInt32 = 0) {
    self.tcp = tcp
    self.tcpFin = tcpFin
    self.udp = udp
  }
}
