// SPDX-License-Identifier: Apache-2.0

/// What passes through a service or a server, in total and per second: `IPVS_SVC_ATTR_STATS64`,
/// `IPVS_DEST_ATTR_STATS64`.
///
/// The kernel sums its counters every two seconds, so they lag behind the traffic by as much. Kernels too
/// old for these attributes count connections and packets, but not bytes, modulo 2³².
public struct Statistics: Sendable, Hashable {
  /// Five numbers about traffic.
  public struct Counters: Sendable, Hashable {
    /// Connections scheduled, `IPVS_STATS_ATTR_CONNS`; per second, `IPVS_STATS_ATTR_CPS`.
    public var connections: UInt64
    /// Packets from clients, `IPVS_STATS_ATTR_INPKTS`; per second, `IPVS_STATS_ATTR_INPPS`.
    public var inPackets: UInt64
    /// Packets to clients that passed through the director, `IPVS_STATS_ATTR_OUTPKTS`; per second,
    /// `IPVS_STATS_ATTR_OUTPPS`.
    public var outPackets: UInt64
    /// Bytes from clients, `IPVS_STATS_ATTR_INBYTES`; per second, `IPVS_STATS_ATTR_INBPS`.
    public var inBytes: UInt64
    /// Bytes to clients that passed through the director, `IPVS_STATS_ATTR_OUTBYTES`; per second,
    /// `IPVS_STATS_ATTR_OUTBPS`.
    public var outBytes: UInt64

    /// Counters; those that are not given are 0.
    public init(
      connections: UInt64 = 0, inPackets: UInt64 = 0, outPackets: UInt64 = 0, inBytes: UInt64 = 0,
      outBytes: UInt64 = 0
    ) {
      self.connections = connections
      self.inPackets = inPackets
      self.outPackets = outPackets
      self.inBytes = inBytes
      self.outBytes = outBytes
    }
  }

  /// What has passed since the counters were zeroed.
  public var total: Counters
  /// What passes in a second, as the kernel estimates it.
  public var rate: Counters

  /// Statistics from their parts; without any, nothing has passed.
  public init(total: Counters = Counters(), rate: Counters = Counters()) {
    self.total = total
    self.rate = rate
  }
}

extension Statistics {
  /// Adds other statistics. A counter that reaches 2⁶⁴ begins again, as the kernel's do.
  mutating func add(_ other: Statistics) {
    total.add(other.total)
    rate.add(other.rate)
  }
}

extension Statistics.Counters {
  fileprivate mutating func add(_ other: Statistics.Counters) {
    connections &+= other.connections
    inPackets &+= other.inPackets
    outPackets &+= other.outPackets
    inBytes &+= other.inBytes
    outBytes &+= other.outBytes
  }
}
