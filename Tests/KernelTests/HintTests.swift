// SPDX-License-Identifier: Apache-2.0

import Testing

/// Hints come to a terminal, and nowhere else.
@Suite struct HintTests {
  static let refusals: [(lines: [String], told: String)] = [
    (
      ["-A -u 10.0.0.1:53", "-D -t 10.0.0.1:53"],
      "No such service\r\nhint: there is no TCP service 10.0.0.1:53, but UDP service 10.0.0.1:53\r\n"
    ),
    (["-A -f 3 -6", "-D -f 3"], "No such service\r\nhint: there is no mark 3, but mark 3 (-6)\r\n"),
    (["-A -f 3 -6", "-D -f 9"], "No such service\r\nhint: there is no mark 9, but mark 3 (-6)\r\n"),
    (
      ["-A -f 3 -6", "-a -f 3 -6 -r [fd00::8]:80 -m", "-D -t [fd00::8]:80"],
      "No such service\r\nhint: [fd00::8]:80 is a real server of mark 3 (-6), not a virtual service\r\n"
    ),
    (
      ["-A -t 10.0.0.1:80", "-L -t 10.0.0.1:8080"],
      "No such service\r\nhint: there is no TCP service 10.0.0.1:8080, but TCP service 10.0.0.1:80\r\n"
    ),
    (
      ["-A -t 10.0.0.1:80", "-a -t 10.0.0.1:80 -r 10.1.0.1 -m", "-D -t 10.1.0.1:80"],
      "No such service\r\n"
        + "hint: 10.1.0.1:80 is a real server of TCP service 10.0.0.1:80, not a virtual service\r\n"
    ),
    (
      ["-A -t 10.0.0.1:80", "-a -t 10.0.0.1:80 -r 10.1.0.1:81 -m", "-d -t 10.0.0.1:80 -r 10.1.0.1"],
      "No such destination\r\n"
        + "hint: 10.1.0.1:80 is no server of TCP service 10.0.0.1:80, but 10.1.0.1:81\r\n"
    ),
    (
      ["-A -t 10.0.0.1:80", "-a -t 10.0.0.1:80 -r 10.1.0.1 -m", "-e -t 10.0.0.1:80 -r 10.1.0.1 -w 0"],
      "hint: 10.1.0.1:80 is routed now, because no method was given; -m or -i gives another\r\n"
    ),
    (
      [
        "-A -t 10.0.0.1:80", "-a -t 10.0.0.1:80 -r 10.1.0.1 -m", "-a -t 10.0.0.1:80 -r 10.1.0.2 -m",
        "-e -t 10.0.0.1:80 -r 10.1.0.1 -w 0",
      ],
      "hint: 10.1.0.1:80 is routed now, other servers of TCP service 10.0.0.1:80 are masqueraded; "
        + "-m makes it so\r\n"
    ),
    (
      [
        "-A -t 10.0.0.1:80", "-a -t 10.0.0.1:80 -r 10.1.0.1", "-a -t 10.0.0.1:80 -r 10.1.0.2",
        "-e -t 10.0.0.1:80 -r 10.1.0.1 -w 0",
      ], ""
    ),
    (
      ["-A -t 10.0.0.1:80", "-a -t 10.0.0.1:80 -r 10.1.0.1:81 -g"],
      "hint: 10.1.0.1 is reached on the service's port 80, not on 81; only -m changes ports\r\n"
    ),
    (
      ["-L --stat"], "--stat: unknown option\r\nhint: there is no option --stat, but --stats\r\n"
    ),
    (
      ["-R <<X\n-A -f 1\n--ad-server -f 1 -r 10.0.0.1\nX\n"],
      "line 2: Try `\(Kernel.ours) -h' or '\(Kernel.ours) --help' for more information.\r\n"
        + "hint: line 2: --ad-server is no command, but --add-server is one\r\n"
    ),
  ]

  @Test(arguments: refusals)
  func aTerminalIsToldMore(lines: [String], told: String) throws {
    let text = lines.map { "\(Kernel.ours) \($0)" }.joined(separator: " && ")
    let terminal = try inNamespace {
      try run("/usr/bin/env", ["TERM=dumb", "script", "-qec", text, "/dev/null"])
    }
    #expect(terminal.output == told)
    let script = try inNamespace { try run("/bin/sh", ["-c", text]) }
    #expect(script.status == terminal.status)
    let bare = told.split(separator: "\r\n").filter { !$0.hasPrefix("hint: ") }
    #expect(script.errors == bare.map { $0 + "\n" }.joined())
    #expect(script.output == "")
  }

  @Test(arguments: [
    ("TERM=xterm", "\u{1b}[2mhint: there is no mark 1, nor any other service; -A adds one\u{1b}[m"),
    ("TERM=dumb", "hint: there is no mark 1, nor any other service; -A adds one"),
    ("NO_COLOR=1", "hint: there is no mark 1, nor any other service; -A adds one"),
  ])
  func plainWhereItIsWanted(environment: String, hint: String) throws {
    let outcome = try inNamespace {
      try run(
        "/usr/bin/env", ["TERM=xterm", environment, "script", "-qec", "\(Kernel.ours) -D -f 1", "/dev/null"])
    }
    #expect(outcome.output == "No such service\r\n\(hint)\r\n")
    #expect(outcome.status == 255)
  }

  @Test func aMarkDoesNotShowInConnections() throws {
    let outcome = try inNamespace {
      let text = "\(Kernel.ours) -L -c -f 1 --count-by state; \(Kernel.ours) -L -c --count-by state"
      return try run("/usr/bin/env", ["TERM=dumb", "script", "-qec", text, "/dev/null"])
    }
    #expect(
      outcome.output
        == "hint: the kernel shows a mark only in the entries of persistent clients; -r lists all of a server\r\n"
    )
  }

  @Test func rulesAreNoConversation() throws {
    let outcome = try inNamespace {
      let text = "printf '%s\\n' '-D -f 1' '-Lc --count-by state -f 1' | \(Kernel.ours) -R"
      return try run("/usr/bin/env", ["TERM=dumb", "script", "-qec", text, "/dev/null"])
    }
    #expect(outcome.output == "line 1: No such service\r\n")
  }
}
