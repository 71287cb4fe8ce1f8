// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Standard input, output and error.
enum StandardDescriptors {
  /// Occupies those that are closed, so that no socket takes their place and receives what is meant for a
  /// person. Reading from them and writing to them fails as before.
  static func occupy() {
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) < 0 {
      _ = unsafe open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }
}
