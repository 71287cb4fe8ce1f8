// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization

/// Ends processes that take longer than three minutes, or as often that as `LAB_PATIENCE` says, from a thread of its
/// own, so that waiting for the others takes no longer than they do.
enum Watchdog {
  private static let patience =
    180 * (unsafe getenv("LAB_PATIENCE").flatMap { unsafe Int(String(cString: $0)) } ?? 1)

  private static let watched = Mutex<[pid_t: Int]>([:])

  /// Waits for a process and returns its status.
  static func wait(for process: pid_t) -> Int32 {
    _ = thread
    watched.withLock { $0[process] = Int(time(nil)) + patience }
    var status: Int32 = 0
    while unsafe waitpid(process, &status, 0) < 0, errno == EINTR {}
    watched.withLock { $0[process] = nil }
    return status
  }

  private static let thread: Void = {
    var thread = pthread_t()
    unsafe pthread_create(
      &thread, nil,
      { _ in
        while true {
          sleep(1)
          watched.withLock { watched in
            for (process, end) in watched where Int(time(nil)) > end { kill(process, SIGKILL) }
          }
        }
      }, nil)
  }()
}
