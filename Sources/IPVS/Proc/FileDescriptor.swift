// SPDX-License-Identifier: Apache-2.0

internal import CLinux

/// An open file, closed when the last reference to it goes.
final class FileDescriptor {
  private let number: Int32

  /// Opens a file for reading.
  init(reading path: [UInt8]) throws(ErrorNumber) {
    number = unsafe path.withCString { unsafe clinux_open($0, O_RDONLY | O_CLOEXEC) }
    if number < 0 { throw .last }
  }

  deinit { close(number) }

  /// Reads up to `count` bytes, and appends them. False at the end of the file.
  func read(_ count: Int, behind buffer: inout [UInt8]) throws(ErrorNumber) -> Bool {
    try buffer.append(upTo: count, from: number) > 0
  }
}

extension Array<UInt8> {
  /// Reads up to `count` bytes from a descriptor, and appends them. Returns how many they are, 0 at the end of the
  /// file.
  package mutating func append(upTo count: Int, from descriptor: Int32) throws(ErrorNumber) -> Int {
    var result = 0
    repeat {
      append(addingCapacity: count) { output in
        unsafe output.withUnsafeMutableBufferPointer { (buffer, initialized) in
          result = unsafe read(descriptor, buffer.baseAddress, buffer.count)
          initialized = Swift.max(0, result)
        }
      }
    } while result < 0 && clinux_errno() == EINTR
    if result < 0 { throw .last }
    return result
  }
}
