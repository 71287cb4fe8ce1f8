// SPDX-License-Identifier: Apache-2.0

internal import CLinux

/// Another program, started by its path. It gets nothing of this one: no input, no descriptor and no variable.
package struct ChildProcess {
  private let number: pid_t

  /// Starts a program, with the words that it sees as its arguments. Its output goes to a descriptor, or nowhere; its
  /// errors go nowhere. Nil if there is no such program, or if it cannot be started.
  package init?(_ path: [UInt8], _ words: [[UInt8]], writingTo output: Int32? = nil) {
    let arguments = unsafe words.map { unsafe $0.withCString { unsafe strdup($0) } } + [nil]
    defer { unsafe arguments.forEach { unsafe free($0) } }
    number = unsafe path.withCString { unsafe clinux_spawn($0, arguments, output ?? -1) }
    if number < 0 { return nil }
  }

  /// Waits for its end, and returns whether it succeeded, which nobody knows where SIGCHLD is ignored. Ends it at a time,
  /// in milliseconds of ``Clock``.
  @discardableResult package func wait(until end: Int = .max) -> Bool {
    var status: Int32 = 0
    while Clock.milliseconds < end {
      switch unsafe waitpid(number, &status, end == .max ? 0 : WNOHANG) {
      case number: return status == 0
      case 0: _ = clinux_rest(1)
      default: if ErrorNumber.last.rawValue != EINTR { return true }
      }
    }
    kill(number, SIGKILL)
    _ = unsafe waitpid(number, &status, 0)
    return false
  }
}
