// SPDX-License-Identifier: Apache-2.0

import IPVS
import Testing

/// Rules that are applied are applied as a whole or not at all.
@Suite struct ApplyTests {
  private static let table = """
    -A -t 1.2.3.4:80 -s rr
    -a -t 1.2.3.4:80 -r 10.0.0.1:80 -m -w 1
    -a -t 1.2.3.4:80 -r 10.0.0.2:80 -m -w 2 -x 9 -y 5
    -A -f 1 -s sh -p 60 -M 255.255.0.0 -b sh-port
    -a -f 1 -r 10.0.0.1:0 -i -w 1 --tun-type gue --tun-port 6080 --tun-csum
    -A -u [2001:db8::1]:53 -s wlc -o
    -a -u [2001:db8::1]:53 -r [2001:db8::2]:53 -g -w 0

    """

  /// Rules of which some are as in the table and some are not, four lines. Lines 5 and up are the tests'.
  private static let rules = """
    -A -t 1.2.3.4:80 -s wrr
    -a -t 1.2.3.4:80 -r 10.0.0.1:80 -m -w 5
    -A -f 2 -s lc
    -a -f 2 -r 10.0.0.3:0 -g -w 1

    """

  static let refusals: [(String, String)] = [
    ("-A -f 1 -s nosuch", "Scheduler or persistence engine not found"),
    ("-A -f 3 -s nosuch", "Scheduler or persistence engine not found"),
    ("-A -f 3 -p 5 --pe nosuch", "Scheduler or persistence engine not found"),
    ("-a -t 1.2.3.4:80 -r 10.0.0.2:80 -m -x 1 -y 2", "Numerical result out of range"),
    ("-a -f 2 -r 10.0.0.9:0 -m -y 2", "Numerical result out of range"),
    (
      "-a -f 2 -r 224.0.0.1:0 -m",
      "Invalid operation.  Possibly wrong module version, address not unicast, ..."
    ),
    ("--start-daemon master --mcast-interface nosuch", "No such device"),
  ]

