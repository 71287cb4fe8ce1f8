// SPDX-License-Identifier: Apache-2.0

internal import CLinux

extension Statistics {
  /// Reads the counters in a nested attribute. The older one has rates and packets as `UInt32`; bytes have 64 bits in
  /// both.
  init<Width: FixedWidthInteger & BitwiseCopyable>(
    _ nested: Attribute, as _: Width.Type, in bytes: RawSpan
  ) throws(IPVSError.Reason) {
    self.init()
    var cursor = AttributeCursor(nested.value)
    while let attribute = try cursor.next(in: bytes) {
      switch attribute.type {
      case IPVS_STATS_ATTR_CONNS: total.connections = UInt64(try bytes.integer(attribute, as: Width.self))
      case IPVS_STATS_ATTR_INPKTS: total.inPackets = UInt64(try bytes.integer(attribute, as: Width.self))
      case IPVS_STATS_ATTR_OUTPKTS: total.outPackets = UInt64(try bytes.integer(attribute, as: Width.self))
      case IPVS_STATS_ATTR_INBYTES: total.inBytes = try bytes.integer(attribute)
      case IPVS_STATS_ATTR_OUTBYTES: total.outBytes = try bytes.integer(attribute)
      case IPVS_STATS_ATTR_CPS: rate.connections = UInt64(try bytes.integer(attribute, as: Width.self))
      case IPVS_STATS_ATTR_INPPS: rate.inPackets = UInt64(try bytes.integer(attribute, as: Width.self))
      case IPVS_STATS_ATTR_OUTPPS: rate.outPackets = UInt64(try bytes.integer(attribute, as: Width.self))
      case IPVS_STATS_ATTR_INBPS: rate.inBytes = UInt64(try bytes.integer(attribute, as: Width.self))
      case IPVS_STATS_ATTR_OUTBPS: rate.outBytes = UInt64(try bytes.integer(attribute, as: Width.self))
      default: break
      }
    }
  }
}

/// Where an answer has counters. Most have them twice, and only the newer ones are read.
struct StatisticsAttributes {
  /// `IPVS_SVC_ATTR_STATS`, `IPVS_DEST_ATTR_STATS`.
  var older: Attribute?
  /// `IPVS_SVC_ATTR_STATS64`, `IPVS_DEST_ATTR_STATS64`.
  var newer: Attribute?

  /// The counters, 0 where the answer has none.
  func read(in bytes: RawSpan) throws(IPVSError.Reason) -> Statistics {
    if let newer { return try Statistics(newer, as: UInt64.self, in: bytes) }
    if let older { return try Statistics(older, as: UInt32.self, in: bytes) }
    return Statistics()
  }
}
