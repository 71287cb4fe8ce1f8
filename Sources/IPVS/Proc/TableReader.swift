// SPDX-License-Identifier: Apache-2.0

/// Reads the table of the calling thread's network namespace, a service with its servers at a time:
/// `/proc/net/ip_vs`, which everyone may read. It is faster than netlink.
///
/// The file does not have scheduler flags, engines, thresholds, tunnel types, IPv6 netmasks and counters; the result
/// has them as not configured. Every mark appears as one of IPv4.
package struct TableReader: ~Copyable {
  private var lines: LineReader
  /// The service whose line was read, and whose servers come next.
  private var service: Service?
  private var isPastTitles = false

  /// Opens the table. Throws `ENOENT` when the kernel has no IPVS.
  package init() throws(IPVSError) {
    do { lines = try LineReader("/proc/thread-self/net/ip_vs") } catch {
      throw IPVSError(.listServices, .system(error))
    }
  }

  /// The next service, or nil after the last one. Throws ``IPVSError/Reason/malformed(_:)`` for a line that is not an
  /// entry.
  package mutating func next() throws(IPVSError) -> Table.Entry? {
    if !isPastTitles { _ = try info() }
    var destinations: [DestinationStatus] = []
    destinations.reserveCapacity(16)
    while let range = try nextLine() {
      if range.isEmpty || lines.buffer[range.lowerBound] == UInt8(ascii: " ") {
        guard service != nil,
          let status = lines.buffer.withCursor(over: range, { DestinationStatus(line: &$0) })
        else { throw IPVSError(.listDestinations, .malformed(.destination)) }
        destinations.append(status)
      } else {
        guard let next = lines.buffer.withCursor(over: range, { Service(line: &$0) }) else {
          throw IPVSError(.listServices, .malformed(.service))
        }
        defer { service = next }
        if let service { return Table.Entry(ServiceStatus(service), destinations: destinations.withoutRoom) }
      }
    }
    defer { service = nil }
    return service.map { Table.Entry(ServiceStatus($0), destinations: destinations.withoutRoom) }
  }

  /// Reads the first line, and skips the two other title lines. Call it first, or not at all.
  package mutating func info() throws(IPVSError) -> KernelInfo {
    isPastTitles = true
    let first = try nextLine().flatMap { lines.buffer.withCursor(over: $0) { KernelInfo(line: &$0) } }
    _ = try nextLine()
    _ = try nextLine()
    guard let first else { throw IPVSError(.listServices, .malformed(.info)) }
    return first
  }

  private mutating func nextLine() throws(IPVSError) -> Range<Int>? {
    do { return try lines.next() } catch { throw IPVSError(.listServices, .system(error)) }
  }
}
