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
  private var isPastTitles = false

  /// Opens the table. Throws `ENOENT` when the kernel has no IPVS.
  package init() throws(IPVSError) {
    do { lines = try LineReader("/proc/thread-self/net/ip_vs") } catch {
      throw IPVSError(.listServices, .system(error))
    }
  }

  /// The next service, or nil behind the last one. Throws ``IPVSError/Reason/malformed(_:)`` for a line that is none.
  package mutating func next() throws(IPVSError) -> Table.Entry? {
    if !isPastTitles { _ = try info() }
    while let range = try nextLine() {
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

  /// What the first line tells, with the two other lines of title behind it. To be asked first, or not at all.
  package mutating func info() throws(IPVSError) -> KernelInfo {
    isPastTitles = true
    let first = try nextLine().flatMap { KernelInfo(line: lines.buffer[$0]) }
    _ = try nextLine()
    _ = try nextLine()
    guard let first else { throw IPVSError(.listServices, .malformed(.info)) }
    return first
  }

  private mutating func nextLine() throws(IPVSError) -> Range<Int>? {
    do { return try lines.next() } catch { throw IPVSError(.listServices, .system(error)) }
  }
}
