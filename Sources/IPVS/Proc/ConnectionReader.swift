// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Reads the connection table of the calling thread's network namespace, an entry at a time, in memory that
/// does not grow with it: `/proc/net/ip_vs_conn`, which everyone may read.
public struct ConnectionReader: ~Copyable {
  private static let chunk = 64 * 1024

  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var position = 0
  private var isAtTitle = true

  /// Opens the table. Throws `ENOENT` when the kernel has no IPVS.
  public init() throws(IPVSError) {
    descriptor = SystemCall.open("/proc/thread-self/net/ip_vs_conn", O_RDONLY | O_CLOEXEC)
    if descriptor < 0 { throw IPVSError(.listConnections, .system(SystemCall.error)) }
  }

  deinit { close(descriptor) }

  /// The next entry, or nil after the last one. Throws `malformed` for a line that is none.
  public mutating func next() throws(IPVSError) -> Connection? {
    do throws(NetlinkError) {
      if isAtTitle { _ = try nextLine() }
      isAtTitle = false
      guard let line = try nextLine() else { return nil }
      return try Connection(line: line)
    } catch {
      throw IPVSError(.listConnections, error)
    }
  }

  private mutating func nextLine() throws(NetlinkError) -> ArraySlice<UInt8>? {
    var searched = position
    while true {
      if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { position = end + 1 }
        return buffer[position..<end]
      }
      searched = buffer.count - position
      buffer.removeSubrange(..<position)
      position = 0
      guard try fill() else { return nil }
    }
  }

  /// Reads more behind what is left. False at the end of the file.
  private mutating func fill() throws(NetlinkError) -> Bool {
    let kept = buffer.count
    buffer.append(contentsOf: repeatElement(0, count: Self.chunk))
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes {
        unsafe read(descriptor, $0.baseAddress.map { unsafe $0 + kept }, Self.chunk)
      }
      if count < 0, SystemCall.error.rawValue == EINTR { continue }
      buffer.removeSubrange((kept + max(0, count))...)
      if count < 0 { throw .system(SystemCall.error) }
      return count > 0
    }
  }
}
