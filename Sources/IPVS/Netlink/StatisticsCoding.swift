// SPDX-License-Identifier: Apache-2.0

internal import CIPVS

extension Statistics {
  /// Reads the counters in a nested attribute. The older one holds rates and packets as `UInt32`, but bytes as 64
  /// bits in both; the kernel sends it first, and then the newer one.
  mutating func read<Width: FixedWidthInteger & BitwiseCopyable>(_ counters: RawSpan, as _: Width.Type)
    throws(NetlinkError)
  {
    try counters.forEachAttribute { (type, value) throws(NetlinkError) in
      switch type {
      case IPVS_STATS_ATTR_CONNS: connections = UInt64(try value.integer(Width.self))
      case IPVS_STATS_ATTR_INPKTS: inPackets = UInt64(try value.integer(Width.self))
      case IPVS_STATS_ATTR_OUTPKTS: outPackets = UInt64(try value.integer(Width.self))
      case IPVS_STATS_ATTR_INBYTES: inBytes = try value.integer()
      case IPVS_STATS_ATTR_OUTBYTES: outBytes = try value.integer()
      case IPVS_STATS_ATTR_CPS: connectionRate = UInt64(try value.integer(Width.self))
      case IPVS_STATS_ATTR_INPPS: inPacketRate = UInt64(try value.integer(Width.self))
      case IPVS_STATS_ATTR_OUTPPS: outPacketRate = UInt64(try value.integer(Width.self))
      case IPVS_STATS_ATTR_INBPS: inByteRate = UInt64(try value.integer(Width.self))
      case IPVS_STATS_ATTR_OUTBPS: outByteRate = UInt64(try value.integer(Width.self))
      default: break
      }
    }
  }
}
