// SPDX-License-Identifier: Apache-2.0

internal import CLinux

/// Standard input, output and error.
enum StandardDescriptors {
  /// Opens those that are closed, so that no socket gets their numbers and receives text for a person. Reading from
  /// them and writing to them still fails.
  static func occupy() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where lseek(descriptor, 0, SEEK_CUR) < 0 {
      guard clinux_errno() == EBADF else { continue }
      _ = unsafe clinux_open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }
}
