// SPDX-License-Identifier: Apache-2.0

import TestNoise
import IPVS
import Testing

@testable import IPVSAdmin

/// The table that rules describe.
@Suite struct GoalTests {
  private static func rules(_ text: String) -> Rules {
    Rules(Array(text.utf8), for: .goal, by: Resolver(), program: "x")
  }

  /// All that is wrong with a text.
  private static func mistakes(_ text: String) -> String {
    let rules = rules(text)
    var mistakes = rules.mistakes
    mistakes.merge(Goal(rules, program: "x").mistakes)
    return mistakes.isEmpty ? "" : mistakes.text.string
  }

  private static let twice = "this is in the rules twice"
  private static let noService = "the rules have no such service before this line"
  private static let notApplied = "only -A, -a, --set and --start-daemon can be applied"

  static let texts: [(String, String)] = [
    ("", ""), ("\n# nothing\n\n", ""), ("-A -f 1\n-A -f 1 -6\n-A -t 1.2.3.4:1\n-A -u 1.2.3.4:1\n", ""),
    ("-A -f 1\n\n-A -f 1 -s rr\n", "line 3: \(twice)"),
    ("-A -f 1\n-A -f 1\n-a -f 1 -r 10.0.0.1\n", "line 2: \(twice)"),
    ("-A -t 1.2.3.4:80\n-A --tcp-service 1.2.3.4:80 -p\n", "line 2: \(twice)"),
    ("-A -f 1\n-A -f 2\n-a -f 1 -r 10.0.0.1\n-a -f 2 -r 10.0.0.1\n", ""),
    ("-A -f 1\n-a -f 1 -r 10.0.0.1 -m\n# again\n-a -f 1 -r 10.0.0.1 -w 5\n", "line 4: \(twice)"),
    ("-A -f 1\n-a -f 1 -r 10.0.0.1:1\n-a -f 1 -r 10.0.0.1:2\n", ""),
    // With these methods every port is the service's.
    (
      "-A -t 1.2.3.4:80\n-a -t 1.2.3.4:80 -r 10.0.0.1:1 -g\n-a -t 1.2.3.4:80 -r 10.0.0.1:2 -g\n",
      "line 3: \(twice)"
    ),
    ("-A -t 1.2.3.4:80\n-a -t 1.2.3.4:80 -r 10.0.0.1:1 -m\n-a -t 1.2.3.4:80 -r 10.0.0.1:2 -m\n", ""),
    ("-a -f 1 -r 10.0.0.1\n-A -f 1\n", "line 1: \(noService)"),
    ("-a -f 1 -r 10.0.0.1 -m -w 1", "line 1: \(noService)"),
    ("-A -f 1\n-a -f 1 -6 -r [::1]:0 -m\n", "line 2: \(noService)"),
    ("--set 1 2 3\n--set 0 0 3\n", "line 2: \(twice)"),
    ("--start-daemon master\n--start-daemon backup\n", ""),
    ("--start-daemon master\n--start-daemon master --syncid 5\n", "line 2: \(twice)"),
    ("-C\n", "line 1: \(notApplied)"), ("# none\n ipvsadm \n", "line 2: \(notApplied)"),
    ("-E -f 1\n", "line 1: \(notApplied)"),
    ("-D -f 1\n", "line 1: \(notApplied)"),
    ("-A -f 1\n-e -f 1 -r 10.0.0.1\n", "line 2: \(notApplied)"),
    ("-d -f 1 -r 10.0.0.1", "line 1: \(notApplied)"),
    ("-Z\n", "line 1: \(notApplied)"), ("-L\n", "line 1: \(notApplied)"), ("-S\n", "line 1: \(notApplied)"),
    ("-R\n", "line 1: \(notApplied)"), ("--apply\n", "line 1: \(notApplied)"),
    ("-h\n", "line 1: \(notApplied)"),
    ("-v\n", "line 1: \(notApplied)"), ("--stop-daemon master\n", "line 1: \(notApplied)"),
    ("-A -f 1\n-a -f 1 -r 10.0.0.1 --slow-start 5\n", "line 2: \(notApplied)"),
    ("-D -f 1 --drain 5\n", "line 1: \(notApplied)"), ("-E -f 1 --keep\n", "line 1: \(notApplied)"),
    // All mistakes are told at once, in the order of their lines.
    (
      "-A -f 1\n-A -f 1\n-A -t 1.2.3.4\n-a -f 2 -r 10.0.0.1\n-x\n",
      """
      line 2: \(twice)
      line 3: Zero port specified for non-persistent service
      line 4: \(noService)
      line 5: this is no rule
      """
    ),
  ]

