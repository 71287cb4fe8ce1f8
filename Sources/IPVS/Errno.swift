// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// A number of `<errno.h>`: what the kernel answers when it refuses.
public struct Errno: Error, Sendable, Hashable, RawRepresentable {
  /// The number, 1 and up.
  public let rawValue: Int32
  /// An error from its number.
  public init(rawValue: Int32) { self.rawValue = rawValue }
}

extension Errno: CustomStringConvertible {
  /// The C library's text for it, `strerror(3)`.
  public var description: String { unsafe String(cString: strerror(rawValue)) }
}
