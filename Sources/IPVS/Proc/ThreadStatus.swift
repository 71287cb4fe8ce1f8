// SPDX-License-Identifier: Apache-2.0

/// What the kernel tells of the calling thread.
package struct ThreadStatus {
  /// The first 32 of the capabilities that it may use, a bit for each: `CapPrm`.
  package private(set) var capabilities: UInt32 = 0
  /// Whether a filter may refuse its system calls, or kill it for them: `Seccomp`.
  package private(set) var isFiltered = true

  /// Nil if there is no `/proc`, or only that of others.
  package init?() { self.init("/proc/thread-self/status") }

  init?(_ path: StaticString) {
    guard var lines = try? LineReader(path, chunk: 4096) else { return nil }
    var isAtFilter = false
    while !isAtFilter, let line = (try? lines.next()) ?? nil {
      lines.buffer.withCursor(over: line) {
        if $0.take("CapPrm:\t") {
          capabilities = UInt32(truncatingIfNeeded: $0.longHexField() ?? 0)
        } else if $0.take("Seccomp:\t") {
          isFiltered = $0.decimalField() != 0
          isAtFilter = true
        }
      }
    }
  }
}
