// SPDX-License-Identifier: Apache-2.0

/// Reads what passed through all services of the calling thread's network namespace together:
/// `/proc/net/ip_vs_stats`, which everyone may read.
package enum TotalsReader {
  /// The counters and the rates. Throws ``IPVSError/Reason/malformed(_:)`` for a file that is not what the kernel
  /// writes.
  package static func read() throws(IPVSError) -> Statistics {
    try read("/proc/thread-self/net/ip_vs_stats")
  }

  static func read(_ path: StaticString) throws(IPVSError) -> Statistics {
    var total: Statistics.Counters?
    var rate: Statistics.Counters?
    do {
      var lines = try LineReader(path)
      // There are two titles, the counters, an empty line, another title, and the rates.
      total = try counters(in: &lines, below: 2)
      rate = try counters(in: &lines, below: 2)
    } catch {
      throw IPVSError(.getTotals, .system(error))
    }
    guard let total, let rate else { throw IPVSError(.getTotals, .malformed(.totals)) }
    return Statistics(total: total, rate: rate)
  }

  private static func counters(
    in lines: inout LineReader, below titles: Int
  ) throws(ErrorNumber) -> Statistics.Counters? {
    for _ in 0..<titles { _ = try lines.next() }
    guard let line = try lines.next() else { return nil }
    return lines.buffer.withCursor(over: line) { Statistics.Counters(line: &$0) }
  }
}

extension Statistics.Counters {
  /// The five numbers in a line of `/proc/net/ip_vs_stats`, in hex, or nil if it has others:
  /// `      1A       82        0             1F40                0`.
  init?(line: inout ByteCursor) {
    guard let connections = line.longHexField(), let inPackets = line.longHexField(),
      let outPackets = line.longHexField(), let inBytes = line.longHexField(),
      let outBytes = line.longHexField()
    else { return nil }
    line.skipBlanks()
    guard line.isAtEnd else { return nil }
    self.init(
      connections: connections, inPackets: inPackets, outPackets: outPackets, inBytes: inBytes,
      outBytes: outBytes)
  }
}
