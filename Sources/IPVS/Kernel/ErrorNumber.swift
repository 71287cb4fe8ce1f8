// SPDX-License-Identifier: Apache-2.0

internal import CLinux

/// A number of `<errno.h>`. The library has a type of its own for it, and not swift-system's `Errno`, because it
/// depends on no package.
public struct ErrorNumber: Error, Sendable, Hashable, RawRepresentable {
  /// The number, 1 and up.
  public let rawValue: Int32
  /// An error from its number.
  public init(rawValue: Int32) { self.rawValue = rawValue }

  /// The number of the last system call that failed: `errno`.
  package static var last: ErrorNumber { ErrorNumber(rawValue: clinux_errno()) }
}

extension ErrorNumber: CustomStringConvertible {
  /// The C library's text for it, `strerror(3)`.
  public var description: String { .written(by: append) }
}

extension ErrorNumber: Printable {
  /// Appends the C library's text for it.
  package func append(to bytes: inout [UInt8]) {
    guard var character = unsafe strerror(rawValue) else { return }
    while unsafe character.pointee != 0 {
      bytes.append(UInt8(bitPattern: unsafe character.pointee))
      unsafe character += 1
    }
  }
}
