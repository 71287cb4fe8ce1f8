// SPDX-License-Identifier: Apache-2.0

internal import CIPVS

extension Statistics {
  /// The counters in the wider of two attributes, or none.
  init(narrow: Attribute?, wide: Attribute?) throws(NetlinkError) {
    if let wide {
      try self.init(decoding: wide, as: UInt64.self)
    } else if let narrow {
      try self.init(decoding: narrow, as: UInt32.self)
    } else {
      self.init()
    }
  }

  /// The counters in a nested attribute. The older one holds rates and packets as `UInt32`, but bytes as
  /// 64 bits in both.
  init<Width: FixedWidthInteger & BitwiseCopyable>(decoding attribute: Attribute, as _: Width.Type)
    throws(NetlinkError)
  {
    self.init()
    try attribute.nested.forEach { (field) throws(NetlinkError) in
      switch field.type {
      case IPVS_STATS_ATTR_CONNS: connections = UInt64(try field.integer(Width.self))
      case IPVS_STATS_ATTR_INPKTS: inPackets = UInt64(try field.integer(Width.self))
      case IPVS_STATS_ATTR_OUTPKTS: outPackets = UInt64(try field.integer(Width.self))
      case IPVS_STATS_ATTR_INBYTES: inBytes = try field.integer()
      case IPVS_STATS_ATTR_OUTBYTES: outBytes = try field.integer()
      case IPVS_STATS_ATTR_CPS: connectionRate = UInt64(try field.integer(Width.self))
      case IPVS_STATS_ATTR_INPPS: inPacketRate = UInt64(try field.integer(Width.self))
      case IPVS_STATS_ATTR_OUTPPS: outPacketRate = UInt64(try field.integer(Width.self))
      case IPVS_STATS_ATTR_INBPS: inByteRate = UInt64(try field.integer(Width.self))
      case IPVS_STATS_ATTR_OUTBPS: outByteRate = UInt64(try field.integer(Width.self))
      default: break
      }
    }
  }
}
