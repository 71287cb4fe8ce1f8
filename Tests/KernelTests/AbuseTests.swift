// SPDX-License-Identifier: Apache-2.0

import Testing

/// Misuse gets one clear line and the right status, and causes no trap.
@Suite struct AbuseTests {
  /// Runs a shell script in which `$I` is our program.
  private func script(_ text: String) throws -> Outcome {
    try inNamespace { try run("/bin/bash", ["-c", "I=$0; \(text)", Kernel.ours]) }
  }

  static let lines: [(script: String, status: Int32, errors: String)] = [
    // A megabyte does not fit into one argument, but 128 KiB less a byte do.
    (
      "$I -A -t $(head -c 131000 /dev/zero | tr '\\0' a):80", 2,
      "illegal virtual server address[:port] specified\n"
    ),
    (
      "$I -A -t $(head -c 131000 /dev/zero | tr '\\0' 1):80", 2,
      "illegal virtual server address[:port] specified\n"
    ),
    ("$I -A -f $(head -c 100000 /dev/zero | tr '\\0' 0)1", 0, ""),
    (
      "$I -a -t 1.2.3.4:80 -r 10.0.0.1 -w $(head -c 100000 /dev/zero | tr '\\0' 9)", 2,
      "illegal weight specified\n"
    ),
    (
      "$I -A -f 1 -s $(head -c 100000 /dev/zero | tr '\\0' s)", 255,
      "Scheduler or persistence engine not found\n"
    ),
    ("$I -L $(seq 2000)", 2, "unexpected argument 1\n"),
    ("$I -L $(yes -- -6 | head -2000)", 2, "-6 used before -f\n\n"),
    ("$I -A -f 1 $(yes -- --sort | head -2000)", 0, ""),
    ("$I -A -t $'1.2.3.4:\\u200c80'", 2, "illegal virtual server address[:port] specified\n"),
    ("$I -A -t $'1.2.3.4:\\u030180'", 2, "illegal virtual server address[:port] specified\n"),
    ("$I -A -t $'[::1]\\u0301:80'", 2, "illegal virtual server address[:port] specified\n"),
    ("$I -A -t $'\\xff\\xfe':80", 2, "illegal virtual server address[:port] specified\n"),
    ("$I -A -f 1 -s $'\\xff\\xfe\\xff\\xfe\\xff\\xfe'", 255, "Scheduler or persistence engine not found\n"),
    ("echo -e '-A -t \\xff\\xfe:80' | $I -R", 2, "line 1: illegal virtual server address[:port] specified\n"),
    ("head -c 100 /dev/zero | $I -R", 2, "line 1: Try `/I -h' or '/I --help' for more information.\n"),
    (
      "head -c 10000000 /dev/zero | tr '\\0' a | $I -R", 2,
      "line 1: Try `/I -h' or '/I --help' for more information.\n"
    ),
    ("$I -R </", 1, "cannot read the rules: Is a directory\n"),
    (
      "printf -- '-A -f 1\\n-Ln\\n-A -f 1\\n' | $I -R >/dev/full", 255, "line 3: Service already exists\n"
    ),
    (
      "printf -- '-A -f 1\\n-A -f 2\\n' | strace -o /dev/null -e inject=recvmmsg:error=ENOMEM:when=2 $I -R",
      255,
      "line 1: Cannot allocate memory; from this line on, rules may not have been carried out\n"
    ),
    ("$I -h >&-", 1, "cannot write the output: Bad file descriptor\n"),
    ("$I -v >/dev/full", 1, "cannot write the output: No space left on device\n"),
    ("exec 2>&-; $I -A", 2, ""),
    ("exec 0<&- 1>&- 2>&-; $I -A -f 1", 0, ""),
    ("exec 0<&- 1>&- 2>&-; $I -Ln", 1, ""),
  ]

  @Test(arguments: lines.indices)
  func oneLine(index: Int) throws {
    let (text, status, errors) = Self.lines[index]
    let outcome = try script(text)
    #expect(outcome.status == status, "\(text)")
    let told = outcome.errors.split(separator: Kernel.ours, omittingEmptySubsequences: false)
    #expect(told.joined(separator: "/I") == errors, "\(text)")
    #expect(outcome.output == "", "\(text)")
  }

  @Test func aMillionLines() throws {
    let outcome = try script("yes -- '-Z' | head -1000000 | $I -R")
    #expect(outcome == Outcome(output: "", errors: "", status: 0))
  }

  @Test func twoEditWhileAThirdLists() throws {
    let outcome = try script(
      """
      $I -A -t 1.2.3.4:80; $I -a -t 1.2.3.4:80 -r 10.0.0.9
      edit() { for i in $(seq 20); do $I -a -t 1.2.3.4:80 -r 10.0.0.$1 && $I -d -t 1.2.3.4:80 -r 10.0.0.$1; done; }
      edit 1 & edit 2 &
      for i in $(seq 20); do $I -Ln | grep -c '^TCP  1.2.3.4:80 wlc$\\|10.0.0.9:80 '; done | sort -u
      wait
      $I -Sn
      """)
    #expect(
      outcome
        == Outcome(
          output: "2\n-A -t 1.2.3.4:80 -s wlc\n-a -t 1.2.3.4:80 -r 10.0.0.9:80 -g -w 1\n", errors: "",
          status: 0))
  }
}
