// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import IPVS

/// Another program of this machine that tells what the kernel does with packets.
struct Tool {
  /// The longest output that is read, in bytes.
  private static let limit = 16 << 20
  /// How many milliseconds it may take.
  private static let patience = 10_000

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

  private static func hasMore(_ descriptor: Int32, until end: Int) -> Bool {
    var one = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&one, 1, Int32(max(0, end - Clock.milliseconds))) > 0
  }

  private func output(of path: Text) -> [UInt8]? {
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { return nil }
    let process = ChildProcess(path.bytes, words.map { $0.bytes }, writingTo: ends[1])
    close(ends[1])
    var output: [UInt8] = []
    let end = Clock.milliseconds + Self.patience
    var isWhole = false
    while !isWhole, output.count < Self.limit, Self.hasMore(ends[0], until: end),
      let count = try? output.append(upTo: 64 * 1024, from: ends[0])
    {
      isWhole = count == 0
    }
    close(ends[0])
    return process?.wait(until: isWhole ? end : 0) == true ? output : nil
  }
}
