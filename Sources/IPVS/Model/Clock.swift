// SPDX-License-Identifier: Apache-2.0

internal import CLinux

/// A clock that only goes forward: `CLOCK_MONOTONIC`.
package enum Clock {
  /// The milliseconds that it shows.
  package static var milliseconds: Int {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }
}
