// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import IPVS

/// Memory for changes that must not stop halfway. Whoever lacks it is told before the first of them.
enum MemoryReserve {
  static func take() throws(Complaint) {
    if clinux_reserve_memory() != 0 { throw Messages.noMemory }
  }
}
