// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import IPVS

/// Standard output: gathers text, and writes it in one call where it can.
struct Output: ~Copyable {
  /// From this size on, what was gathered goes out before more is added.
  private static let page = 64 * 1024

  var text = Text()

  /// Writes what was gathered if it has become much.
  mutating func turnPage() throws(CommandError) {
    if text.bytes.count >= Self.page { try flush() }
  }

  /// Writes what was gathered.
  mutating func flush() throws(CommandError) {
    defer { text.removeAll() }
    if let errno = Self.write(text.bytes, to: STDOUT_FILENO) {
      throw CommandError("cannot write the output: \(errno)", status: .failure)
    }
  }

  /// Writes bytes to a descriptor; the error that kept some from being written, or nil.
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Errno? {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if SystemCall.error.rawValue == EINTR { continue }
        return SystemCall.error
      }
      rest = rest.dropFirst(count)
    }
    return nil
  }
}
