// SPDX-License-Identifier: Apache-2.0

import Testing

/// What is seen without IPVS, without root, and without a place to write to.
@Suite struct UserTests {
  private static let question = "Are you sure that IP Virtual Server is built in the kernel or as module?\n"

  @Test(
    .enabled(if: Kernel.withoutIPVS != nil, "the kernel is the host's, and not ours to take IPVS from"),
    arguments: Kernel.commandsWithoutIPVS, ["0", "65534"])
  func withoutIPVS(arguments: [String], user: String) throws {
    let outcome = try #require(Kernel.withoutIPVS?[[user] + arguments])
    if arguments == ["-h"] || arguments == ["-v"] {
      #expect(outcome.status == 0)
      #expect(outcome.output.hasPrefix("ipvsadm v1.31"))
      #expect(outcome.errors == "")
    } else {
      #expect(outcome.status == 2)
      #expect(outcome.output == "")
      #expect(outcome.errors == "Can't initialize ipvs: Protocol not available\n" + Self.question)
    }
  }

  @Test func withoutRoot() throws {
    try inNamespace {
      let outcome = try run("/usr/bin/setpriv", ["--reuid=65534", "--clear-groups", Kernel.ours, "-Ln"])
      #expect(outcome.status == 2)
      #expect(
        outcome.errors == "Can't initialize ipvs: Permission denied (you must be root)\n" + Self.question)
    }
  }

  static let lostOutputs = [
    (">/dev/full", "No space left on device"), (">&-", "Bad file descriptor"),
  ]

  @Test(arguments: lostOutputs)
  func outputThatIsLostIsNotSuccess(redirection: String, reason: String) throws {
    try inNamespace {
      let script = "{ \"$0\" -Ln 2>&3; echo $? >&3; } 3>&2 \(redirection)"
      let outcome = try run("/bin/bash", ["-c", script, Kernel.ours])
      #expect(outcome.errors == "cannot write the output: \(reason)\n1\n")
      #expect(outcome.output == "")
    }
  }

  @Test func closedInputIsNoRules() throws {
    try inNamespace {
      let outcome = try run("/bin/sh", ["-c", "exec \"$0\" -R <&-", Kernel.ours])
      #expect(outcome == Outcome(output: "", errors: "", status: 0))
    }
  }

  @Test func closedInputDoesNotClear() throws {
    try inNamespace {
      try ours("-A", "-f", "1").require()
      let outcome = try run("/bin/bash", ["-c", "exec -a ipvsadm-restore \"$0\" <&-", Kernel.ours])
      #expect(
        outcome == Outcome(output: "", errors: "cannot read the rules: Bad file descriptor\n", status: 1))
      #expect(try ours("-Sn").output == "-A -f 1 -s wlc\n")
    }
  }
}
