// SPDX-License-Identifier: Apache-2.0

internal import CLinux

/// Standard output and standard error, when a person reads them.
enum Terminal {
  /// Whether a person reads the hints. Scripts get what the C tool prints, and nothing more.
  static var hasReader: Bool { isatty(STDERR_FILENO) == 1 }

  /// The line for a hint: dim, unless the terminal is too plain for that or the person does not want it (`NO_COLOR`).
  static func line(hint: Text) -> Text {
    isPlain ? "hint: \(hint.withoutControls)\n" : "\u{1b}[2mhint: \(hint.withoutControls)\u{1b}[m\n"
  }

  /// Whether a person reads a line that is written again and again in place.
  static var canRewrite: Bool { hasReader && !isDumb }

  /// Whether standard output is a terminal that can put text anywhere.
  static var hasScreen: Bool { isatty(STDOUT_FILENO) == 1 && !isDumb }

  /// Opens the terminal of a descriptor anew, so that it does not keep the program waiting: others may use the same
  /// descriptor, and do not expect that. Negative if that is not permitted.
  static func open(_ descriptor: Int32) -> Int32 {
    let path: Text = "/proc/thread-self/fd/\(descriptor)"
    return unsafe path.withCString {
      unsafe clinux_open($0, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
    }
  }

  private static var isPlain: Bool { isDumb || !variable("NO_COLOR").isEmpty }

  private static var isDumb: Bool {
    let terminal = variable("TERM")
    return terminal.isEmpty || terminal == "dumb"
  }

  private static func variable(_ name: Text) -> Text {
    guard let value = unsafe name.withCString({ unsafe getenv($0) }) else { return Text() }
    return unsafe Text(cString: value)
  }
}
