// SPDX-License-Identifier: Apache-2.0

/// How the program ends.
enum ExitCode: Int32 {
  case success = 0
  /// A listing failed, or output could not be written.
  case failure = 1
  /// Usage, validation, or no IPVS.
  case usage = 2
  /// A person or another program ended it, as a shell reports SIGINT.
  case interrupted = 130
  /// The kernel or popt refused something, or there was no command.
  case refused = 255
}
