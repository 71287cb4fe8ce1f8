// SPDX-License-Identifier: Apache-2.0

import Testing

/// The cost of commands in system calls, which is the same in every run. The benchmark measures times.
@Suite struct CostTests {
  private static let services = 1000
  private static let serversEach = 10

  private static let rules = (0..<services).map { service in
    let name = "10.\(service / 250).\(service % 250).1:80"
    let servers = (1...serversEach).map { "-a -t \(name) -r 172.16.\(service % 250).\($0):80 -m\n" }
    return "-A -t \(name)\n" + servers.joined()
  }.joined()

  /// How many calls a command makes, from the loader's first to the last.
  private func calls(_ arguments: [String], input: String = "") throws -> Int {
    let script = "strace -f -c -U calls -o /run/calls \"$@\" >/run/rows && tail -1 /run/calls"
    let line = try run("/bin/sh", ["-c", script, "sh", Kernel.ours] + arguments, input: input).require()
    return try #require(line.split(separator: " ").lazy.compactMap { Int($0) }.first, "\(line)")
  }

  @Test(.enabled(if: Kernel.isShipped, "IPVSADM is not the program that is shipped"))
  func callsAreFew() throws {
    try inNamespace {
      #expect(try calls(["-h"]) <= 45)
      #expect(try calls(["-L", "--timeout"]) <= 65)
      #expect(try calls(["-R"], input: Self.rules) <= 300)
      // Netlink needs two calls for the servers of a service; the file takes one for each page of memory.
      let each = Self.services * 21 / 10 + 100
      for (arguments, most) in [(["-Ln"], 400), (["-Ln", "--stats", "--exact"], each), (["-Sn"], each)] {
        #expect(try calls(arguments) <= most, "\(arguments)")
        let lines = try run("/usr/bin/wc", ["-l", "/run/rows"]).require()
        #expect(
          lines.hasPrefix("\(Self.services * (Self.serversEach + 1) + (arguments[0] == "-Sn" ? 0 : 3)) "))
      }
    }
  }

  /// How many pages a program touches from its start to its end. Neither load nor speed changes that. The guest maps
  /// files page by page: 80 more than an empty program are 15 more on a kernel that maps sixteen pages at once.
  private func faults(_ program: String) throws -> Int {
    let script = """
      import os, sys
      quiet = [(os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)]
      process = os.posix_spawn(sys.argv[1], [sys.argv[1], "-v"], os.environ, file_actions=quiet)
      print(os.wait4(process, 0)[2].ru_minflt)
      """
    let output = try run("/usr/bin/python3", ["-c", script, program]).require()
    return try #require(Int(output.filter(\.isNumber)))
  }

  @Test(.enabled(if: Kernel.isShipped, "IPVSADM is not the program that is shipped"))
  func startTouchesFewPages() throws {
    let compile = """
      D=$(mktemp -d /run/cost.XXXX); echo 'int main(void) { return 0; }' >$D/empty.c
      "$(command -v cc || command -v clang)" -O2 -o $D/empty $D/empty.c && printf %s $D/empty
      """
    let empty = try faults(run("/bin/bash", ["-c", compile]).require())
    let ours = try faults(Kernel.ours)
    #expect(ours <= empty + 90)
  }

  @Test func aLargeTableIsListedWholeWhileItChanges() throws {
    let outcome = try inNamespace {
      try run(
        "/bin/bash",
        [
          "-c",
          """
          seq 400 | sed 's/.*/-A -f &/' | $0 -R
          edit() { for i in $(seq 15); do
            seq $1 $2 | sed 's/.*/-A -f &/' | $0 -R; seq $1 $2 | sed 's/.*/-D -f &/' | $0 -R; done; }
          edit 1001 1100 & edit 2001 2100 &
          for i in $(seq 30); do
            $0 -Ln | sort | uniq -c | awk '$2 == "FWM" && $3 <= 400 { n++ } $1 > 1 { twice++ }
              END { print n + 0, twice + 0 }'
          done | sort -u
          wait
          """, Kernel.ours,
        ])
    }
    #expect(outcome == Outcome(output: "400 0\n", errors: "", status: 0))
  }
}
