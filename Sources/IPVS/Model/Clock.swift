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

  /// How often in a second the kernel's clock ticks, `CONFIG_HZ`: the coarse clocks advance with its ticks.
  static var ticksPerSecond: UInt32 {
    var tick = timespec()
    guard unsafe clock_getres(CLOCK_MONOTONIC_COARSE, &tick) == 0, tick.tv_nsec > 0 else { return 100 }
    return UInt32(clamping: (1_000_000_000 + tick.tv_nsec / 2) / tick.tv_nsec)
  }
}
