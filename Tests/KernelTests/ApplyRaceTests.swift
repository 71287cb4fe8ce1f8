// SPDX-License-Identifier: Apache-2.0

import TestNoise
import Glibc
import IPVS
import Testing

/// Rules that are applied while something else happens.
@Suite struct ApplyRaceTests {
  /// 20 services, each with 40 servers that are in all tables, and 40 of its own in each.
  private static func rules(_ table: Int) -> String {
    (1...20).map { service in
      let name = "1.2.3.\(service):80"
      let servers = (1...40).map { server in
        """
        -a -t \(name) -r 10.0.0.\(server):80 -m -w \(table)
        -a -t \(name) -r 10.0.\(table).\(server):80 -m -w 1

        """
      }
      return "-A -t \(name) -s \(table.isMultiple(of: 2) ? "rr" : "wlc")\n" + servers.joined()
    }.joined() + "-A -f \(table) -s rr\n"
  }

  private static func lines(_ rules: String) -> [String] {
    (["--set 900 120 300"] + rules.split(separator: "\n").map(String.init)).sorted()
  }

  /// The servers that are in all tables.
  private static let staying = Set(
    lines(rules(1)).map(server).filter { $0.contains(" -r 10.0.0.") })

  /// The part of a rule that says which server it is about.
  private static func server(_ line: String) -> String {
    line.split(separator: " ").prefix(5).joined(separator: " ")
  }

  /// How often it is killed; `KILLS` sets it.
  private static let kills = Noise.setting("KILLS") ?? 10

  @Test func killedAtAnyMomentItLeavesServersToAllServices() throws {
    var noise = Noise(seed: .random(in: 0 ... .max))
    var inTheMiddle = 0
    try inNamespace {
      try ours("-R", input: Self.rules(1)).require()
      let start = clock()
      try ours("--apply", "--dry-run", input: Self.rules(2)).require()
      let reading = clock()
      try ours("--apply", input: Self.rules(2)).require()
      let applying = clock() - reading
      // Mostly while it makes its changes. A dry run on a busy machine may take longer than what it shows.
      let delays = min(reading - start, applying) * 2 / 3...applying
      for kill in 0..<Self.kills {
        let (old, new) = kill.isMultiple(of: 2) ? (2, 1) : (1, 2)
        let delay = Int.random(in: delays, using: &noise)
        let program = Running(Kernel.ours, ["--apply"], input: Self.rules(new))
        usleep(UInt32(delay) * 1000)
        program.send(SIGKILL)
        _ = program.end()
        let table = try savedTable()
        if table != Self.lines(Self.rules(old)), table != Self.lines(Self.rules(new)) { inTheMiddle += 1 }
        let missing = Self.staying.subtracting(table.map(Self.server))
        #expect(missing.isEmpty, "after \(delay) ms")
        try ours("--apply", input: Self.rules(new)).require()
        #expect(try savedTable() == Self.lines(Self.rules(new)), "after \(delay) ms")
      }
      print(
        "\(reading - start) ms, \(applying) ms; killed \(Self.kills) times, \(inTheMiddle) of them in the middle"
      )
    }
  }

  private func clock() -> Int {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }

  /// A signal is taken between two calls. So ended before any of its requests it has been killed at any moment.
  @Test func endedBeforeAnyRequestItLeavesServersToAllServices() throws {
    let kill = "exec strace -o /dev/null -e inject=sendto:signal=KILL:when=$0 \"$@\""
    var states: Set<[String]> = []
    try inNamespace {
      try ours("-R", input: Self.rules(1)).require()
      for request in 1...1000 {
        let outcome = try run(
          "/bin/sh", ["-c", kill, "\(request)", Kernel.ours, "--apply"], input: Self.rules(2))
        let table = try savedTable()
        states.insert(table)
        #expect(Self.staying.subtracting(table.map(Self.server)).isEmpty, "before request \(request)")
        if outcome.status == 0 { break }
        try ours("--apply", input: Self.rules(2)).require()
        #expect(try savedTable() == Self.lines(Self.rules(2)), "before request \(request)")
        try ours("--apply", input: Self.rules(1)).require()
      }
    }
    #expect(states.contains(Self.lines(Self.rules(2))) && states.count > 10, "\(states.count) tables")
  }

