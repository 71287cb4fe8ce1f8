// SPDX-License-Identifier: Apache-2.0

import TestNoise
import Testing

@testable import IPVS

/// Lines of `/proc/net/ip_vs_stats`.
@Suite struct TotalsTests {
  private static func read(_ line: [UInt8]) -> Statistics.Counters? {
    line.withCursor(over: 0..<line.count) { Statistics.Counters(line: &$0) }
  }

  static let lines: [(line: String, counters: Statistics.Counters)] = [
    ("       0        0        0                0                0", Statistics.Counters()),
    (
      "      1A       82        3             1F40             abcd",
      Statistics.Counters(connections: 26, inPackets: 130, outPackets: 3, inBytes: 8000, outBytes: 43981)
    ),
    // The columns are as wide as they have to be.
    (
      "FFFFFFFFFFFFFFFF 100000000 FFFFFFFFFFFFFFFF FFFFFFFFFFFFFFFF 8000000000000000",
      Statistics.Counters(
        connections: .max, inPackets: 1 << 32, outPackets: .max, inBytes: .max, outBytes: 1 << 63)
    ),
    ("0 0 0 0 0  ", Statistics.Counters()),
  ]

  @Test(arguments: lines)
  func reads(line: String, counters: Statistics.Counters) {
    #expect(Self.read(Array(line.utf8)) == counters)
  }

  @Test(arguments: [
    "", " ", "1 2 3 4", "1 2 3 4 5 6", "1 2 3 4 x", "1 2 3 4 -5", "1 2 3 4 5\t", "1 2 3 4 0x5",
    "1 2 3 4 10000000000000000", "1 2 3 4 00000000000000005",
    "   Conns  Packets  Packets            Bytes            Bytes",
  ])
  func nonsenseIsNone(line: String) { #expect(Self.read(Array(line.utf8)) == nil) }

  /// A line that was changed anywhere has other numbers, or none.
  @Test func garbage() {
    let good = Array(Self.lines[1].line.utf8)
    var count = 0
    for trial in 0..<5000 as Range<UInt64> {
      let seed = Noise.seed &+ trial
      var random = Noise(seed: seed)
      let line = good.mutated(using: &random)
      guard let counters = Self.read(line) else { continue }
      let numbers = [
        counters.connections, counters.inPackets, counters.outPackets, counters.inBytes, counters.outBytes,
      ]
      let fields = String(decoding: line, as: UTF8.self).split(separator: " ").map { UInt64($0, radix: 16) }
      #expect(fields == numbers, "SEED=\(seed)")
      count += 1
    }
    #expect(count > 100, "SEED=\(Noise.seed)")
  }
}
