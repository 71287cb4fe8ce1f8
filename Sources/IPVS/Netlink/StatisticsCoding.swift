// SPDX-License-Identifier: Apache-2.0

internal import CLinux

extension Statistics {
  /// Reads the counters in a nested attribute. The older one has rates and packets as `UInt32`; bytes have 64 bits in
  /// both. The kernel sends the older one first.
  mutating func read<Width: FixedWidthInteger & BitwiseCopyable>(
    _ nested: Attribute, as _: Width.Type, in bytes: RawSpan
  ) throws(IPVSError.Reason) {
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
