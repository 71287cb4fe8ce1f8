// SPDX-License-Identifier: Apache-2.0

internal import CLinux

/// An open file, closed when the last reference to it goes.
final class FileDescriptor {
  private let number: Int32

  /// Opens a file for reading.
  init(reading path: StaticString) throws(ErrorNumber) {
    let text = unsafe UnsafeRawPointer(path.utf8Start).assumingMemoryBound(to: CChar.self)
    number = unsafe clinux_open(text, O_RDONLY | O_CLOEXEC)
    if number < 0 { throw .last }
  }

  deinit { close(number) }

  /// Reads up to `count` bytes, and appends them. False at the end of the file.
  func read(_ count: Int, behind buffer: inout [UInt8]) throws(ErrorNumber) -> Bool {
    let kept = buffer.count
    buffer.append(contentsOf: repeatElement(0, count: count))
    while true {
      let read = unsafe buffer.withUnsafeMutableBytes {
        unsafe CLinux.read(number, $0.baseAddress.map { unsafe $0 + kept }, count)
      }
      if read < 0, clinux_errno() == EINTR { continue }
      let error = ErrorNumber.last
      buffer.removeSubrange((kept + max(0, read))...)
      if read < 0 { throw error }
      return read > 0
    }
  }
}
