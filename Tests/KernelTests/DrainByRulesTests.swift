// SPDX-License-Identifier: Apache-2.0

import Glibc
import IPVS
import Testing

/// Rules that are applied with `--drain`.
extension DrainTests {
  private static let rules = """
    -A -t 127.0.0.1:80 -s wrr
    -a -t 127.0.0.1:80 -r 127.0.0.3:8080 -m -w 1

    """

  @Test func appliedRulesDrainWhatTheyRemove() throws {
    try withServers {
      let client = connection()
      let program = Running(Kernel.ours, ["--apply", "--drain", "600"], input: Self.rules)
      try awaitWeight(0)
      // Everything else is as in the rules already; the service without connections goes soon.
      #expect(try ours("-Sn").require().contains("-A -t 127.0.0.1:80 -s wrr\n"))
      #expect(try server(Self.two) != nil)
      try soon("the other service is gone") { try !ours("-Sn").require().contains("127.0.0.1:81") }
      #expect(program.isThere)
      close(client)
      #expect(program.end() == Self.silence)
      #expect(try ours("-Sn").require() == Self.rules)
    }
  }

  @Test func aSignalLeavesTheRestOfTheRulesApplied() throws {
    try withServers {
      let client = connection()
      defer { close(client) }
      let program = Running(Kernel.ours, ["--apply", "--drain", "600", "--keep-others"], input: Self.rules)
      try awaitWeight(0)
      program.send(SIGINT)
      let told = "interrupted; 1 server has its weight back\n"
      #expect(program.end() == Outcome(output: "", errors: told, status: 130))
      #expect(try server()?.destination.settings.weight == 5)
      #expect(try server(Self.two)?.destination.settings.weight == 1)
      try ours("--apply", input: Self.rules).require()
      #expect(try ours("-Sn").require() == Self.rules)
    }
  }

  /// One that waits for another takes its turn when that is killed.
  @Test func theLockEndsWithItsOwner() throws {
    try withServers {
      let client = connection()
      defer { close(client) }
      let owner = Running(Kernel.ours, ["--apply", "--drain", "600"], input: Self.rules)
      try awaitWeight(0)
      let next = Running(Kernel.ours, ["--apply"], input: Self.table)
      // A dry run changes nothing, and waits for nobody.
      #expect(try ours("--apply", "--dry-run", input: Self.rules).status == 0)
      usleep(300_000)
      #expect(next.isThere)
      #expect(try server()?.destination.settings.weight == 0)
      owner.send(SIGKILL)
      _ = owner.end()
      #expect(next.end() == Self.silence)
      #expect(
        try ours("-Sn").require().split(separator: "\n").sorted()
          == Self.table.split(separator: "\n").sorted())
    }
  }
}
