// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Standard error, when a person reads it.
enum Terminal {
  /// Whether hints find a reader. Scripts get what the C tool tells, and nothing more.
  static var hasReader: Bool { isatty(STDERR_FILENO) == 1 }

  /// Prints a hint: dim, unless the terminal is too plain for that or the person does not want it (`NO_COLOR`).
  static func print(hint: String) {
    let line = isPlain ? "hint: \(hint)\n" : "\u{1b}[2mhint: \(hint)\u{1b}[m\n"
    _ = Output.write(Array(line.utf8), to: STDERR_FILENO)
  }

  private static var isPlain: Bool {
    let terminal = variable("TERM")
    return terminal.isEmpty || terminal == "dumb" || !variable("NO_COLOR").isEmpty
  }

  private static func variable(_ name: String) -> String {
    unsafe getenv(name).map { unsafe String(cString: $0) } ?? ""
  }
}
