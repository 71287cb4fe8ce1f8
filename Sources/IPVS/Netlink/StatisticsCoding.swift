// SPDX-License-Identifier: Apache-2.0

internal import CLinux

extension Statistics {
  /// Reads the counters in a nested attribute. The older one has rates and packets as `UInt32`, the newer one everything
  /// as `UInt64`.
  init(_ nested: Attribute, in bytes: RawSpan) throws(IPVSError.Reason) {
    var numbers = InlineArray<11, UInt64>(repeating: 0)
    var cursor = AttributeCursor(nested.value)
    while let attribute = try cursor.next(in: bytes) {
      guard numbers.indices.contains(attribute.type) else { continue }
      numbers[attribute.type] =
        try attribute.count == 4
        ? UInt64(bytes.integer(attribute, as: UInt32.self)) : bytes.integer(attribute)
    }
    self.init(
      total: Counters(
        connections: numbers[IPVS_STATS_ATTR_CONNS], inPackets: numbers[IPVS_STATS_ATTR_INPKTS],
        outPackets: numbers[IPVS_STATS_ATTR_OUTPKTS], inBytes: numbers[IPVS_STATS_ATTR_INBYTES],
        outBytes: numbers[IPVS_STATS_ATTR_OUTBYTES]),
      rate: Counters(
        connections: numbers[IPVS_STATS_ATTR_CPS], inPackets: numbers[IPVS_STATS_ATTR_INPPS],
        outPackets: numbers[IPVS_STATS_ATTR_OUTPPS], inBytes: numbers[IPVS_STATS_ATTR_INBPS],
        outBytes: numbers[IPVS_STATS_ATTR_OUTBPS]))
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
    guard let counters = newer ?? older else { return Statistics() }
    return try Statistics(counters, in: bytes)
  }
}
