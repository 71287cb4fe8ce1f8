// SPDX-License-Identifier: Apache-2.0

/// What a command line says, and what it leaves.
struct Effect: Equatable {
  var outcome: Outcome
  var table: Holdings
}

/// Two network namespaces that hold the same: one for Debian's program, one for ours.
struct Pair {
  private let theirs = Network()
  private let ours = Network()
  private var table: Holdings
  /// What was different so far, and is meant to be.
  private(set) var differences: Set<String> = []

  private static let setUp = """
    link add eth0 type dummy
    address add 10.0.0.254/24 dev eth0
    address add 2001:db8::254/64 dev eth0 nodad
    link set eth0 up
    """

  init() throws {
    for network in [theirs, ours] {
      _ = try network.inside { try run("/sbin/ip", ["-batch", "-"], input: Self.setUp).require() }
    }
    table = try ours.inside { try Holdings.now }
  }

  /// Which command of a sequence differs though it is not meant to, and how.
  static func difference(
    of sequence: Case, noting differences: inout Set<String>
  ) throws -> (command: Int, text: String)? {
    var pair = try Pair()
    defer { differences.formUnion(pair.differences) }
    for (command, line) in sequence.lines.enumerated() {
      if let text = try pair.play(line) { return (command, text) }
    }
    return try pair.listings().map { (sequence.lines.count - 1, $0) }
  }

  /// Has both programs carry out a command. Afterwards both tables are the same, or the difference is returned.
  private mutating func play(_ line: Case.Line) throws -> String? {
    let before = table
    let expected = try theirs.inside { try Effect(of: line, by: Kernel.reference) }
    let made = try ours.inside { try Effect(of: line, by: Kernel.ours) }
    table = made.table
    if made == expected { return nil }
    let reasons = try theirs.inside {
      try MeantDifference.reasons(for: line, expected: expected, made: made, before: before)
    }
    guard let reasons else { return "\(line.text)\n\(made.difference(from: expected))" }
    differences.formUnion(reasons)
    return nil
  }

  /// The difference between the tables in the words of Debian's program.
  private func listings() throws -> String? {
    for words in [
      ["-Sn"], ["-Ln", "--thresholds"], ["-Ln", "--tun-info"], ["-Ln", "--stats"], ["-L", "--daemon"],
    ] {
      let texts = try [theirs, ours].map { network in
        try network.inside { try run(Kernel.reference, words).require() }
      }
      if texts[0] != texts[1] { return "at the end: \(words)\n\(texts[0])\(texts[1])" }
    }
    return nil
  }
}

extension Effect {
  init(of line: Case.Line, by program: String) throws {
    outcome = try line.play(with: program)
    table = try Holdings.now
    // The kernel's order is that of a hash, which no two namespaces share.
    if line.words.contains("--nosort") {
      outcome.output = outcome.output.split(separator: "\n").sorted().joined(separator: "\n")
    }
  }

  func difference(from other: Effect) -> String {
    var text = """
        theirs: \(other.outcome.status) \(other.outcome.output)\(other.outcome.errors)
        ours:   \(outcome.status) \(outcome.output)\(outcome.errors)

      """
    if table != other.table { text += "  their table: \(other.table.lines)\n  our table:   \(table.lines)\n" }
    return text
  }
}
