// SPDX-License-Identifier: Apache-2.0

import IPVS
import Testing

/// The quick way to a plain listing shows the same as the thorough one.
@Suite struct OutlineTests {
  /// What a plain listing shows of a table, in an order that does not depend on a hash.
  private func shown(_ table: Table) -> [String] {
    table.entries.flatMap { entry in
      ["\(entry.service.service)"]
        + entry.destinations.map { status in
          var settings = status.destination.settings
          settings.upperThreshold = 0
          settings.lowerThreshold = 0
          if case .tunnel = settings.forwarding { settings.forwarding = .tunnel(.ipip) }
          return
            "\(entry.id) \(status.id) \(settings) \(status.activeConnections) \(status.inactiveConnections)"
        }
    }.sorted()
  }

  private func compare(_ rules: String) throws {
    try ours("-R", input: rules).require()
    var director = try Director()
    let thorough = try director.table()
    var outline = Outline(of: director)
    let quick = try outline.table()
    #expect(shown(quick) == shown(thorough))
    #expect(quick.entries.count == rules.split(separator: "\n").count { $0.hasPrefix("-A") })
  }

  @Test func aTableOfAllKinds() throws {
    try inNamespace { try compare(SaveTests.table) }
  }

  @Test func marksOfBothFamiliesWithOneNumber() throws {
    try inNamespace {
      try compare(
        """
        -A -f 1 -s rr
        -a -f 1 -r 10.0.0.1:0 -g -w 1
        -A -f 1 -6 -s wlc
        -a -f 1 -6 -r [2001:db8::1]:0 -g -w 2
        -A -f 2 -6 -s wlc
        -a -f 2 -6 -r [2001:db8::1]:0 -g -w 3
        -A -f 3 -s wlc -p 60 -M 255.255.0.0

        """)
    }
  }

  @Test func aServiceWithManyServers() throws {
    try inNamespace {
      let servers = (0..<20_000).map { "-a -f 1 -r 10.1.\($0 / 250).\($0 % 250):0 -g -w \($0)\n" }
      try compare("-A -f 1 -s rr\n-A -f 2 -s rr\n" + servers.joined())
    }
  }

  @Test func serversAreTheirOwnWhileOthersComeAndGo() throws {
    let outcome = try inNamespace {
      try run(
        "/bin/bash",
        [
          "-c",
          """
          seq 300 | sed 's/.*/-A -f &\\n-a -f & -r 10.0.0.1:& -m -w &/' | $0 -R
          edit() { for i in $(seq 8); do
            seq $1 $2 | sed 's/.*/-A -f &\\n-a -f & -r 10.0.0.1:& -m -w &/' | $0 -R
            seq $1 $2 | sed 's/.*/-D -f &/' | $0 -R; done; }
          edit 1001 1200 & edit 2001 2200 &
          for i in $(seq 20); do
            $0 -Ln | awk '$1 == "FWM" { mark = $2; if (mark <= 300 && seen[mark]++) twice++; if (mark <= 300) n++ }
              $1 == "->" && $2 != "RemoteAddress:Port" && $4 != mark { foreign++ } END { print n, twice + 0, foreign + 0 }'
          done | sort -u
          wait
          """, Kernel.ours,
        ])
    }
    #expect(outcome == Outcome(output: "300 0 0\n", errors: "", status: 0))
  }
}
