// SPDX-License-Identifier: Apache-2.0

import Testing

/// What the user sees without IPVS, without root, and when nothing can be written.
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

  /// What is new comes after what the reference prints.
  @Test func helpBeginsLikeTheReferences() throws {
    try inNamespace {
      let reference = try run(Kernel.reference, ["-h"]).require().replacing(Kernel.reference, with: "ipvsadm")
      let ours = try run(Kernel.ours, ["-h"]).require().replacing(Kernel.ours, with: "ipvsadm")
      #expect(ours.hasPrefix(reference + "\nNot in ipvsadm 1.31:\n"))
    }
  }

  private func nobody(_ arguments: String...) throws -> Outcome {
    try run("/usr/bin/setpriv", ["--reuid=65534", "--clear-groups", Kernel.ours] + arguments)
  }

  @Test(arguments: [
    "--stats", "--rate", "--thresholds", "--persistent-conn", "--tun-info", "--timeout", "--daemon",
  ])
  func withoutRootWhatOnlyNetlinkTellsIsRefused(option: String) throws {
    try inNamespace {
      let outcome = try nobody("-Ln", option)
      #expect(outcome.status == 2)
      #expect(outcome.output == "")
      #expect(
        outcome.errors == "Can't initialize ipvs: Permission denied (you must be root)\n" + Self.question)
      #expect(try nobody("-Ln", "-f", "1").errors == outcome.errors)
      for command in ["-Sn", "-C", "-R"] { #expect(try nobody(command).errors == outcome.errors) }
    }
  }

  /// What the file does not have is left out, and everything else is as root sees it.
  @Test func withoutRootTheTableIsListed() throws {
    try inNamespace {
      try ours("-R", input: SaveTests.table).require()
      let whole = try ours("-Ln").require()
      let seen = try nobody("-Ln").require()
      var expected = whole
      for flags in [
        " (sh-fallback,sh-port)", " (mh-fallback)", " (flag-1,flag-3)", " pe sip", " mask 64", " mask 48",
      ] {
        #expect(expected.contains(flags))
        expected = expected.replacing(flags, with: "")
      }
      let sorted = { (text: String) in text.split(separator: "\n").sorted() }
      #expect(sorted(seen) == sorted(expected.replacing("FWM  2 IPv6", with: "FWM  2")))
      #expect(try nobody("-Ln", "-t", "1.2.3.4:80") == ours("-Ln", "-t", "1.2.3.4:80"))
      #expect(try nobody("-Ln", "-t", "1.2.3.4:81") == ours("-Ln", "-t", "1.2.3.4:81"))
      #expect(try nobody("-Lnc") == ours("-Lnc"))
      #expect(try nobody() == nobody("-L"))
      try ours("-C").require()
      try ours("-R", input: "-A -f 1 -6 -s rr\n-a -f 1 -6 -r [fd00::1]:0 -g -w 1\n").require()
      #expect(try nobody("-Ln") == ours("-Ln"))
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