  @Test func twoAtOnceAreOneAfterTheOther() throws {
    try inNamespace {
      for _ in 0..<3 {
        let first = Running(Kernel.ours, ["--apply"], input: Self.rules(1))
        let second = Running(Kernel.ours, ["--apply"], input: Self.rules(2))
        let third = Running(Kernel.ours, ["--apply"], input: Self.rules(3))
        #expect(first.end() == Outcome(output: "", errors: "", status: 0))
        #expect(second.end() == Outcome(output: "", errors: "", status: 0))
        #expect(third.end() == Outcome(output: "", errors: "", status: 0))
        let table = try savedTable()
        #expect([1, 2, 3].contains { Self.lines(Self.rules($0)) == table })
      }
    }
  }

  /// Any user may take the name of the lock. Then nothing changes, and nobody waits for ever.
  @Test(arguments: [
    ("pass", "a process keeps others from applying rules, and applies none"),
    (
      "lock.listen(0); other = socket.socket(socket.AF_UNIX); other.connect(name)",
      "a process keeps others from applying rules, and applies none"
    ),
    ("lock.listen()", "a process of user 65534 keeps others from applying rules"),
  ])
  func anotherUserOnlyKeepsRulesFromBeingApplied(listening: String, told: String) throws {
    let outcome = try outcome(
      of: "$0 --apply <<<'-A -f 1'; echo $?; $0 -Sn; kill $!", whileUser: 65534, does: listening,
      until: "signal.pause()")
    #expect(outcome == Outcome(output: "1\n", errors: "\(told)\n", status: 0))
  }

  /// The other program has the lock until somebody waits for it.
  @Test func aTerminalIsToldThatItWaits() throws {
    let outcome = try outcome(
      of: "script -qec \"$0 --apply </dev/null\" /dev/null", whileUser: 0, does: "lock.listen()",
      until: "lock.accept()")
    #expect(outcome.output.hasPrefix("another program applies rules; waiting for its end\r\n"), "\(outcome)")
    #expect(outcome.status == 0)
  }

  /// Runs a script while another program has the name of the lock.
  private func outcome(
    of script: String, whileUser user: Int, does listening: String, until end: String
  ) throws -> Outcome {
    let holder = """
      import os, signal, socket
      os.setresuid(\(user), \(user), \(user))
      lock, name = socket.socket(socket.AF_UNIX), b"\\0ipvsadm-apply"
      lock.bind(name)
      \(listening)
      print("held", flush=True)
      \(end)
      """
    return try inNamespace {
      try run(
        "/bin/bash", ["-c", "exec 3< <(exec python3 -c '\(holder)'); read <&3; \(script)", Kernel.ours])
    }
  }

  /// What a second writer does, which knows no lock.
  static let writers: [(String, String)] = [
    ("-a -t 1.2.3.1:80 -r 10.0.0.99 -m -w 7;-d -t 1.2.3.1:80 -r 10.0.0.99", "-r 10.0.0.99:80"),
    (
      "-e -t 1.2.3.9:80 -r 10.0.0.2 -m -w 7;-e -t 1.2.3.9:80 -r 10.0.0.2 -m -w 8",
      "-t 1.2.3.9:80 -r 10.0.0.2:80"
    ),
    ("-D -t 1.2.3.5:80;-A -t 1.2.3.5:80 -s sed", "-t 1.2.3.5:80"),
    ("-A -f 99;-D -f 99", "-f 99"),
  ]

  /// The outcome is the rules, or an error that says so. Only what the other writer writes may differ afterwards.
  @Test(arguments: writers)
  func aSecondWriterDoesNotMixIn(lines: String, mark: String) throws {
    try inNamespace {
      try ours("-R", input: Self.rules(1)).require()
      let text = lines.split(separator: ";").map { "\($0)\n" }.joined()
      let writer = Running(Kernel.reference, ["-R"], input: String(repeating: text, count: 50_000))
      for table in [2, 1, 2, 3] {
        let outcome = try ours("--apply", input: Self.rules(table))
        let rest = { (lines: [String]) in lines.filter { !$0.contains(mark) } }
        #expect(try rest(savedTable()) == rest(Self.lines(Self.rules(table))), "\(outcome)")
        if outcome != Outcome(output: "", errors: "", status: 0) {
          #expect(
            outcome
              == Outcome(
                output: "",
                errors: "another program keeps changing the table; it is not what the rules say\n",
                status: 255))
        }
      }
      #expect(writer.isThere, "the other writer was done too early")
      writer.send(SIGKILL)
      _ = writer.end()
      try ours("--apply", input: Self.rules(3)).require()
      #expect(try savedTable() == Self.lines(Self.rules(3)))
    }
  }
}