  /// A change is refused in the middle of others: those before are undone, those after, too.
  @Test(arguments: refusals)
  func whatTheKernelRefusesLeavesTheTableAsItWas(line: String, message: String) throws {
    try inNamespace {
      try ours("-R", input: Self.table).require()
      let before = try savedTable()
      let more =
        "--set 5 6 7\n-A -f 5 -s rr\n-a -f 5 -r 10.0.0.1:0\n--start-daemon backup --mcast-interface lo\n"
      for options in [[], ["--drain", "5"], ["--slow-start", "5"], ["--keep-others"]] {
        let input = "\(Self.rules)\(line)\n\(more.contains("master") ? "" : more)"
        let outcome = try run(Kernel.ours, ["--apply"] + options, input: input)
        #expect(
          outcome == Outcome(output: "", errors: "line 5: \(message); the table is as it was\n", status: 255))
        #expect(try savedTable() == before, "\(options)")
      }
    }
  }

  /// The conversation with the kernel fails, at each place in turn.
  @Test(arguments: ["sendto:error=ENOBUFS", "recvmmsg:error=ENOMEM"])
  func whatFailsOnTheWayLeavesTheTableAsItWas(fault: String) throws {
    let fail = "exec strace -o /dev/null -e inject=\(fault):when=$0 \"$@\""
    try inNamespace {
      try ours("-R", input: Self.table).require()
      let before = try savedTable()
      var refusals = 0
      while refusals < 100 {
        let outcome = try run(
          "/bin/sh", ["-c", fail, "\(refusals + 1)", Kernel.ours, "--apply"],
          input: "\(Self.rules)--set 5 6 7\n")
        if outcome.status == 0 { break }
        refusals += 1
        #expect(try savedTable() == before, "\(refusals): \(outcome.errors)")
      }
      #expect(refusals > 5)
      #expect(try savedTable() != before)
    }
  }

  @Test func rulesWithMistakesChangeNothing() throws {
    try inNamespace {
      try ours("-R", input: Self.table).require()
      let before = try savedTable()
      for options in [[], ["--dry-run"], ["--drain", "5"]] {
        let input = "\(Self.rules)-C\n-A -t nosuch.invalid:80\n-A -f 2\n-A -f 3 --wieght 5\n"
        let outcome = try run(Kernel.ours, ["--apply"] + options, input: input)
        #expect(
          outcome
            == Outcome(
              output: "",
              errors: """
                line 5: only -A, -a, --set and --start-daemon can be applied
                line 6: illegal virtual server address[:port] specified
                line 7: this is in the rules twice
                line 8: --wieght: unknown option

                """, status: 2))
        #expect(try savedTable() == before)
      }
    }
  }

  /// No rules are the rules of an empty table, as `--save` writes them.
  @Test func noRulesAreAnEmptyTable() throws {
    try inNamespace {
      try ours("-R", input: Self.table).require()
      let changes = try ours("--apply", "--dry-run", input: "# nothing\n").require()
      #expect(
        changes.split(separator: "\n").sorted() == ["-D -f 1", "-D -t 1.2.3.4:80", "-D -u [2001:db8::1]:53"])
      try ours("--apply", "--keep-others", input: "").require()
      #expect(try ours("-Sn").require() != "")
      try ours("--apply", input: "").require()
      #expect(try ours("-Sn").require() == "")
    }
  }

  @Test func closedInputIsNoRules() throws {
    try inNamespace {
      try ours("-R", input: Self.table).require()
      let before = try savedTable()
      let outcome = try run("/bin/sh", ["-c", "exec \"$0\" --apply <&-", Kernel.ours])
      #expect(
        outcome == Outcome(output: "", errors: "cannot read the rules: Bad file descriptor\n", status: 1))
      #expect(try savedTable() == before)
    }
  }

  @Test(arguments: [["--apply"], ["--apply", "--dry-run"]])
  func withoutRootNothingIsApplied(arguments: [String]) throws {
    try inNamespace {
      let words = ["--reuid=65534", "--clear-groups", Kernel.ours] + arguments
      let outcome = try run("/usr/bin/setpriv", words, input: Self.rules)
      #expect(outcome.status == 2)
      #expect(outcome.output == "")
      #expect(outcome.errors.hasPrefix("Can't initialize ipvs: Permission denied (you must be root)\n"))
      #expect(try ours("-Sn").require() == "")
    }
  }

  @Test func timeoutsAndDaemonsAreApplied() throws {
    try inNamespace {
      let status = """
        --set 9 8 7
        --start-daemon master --mcast-interface lo --syncid 3 --sync-maxlen 65507 --mcast-group 224.0.0.81 --mcast-port 8848 --mcast-ttl 1
        --start-daemon backup --mcast-interface lo --syncid 4 --sync-maxlen 1024 --mcast-group ff02::51 --mcast-port 7 --mcast-ttl 5

        """
      try ours("--apply", input: status + Self.table).require()
      #expect(try savedTable() == (status + Self.table).split(separator: "\n").map(String.init).sorted())
      #expect(try changingRequests(["--apply"], input: status + Self.table) == 0)
      // Rules that do not speak of them leave them alone.
      try ours("--apply", input: Self.table).require()
      #expect(try savedTable() == (status + Self.table).split(separator: "\n").map(String.init).sorted())
      // The kernel takes no length as it is that is too short for a backup.
      let short = "--start-daemon backup --mcast-interface lo --sync-maxlen 5\n"
      try ours("--apply", "--keep-others", input: short).require()
      #expect(try ours("--apply", "--dry-run", "--keep-others", input: short).require() == "")
      let daemons = try savedTable().filter { $0.hasPrefix("--start") }
      #expect(
        daemons == [
          "--start-daemon backup --mcast-interface lo --syncid 0 --sync-maxlen 1024 --mcast-group 224.0.0.81 --mcast-port 8848 --mcast-ttl 1"
        ])
    }
  }

  @Test func othersAndWeightsAreKept() throws {
    try inNamespace {
      try ours("-R", input: Self.table).require()
      let changes = try ours("--apply", "--dry-run", "--keep-others", "--keep-weights", input: Self.rules)
        .require()
      #expect(
        changes == """
          -E -t 1.2.3.4:80 -s wrr
          -A -f 2 -s lc
          -a -f 2 -r 10.0.0.3:0 -g -w 1
          -d -t 1.2.3.4:80 -r 10.0.0.2:80

          """)
      try ours("--apply", "--keep-others", "--keep-weights", input: Self.rules).require()
      #expect(
        try savedTable().filter { !$0.hasPrefix("--set") }
          == """
          -A -f 1 -s sh -p 60 -M 255.255.0.0 -b sh-port
          -A -f 2 -s lc
          -A -t 1.2.3.4:80 -s wrr
          -A -u [2001:db8::1]:53 -s wlc -o
          -a -f 1 -r 10.0.0.1:0 -i -w 1 --tun-type gue --tun-port 6080 --tun-csum
          -a -f 2 -r 10.0.0.3:0 -g -w 1
          -a -t 1.2.3.4:80 -r 10.0.0.1:80 -m -w 1
          -a -u [2001:db8::1]:53 -r [2001:db8::2]:53 -g -w 0
          """.split(separator: "\n").map(String.init))
    }
  }

  // MARK: - Scale

  private static func large(_ weight: (Int) -> Int) -> String {
    (0..<1000).map { service in
      let name = "10.\(service / 250).\(service % 250).1:80"
      let servers = (1...10).map { server in
        "-a -t \(name) -r 172.16.\(service % 250).\(server):80 -m -w \(weight(service * 10 + server))\n"
      }
      return "-A -t \(name) -s rr\n" + servers.joined()
    }.joined()
  }

  @Test func aLargeTableIsChangedWhereItDiffers() throws {
    try inNamespace {
      try ours("-R", input: Self.large { _ in 1 }).require()
      let one = Self.large { $0 == 4321 ? 2 : 1 }
      #expect(
        try ours("--apply", "--dry-run", input: one).require()
          == "-e -t 10.1.182.1:80 -r 172.16.182.1:80 -m -w 2\n")
      #expect(try changingRequests(["--apply"], input: one) == 1)
      let all = Self.large { $0 % 7 + 2 }
      #expect(try changingRequests(["--apply"], input: all) == 10_000)
      #expect(
        try savedTable() == ("--set 900 120 300\n" + all).split(separator: "\n").map(String.init).sorted())
    }
  }
}
