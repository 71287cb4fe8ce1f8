// SPDX-License-Identifier: Apache-2.0

internal import CIPVS
internal import Glibc

/// What Swift's C library module offers too, but in one piece with all of its mathematics, which would come into
/// the program with `errno` or `open` from there.
package enum SystemCall {
  /// What the last call that failed left: `errno`.
  package static var error: Errno { Errno(rawValue: unsafe __errno_location().pointee) }

  /// Opens a file, and returns its descriptor or -1: `open(2)` without a mode.
  package static func open(_ path: String, _ flags: Int32) -> Int32 { unsafe cipvs_open_file(path, flags) }
}
