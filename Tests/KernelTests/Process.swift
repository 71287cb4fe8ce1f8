// SPDX-License-Identifier: Apache-2.0

import CLab
import Glibc

/// The result of a process.
struct Outcome: Equatable {
  var output: String
  var errors: String
  /// The exit status, or 128 and the number of the signal that ended it.
  var status: Int32

  /// The output of a process that must have succeeded.
  @discardableResult func require() throws -> String {
    if status == 0 { return output }
    throw Failure(outcome: self)
  }

  struct Failure: Error { let outcome: Outcome }
}

/// Where a file of the project is.
func projectPath(_ file: String) -> String {
  "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/" + file
}

/// The contents of a file of the project. Without their file the tests mean nothing, so a missing file ends all of
/// them.
func projectFile(_ file: String) -> String {
  guard let text = try? run("/bin/cat", [projectPath(file)]).require() else {
    fatalError("cannot read \(file)")
  }
  return text
}

/// Runs a program to its end, by a name, in the network namespace of this thread. After three minutes it is killed.
func run(_ program: String, _ arguments: [String], input: String = "", as name: String? = nil) throws
  -> Outcome
{
  Running(program, arguments, input: input, as: name).end()
}

/// A program that runs beside the test, in the network namespace of the thread that started it.
struct Running {
  private let process: pid_t
  private let files: [Int32]

  init(_ program: String, _ arguments: [String], input: String = "", as name: String? = nil) {
    files = (0..<3).map { _ in clab_memory_file() }
    let bytes = Array(input.utf8)
    precondition(
      unsafe write(files[0], bytes, bytes.count) == bytes.count && lseek(files[0], 0, SEEK_SET) == 0)
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    for (descriptor, file) in files.enumerated() {
      unsafe posix_spawn_file_actions_adddup2(&actions, file, Int32(descriptor))
    }
    var words = unsafe ([name ?? program] + arguments).map { unsafe strdup($0) } + [nil]
    defer { unsafe words.forEach { unsafe free($0) } }
    var process: pid_t = 0
    let failure = unsafe posix_spawn(&process, program, &actions, nil, &words, environ)
    precondition(failure == 0, "\(program): \(unsafe String(cString: strerror(failure)))")
    self.process = process
  }

  func send(_ signal: Int32) { kill(process, signal) }

  /// Whether it has not ended yet.
  var isThere: Bool {
    var information = unsafe siginfo_t()
    let result = unsafe waitid(P_PID, id_t(process), &information, WEXITED | WNOHANG | WNOWAIT)
    return unsafe result == 0 && information.si_signo == 0
  }

  /// Waits for its end. After three minutes it is killed.
  func end() -> Outcome {
    let status = Watchdog.wait(for: process)
    let (output, errors) = (contents(files[1]), contents(files[2]))
    for file in files { close(file) }
    return Outcome(
      output: output, errors: errors, status: status & 0x7f == 0 ? status >> 8 & 0xff : 128 + status & 0x7f)
  }
}

private func contents(_ file: Int32) -> String {
  var bytes = [UInt8](repeating: 0, count: Int(lseek(file, 0, SEEK_END)))
  let count = unsafe pread(file, &bytes, bytes.count, 0)
  return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
}
