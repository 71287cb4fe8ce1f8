// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import IPVS

/// Another program of this machine that tells what the kernel does with packets.
struct Tool {
  /// The longest output that is read, in bytes.
  private static let limit = 16 << 20

  /// The name, without the folder, and the arguments.
  let words: [Text]

  init(_ words: StaticString...) { self.words = words.map { Text(stringLiteral: $0) } }
  init(_ words: [Text]) { self.words = words }

  /// What the program prints; nil if there is no such program, or if it fails.
  func output() -> [UInt8]? {
    guard let name = words.first else { return nil }
    for folder: StaticString in ["/usr/sbin/", "/sbin/", "/usr/bin/", "/bin/"] {
      if let output = output(of: "\(folder)\(name)") { return output }
    }
    return nil
  }

  private func output(of path: Text) -> [UInt8]? {
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { return nil }
    defer { close(ends[0]) }
    let process = start(path, writingTo: ends[1])
    close(ends[1])
    guard process > 0 else { return nil }
    var output: [UInt8] = []
    while let count = try? output.append(upTo: 64 * 1024, from: ends[0]), count > 0, output.count < Self.limit
    {}
    var status: Int32 = 0
    while unsafe waitpid(process, &status, 0) < 0, ErrorNumber.last.rawValue == EINTR {}
    return status == 0 ? output : nil
  }

  /// Starts the program, and returns its process; 0 if that fails.
  private func start(_ path: Text, writingTo descriptor: Int32) -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    unsafe posix_spawn_file_actions_adddup2(&actions, descriptor, STDOUT_FILENO)
    unsafe posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    var arguments = unsafe words.map { unsafe $0.withCString { unsafe strdup($0) } } + [nil]
    defer { unsafe arguments.forEach { unsafe free($0) } }
    var process: pid_t = 0
    let error = unsafe path.withCString { unsafe posix_spawn(&process, $0, &actions, nil, &arguments, nil) }
    return error == 0 ? process : 0
  }
}
