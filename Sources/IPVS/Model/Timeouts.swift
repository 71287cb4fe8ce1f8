// SPDX-License-Identifier: Apache-2.0

/// How many seconds idle connections are kept, for all services: `IPVS_CMD_GET_CONFIG`, `IPVS_CMD_SET_CONFIG`.
///
/// In a report, nil means that the kernel does not have the timeout; in a change, nil keeps it as it is. The kernel
/// refuses a timeout of more than 2³¹ clock ticks with ``Refusal/invalid``; 2000000 is fine on every kernel.
public struct Timeouts: Sendable, Hashable {
  /// Established TCP connections, 1 and up: `IPVS_CMD_ATTR_TIMEOUT_TCP`.
  public var tcp: UInt32?
  /// TCP connections after a FIN, 1 and up: `IPVS_CMD_ATTR_TIMEOUT_TCP_FIN`.
  public var tcpFin: UInt32?
  /// UDP, 1 and up: `IPVS_CMD_ATTR_TIMEOUT_UDP`.
  public var udp: UInt32?

  /// Timeouts in seconds.
  public init(tcp: UInt32? = nil, tcpFin: UInt32? = nil, udp: UInt32? = nil) {
    self.tcp = tcp
    self.tcpFin = tcpFin
    self.udp = udp
  }
}
