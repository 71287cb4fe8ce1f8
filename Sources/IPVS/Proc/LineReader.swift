// SPDX-License-Identifier: Apache-2.0

/// Reads a file line by line, in memory that does not grow with it.
struct LineReader {
  private let file: FileDescriptor
  /// How many bytes it reads at once.
  private let chunk: Int
  /// The bytes that were read; the current line is among them.
  private(set) var buffer: [UInt8] = []
  private var position = 0

  init(_ path: StaticString, chunk: Int = 64 * 1024) throws(ErrorNumber) {
    file = try FileDescriptor(reading: path.bytes)
    self.chunk = chunk
  }

  /// The place of the next line in the buffer, without its end, or nil after the last one.
  mutating func next() throws(ErrorNumber) -> Range<Int>? {
    var searched = position
    while true {
      if let end = buffer.firstIndex(of: UInt8(ascii: "\n"), from: searched) {
        defer { position = end + 1 }
        return position..<end
      }
      searched = buffer.count - position
      buffer.removeSubrange(..<position)
      position = 0
      guard try file.read(chunk, behind: &buffer) else { return nil }
    }
  }
}
