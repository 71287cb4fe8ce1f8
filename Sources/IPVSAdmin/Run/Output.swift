// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import IPVS

/// Standard output: gathers text, and writes it in one call where it can.
struct Output: ~Copyable {
  /// Text of this size is written before more is added.
  private static let page = 64 * 1024

  var text = Text()
  /// Whether text could not be written.
  private(set) var isLost = false

  /// Writes the text if it has the size of a page.
  mutating func turnPage() throws(Complaint) {
    if text.bytes.count >= Self.page { try flush() }
  }

  /// Writes the text.
  mutating func flush() throws(Complaint) {
    defer { text.removeAll() }
    guard let error = Self.write(text, to: STDOUT_FILENO) else { return }
    isLost = true
    throw Messages.lostOutput(error)
  }

  /// Writes text to a descriptor; a terminal gets no control characters. Returns the error if not everything was
  /// written.
  static func write(_ text: Text, to descriptor: Int32) -> ErrorNumber? {
    let isTamed = text.hasControls && isatty(descriptor) == 1
    return writeAsIs(isTamed ? text.withoutControls : text, to: descriptor)
  }

  /// Writes text to a descriptor.
  static func writeAsIs(_ text: Text, to descriptor: Int32) -> ErrorNumber? {
    var rest = text.bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe CLinux.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if clinux_errno() == EINTR { continue }
        return .last
      }
      rest = rest.dropFirst(count)
    }
    return nil
  }
}
