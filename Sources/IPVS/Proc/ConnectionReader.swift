// SPDX-License-Identifier: Apache-2.0

/// Reads the connection table of the calling thread's network namespace, an entry at a time, in memory that
/// does not grow with it: `/proc/net/ip_vs_conn`, which everyone may read.
public struct ConnectionReader: ~Copyable {
  private var lines: LineReader
  private var isAtTitle = true

  /// The line that the last call could not make sense of, without its end.
  public private(set) var line: [UInt8] = []

  /// Opens the table. Throws ``IPVSError/Reason/system(_:)`` with `ENOENT` when the kernel has no IPVS.
  public init() throws(IPVSError) { try self.init("/proc/thread-self/net/ip_vs_conn") }

  init(_ path: StaticString) throws(IPVSError) {
    do { lines = try LineReader(path) } catch {
      throw IPVSError(.listConnections, .system(error))
    }
  }

  /// The next entry, or nil after the last one.
  ///
  /// Throws ``IPVSError/Reason/malformed(_:)`` for a line that is not an entry; ``line`` then holds it. The data of a
  /// persistence engine can break a line, and other directors send it unchecked. The next call continues after that
  /// line.
  public mutating func next() throws(IPVSError) -> Connection? {
    if isAtTitle { _ = try nextLine() }
    isAtTitle = false
    guard let range = try nextLine() else { return nil }
    if let connection = lines.buffer.withCursor(over: range, { Connection(line: &$0) }) { return connection }
    line = Array(lines.buffer[range])
    throw IPVSError(.listConnections, .malformed(.connection))
  }

  private mutating func nextLine() throws(IPVSError) -> Range<Int>? {
    do { return try lines.next() } catch { throw IPVSError(.listConnections, .system(error)) }
  }
}
