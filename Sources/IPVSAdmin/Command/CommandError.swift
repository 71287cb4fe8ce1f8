// SPDX-License-Identifier: Apache-2.0

/// Why a command did not succeed, ready to be told.
struct CommandError: Error, Equatable {
  /// What is wrong, in a line; rarely two.
  let message: String
  /// The exit status.
  let status: ExitCode
  /// What a person at a terminal is told besides.
  let hint: String?

  init(_ message: String, status: ExitCode = .usage, hint: String? = nil) {
    self.message = message
    self.status = status
    self.hint = hint
  }
}

/// How a process ends.
enum ExitCode: Int32 {
  case success = 0
  /// A listing failed, or output could not be written.
  case failure = 1
  /// Usage, validation, or no IPVS.
  case usage = 2
  /// The kernel refused, popt did, or there was no command.
  case refused = 255
}

extension CommandError {
  /// The error with a hint, if there is one.
  func hinting(_ hint: String?) -> CommandError { CommandError(message, status: status, hint: hint) }

  static let illegalService = CommandError("illegal virtual server address[:port] specified")
  static let illegalServer = CommandError("illegal real server address[:port] specified")
}