  @Test(arguments: texts)
  func mistakes(text: String, mistakes: String) {
    #expect(Self.mistakes(text) == mistakes)
  }

  @Test func rulesAreATable() {
    let goal = Goal(
      Self.rules(
        "-A -f 2\n--set 1 0 3\n-A -f 1 -s rr\n-a -f 2 -r 10.0.0.1 -w 5\n--start-daemon master\n-a -f 1 -r 10.0.0.2\n"
      ),
      program: "x")
    #expect(goal.table.entries.map(\.id) == [.mark(2), .mark(1)])
    #expect(goal.table.entries.map { $0.destinations.map(\.id) } == [["10.0.0.1:0"], ["10.0.0.2:0"]])
    #expect(goal.table.timeouts == Timeouts(tcp: 1, udp: 3))
    #expect(goal.table.daemons == [SyncDaemon(.master, interface: "eth0")])
    let plain = Goal(Self.rules("-A -f 2\n"), program: "x").table
    #expect(plain.timeouts == nil && plain.daemons == nil)
  }

  /// What is saved of a table is that table.
  @Test(arguments: Noise.seeds)
  func savedTablesAreTheirOwnGoal(seed: UInt64) {
    var noise = Noise(seed: seed)
    for _ in 0..<50 {
      let table = Table.random(&noise)
      var text = Text()
      RuleWriter(names: NameTable()).add(table, to: &text)
      let rules = Self.rules(text.string)
      let goal = Goal(rules, program: "x")
      // A random table may have something twice.
      if !goal.mistakes.isEmpty { continue }
      #expect(rules.mistakes.isEmpty, "seed \(seed)")
      #expect(table.changes(to: goal.table).isEmpty, "seed \(seed): \(text.string)")
      let back = goal.table.changes(to: table)
      #expect(back.allSatisfy { $0.isOfKernelsMethod }, "seed \(seed): \(text.string)")
    }
  }

  @Test func linesOfChanges() {
    let rules = Self.rules(
      """
      # comment
      -A -f 1
      -a -f 1 -r 10.0.0.1 -m
      -a -f 1 -r 10.0.0.2 --weight 5
      -A -f 2
      -a -f 2 -r 10.0.0.2
      --set 1 2 3
      --start-daemon backup
      --start-daemon master
      """)
    let (one, two): (Destination, Destination) = (Destination("10.0.0.1:0"), Destination("10.0.0.2:0"))
    let lines: [(Change, Int?)] = [
      (.addService(Service(.mark(1))), 2), (.editService(Service(.mark(2))), 5),
      (.addDestination(one, to: .mark(1)), 3), (.editDestination(two, of: .mark(1)), 4),
      (.addDestination(two, to: .mark(2)), 6), (.addDestination(one, to: .mark(2)), nil),
      (.setTimeouts(Timeouts()), 7), (.startDaemon(SyncDaemon(.master, interface: "lo")), 9),
      (.startDaemon(SyncDaemon(.backup, interface: "lo")), 8),
      (.deleteService(.mark(1)), nil), (.deleteDestination(one.endpoint, from: .mark(1)), nil),
      (.stopDaemon(.master), nil),
    ]
    for (change, line) in lines { #expect(rules.line(of: change) == line, "\(change)") }
  }

  /// Only servers that are new, and weigh more than one, begin slowly.
  @Test func newServersAreSlowedDown() {
    let text = """
      -A -f 1
      -a -f 1 -r 10.0.0.1 -w 9
      -a -f 1 -r 10.0.0.2 -w 9
      -a -f 1 -r 10.0.0.3 -w 1
      -a -f 1 -r 10.0.0.4 -w 0
      -A -f 2
      -a -f 2 -r 10.0.0.1 -w 5
      """
    var goal = Goal(Self.rules(text), program: "x")
    let present = Goal(Self.rules("-A -f 1\n-a -f 1 -r 10.0.0.1 -w 2\n"), program: "x").table
    let slowed = goal.slowDown(newTo: present)
    #expect(
      slowed.map { $0.0 } == [Destination("10.0.0.2:0", weight: 9), Destination("10.0.0.1:0", weight: 5)])
    #expect(slowed.map { $0.1 } == [.mark(1), .mark(2)])
    #expect(
      goal.table.entries.map { $0.destinations.map(\.destination.settings.weight) } == [[9, 1, 1, 0], [1]])
  }
}

extension Change {
  /// Whether it edits a server that the kernel forwards to in its own way.
  fileprivate var isOfKernelsMethod: Bool {
    guard case .editDestination(let server, _) = self else { return false }
    return server.settings.forwarding == .local || server.settings.forwarding == .bypass
  }
}
