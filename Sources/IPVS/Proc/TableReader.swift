// SPDX-License-Identifier: Apache-2.0

/// Reads the table of the calling thread's network namespace, a service with its servers at a time:
/// `/proc/net/ip_vs`, which everyone may read, and faster than by netlink.
///
/// What the file does not tell is as if it were not configured: scheduler flags, engines, thresholds, tunnel types,
/// netmasks of IPv6, counters. A mark looks as if it were of IPv4.
package struct TableReader: ~Copyable {
  private var lines: LineReader
  /// The service whose line was read, and whose servers come next.
  private var entry: Table.Entry?
  /// How many lines of title are still to come.
  private var titles = 3

  /// Opens the table. Throws `ENOENT` when the kernel has no IPVS.
  package init() throws(IPVSError) {
    do { lines = try LineReader("/proc/thread-self/net/ip_vs") } catch {
      throw IPVSError(.listServices, .system(error))
    }
  }

  /// The next service, or nil behind the last one. Throws ``IPVSError/Reason/malformed(_:)`` for a line that is none.
  package mutating func next() throws(IPVSError) -> Table.Entry? {
    while let range = try nextLine() {
      if titles > 0 {
        titles -= 1
        continue
      }
      let line = lines.buffer[range]
      if line.first == UInt8(ascii: " ") {
        guard let status = DestinationStatus(line: line), entry != nil else {
          throw IPVSError(.listDestinations, .malformed(.destination))
        }
        entry?.destinations.append(status)
      } else {
        guard let service = Service(line: line) else { throw IPVSError(.listServices, .malformed(.service)) }
        let last = entry
        entry = Table.Entry(ServiceStatus(service))
        if let last { return last }
      }
    }
    defer { entry = nil }
    return entry
  }

  private mutating func nextLine() throws(IPVSError) -> Range<Int>? {
    do { return try lines.next() } catch { throw IPVSError(.listServices, .system(error)) }
  }
}
