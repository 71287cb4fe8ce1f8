// SPDX-License-Identifier: Apache-2.0

/// Reads a file line by line, in memory that does not grow with it.
struct LineReader {
  private static let chunk = 64 * 1024

  private let file: FileDescriptor
  /// What was read and holds the line that was asked for last.
  private(set) var buffer: [UInt8] = []
  private var position = 0

  init(_ path: StaticString) throws(ErrorNumber) { file = try FileDescriptor(reading: path) }

  /// Where in the buffer the next line is, without its end, or nil behind the last one.
  mutating func next() throws(ErrorNumber) -> Range<Int>? {
    var searched = position
    while true {
      if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { position = end + 1 }
        return position..<end
      }
      searched = buffer.count - position
      buffer.removeSubrange(..<position)
      position = 0
      guard try file.read(Self.chunk, behind: &buffer) else { return nil }
    }
  }
}
