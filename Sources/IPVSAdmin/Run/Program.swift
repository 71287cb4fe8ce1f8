// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// The program as a whole.
public enum Program {
  /// Runs a command line, whose first word is the program's name, and returns the exit status.
  public static func run(_ arguments: [String]) -> Int32 {
    signal(SIGPIPE) { _ in }  // so that write(2) tells of it
    let program = arguments.first ?? "ipvsadm"
    do throws(CommandError) {
      try run(Array(arguments.dropFirst()), program: program)
      return ExitCode.success.rawValue
    } catch {
      _ = Output.write(Array((error.message + "\n").utf8), to: STDERR_FILENO)
      if let hint = error.hint, Terminal.hasReader { Terminal.print(hint: hint) }
      return error.status.rawValue
    }
  }

  private static func run(_ words: [String], program: String) throws(CommandError) {
    let command: Command
    do throws(CommandParser.Failure) {
      command = try CalledName(path: program).command(words, program: program)
    } catch {
      throw error.resolved(by: Resolver())
    }
    var output = Output()
    switch command {
    case .help: output.text.add(Usage.version + Usage.text(program: program))
    case .version: output.text.add(Usage.version)
    default:
      var session = try Session()
      try session.run(command, program: program)
    }
    try output.flush()
  }
}
