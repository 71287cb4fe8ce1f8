// SPDX-License-Identifier: Apache-2.0

/// What passed through a service or a server: `IPVS_SVC_ATTR_STATS64`, `IPVS_DEST_ATTR_STATS64`.
///
/// The kernel sums its counters every two seconds, so they lag behind the traffic by as much. Kernels too
/// old for these attributes count connections and packets, but not bytes, modulo 2³².
public struct Statistics: Sendable, Hashable {
  /// Connections scheduled, `IPVS_STATS_ATTR_CONNS`.
  public var connections: UInt64 = 0
  /// Packets from clients, `IPVS_STATS_ATTR_INPKTS`.
  public var inPackets: UInt64 = 0
  /// Packets to clients that passed the director, `IPVS_STATS_ATTR_OUTPKTS`.
  public var outPackets: UInt64 = 0
  /// Bytes from clients, `IPVS_STATS_ATTR_INBYTES`.
  public var inBytes: UInt64 = 0
  /// Bytes to clients that passed the director, `IPVS_STATS_ATTR_OUTBYTES`.
  public var outBytes: UInt64 = 0
  /// Connections a second, `IPVS_STATS_ATTR_CPS`.
  public var connectionRate: UInt64 = 0
  /// Packets a second from clients, `IPVS_STATS_ATTR_INPPS`.
  public var inPacketRate: UInt64 = 0
  /// Packets a second to clients, `IPVS_STATS_ATTR_OUTPPS`.
  public var outPacketRate: UInt64 = 0
  /// Bytes a second from clients, `IPVS_STATS_ATTR_INBPS`.
  public var inByteRate: UInt64 = 0
  /// Bytes a second to clients, `IPVS_STATS_ATTR_OUTBPS`.
  public var outByteRate: UInt64 = 0

  /// Nothing yet.
  package init() {}
}
