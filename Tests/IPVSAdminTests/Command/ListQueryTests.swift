// SPDX-License-Identifier: Apache-2.0

import IPVS
import Testing

@testable import IPVSAdmin

/// What listings are asked for.
@Suite struct ListQueryTests {
  private static func query(
    _ subject: ListQuery.Subject = .table, _ style: ListQuery.Style = .plain,
    _ set: (inout ListQuery) -> Void = { _ in }
  ) -> ListQuery {
    var query = ListQuery()
    query.subject = subject
    query.take(style)
    set(&query)
    return query
  }

  private static let web = ServiceName.endpoint(
    .tcp, HostPort("1.2.3.4:80") ?? { preconditionFailure("not an address") }())

  static let queries: [(String, ListQuery)] = [
    ("", query()), ("-L", query()), ("-l", query()), ("--list", query()),
    ("-Ln", query { $0.isNumeric = true }),
    ("-lnc", query(.connections) { $0.isNumeric = true }),
    ("-L --timeout", query(.timeouts)),
    ("-L --watch", query { $0.interval = 2 }),
    ("-L --watch 5 -n", query { ($0.interval, $0.isNumeric) = (5, true) }),
    ("-L --watch=86400 -c", query(.connections) { $0.interval = 86400 }),
    ("-L --daemon", query(.daemons)),
    ("-L --nosort --sort --sort", query { $0.isUnsorted = true }),
    ("-L -f 3 --stats --exact", query(.service(.mark(3, .ipv4)), .stats) { $0.isExact = true }),
    ("-L -6 -f 3 -X", query(.service(.mark(3, .ipv6))) { $0.isExact = true }),
    ("-L -c --persistent-conn", query(.connections, .persistentConnections)),
    ("-L -c --tun-info", query(.connections, .tunnel)),
    ("-L --timeout --tun-info --syncid 1", query(.timeouts, .tunnel)),
    ("-L -t 1.2.3.4:80 -c", query(.connections) { $0.selection.service = web }),
    ("-Lc -6 -f 3", query(.connections) { $0.selection.service = .mark(3, .ipv6) }),
    ("-L -c -r host:http", query(.connections) { $0.selection.server = HostPort("host:http") }),
    ("-L -c --client 10/8", query(.connections) { $0.selection.client = HostPrefix("10.0.0.0/8") }),
    ("-L -c --state syn_Recv", query(.connections) { $0.selection.state = "SYN_RECV" }),
    ("-L -c --count-by server", query(.connections) { $0.countSubject = .server }),
  ]

  @Test(arguments: queries)
  func asks(line: String, query: ListQuery) throws {
    #expect(try ListQuery(line: line) == query)
  }

  /// In capitals or not, each state is known.
  @Test func statesAreThoseOfTheKernel() throws {
    for state in Connection.states {
      for name in ["\(state)", "\(state)".lowercased()] {
        #expect(try ListQuery(line: "-L -c --state \(name)").selection.state == state)
      }
    }
    for name in ["x", "ESTABLISHE", "ESTABLISHED!", "TIME-WAIT", String(repeating: "A", count: 20)] {
      #expect(Misuse(line: "-L -c --state \(name)") == .state(Text(name)), "\(name)")
    }
  }

  private static let styles: [(String, ListQuery.Style)] = [
    ("--stats", .stats), ("--rate", .rate), ("--thresholds", .thresholds),
    ("--persistent-conn", .persistentConnections), ("--tun-info", .tunnel), ("", .plain),
  ]

  /// If several styles are typed, in whatever order, the first one of the table counts.
  @Test func theFirstStyleCounts() throws {
    for (index, (option, style)) in Self.styles.enumerated() {
      for (other, _) in Self.styles[index...].dropFirst() {
        #expect(try ListQuery(line: "-L \(option) \(other)").style == style)
        #expect(try ListQuery(line: "-L \(other) \(option)").style == style)
      }
    }
  }

  @Test(
    arguments: ["-c", "--timeout", "--daemon"], ["--stats", "--rate", "--thresholds", "--persistent-conn"])
  func numbersAreOfServices(subject: String, style: String) {
    let isFine = subject == "-c" && style == "--persistent-conn"
    for line in ["-L \(subject) \(style)", "-L \(style) \(subject)"] {
      #expect(Misuse(line: line) == (isFine ? nil : .listConflict), "\(line)")
    }
  }

  @Test func theConflictIsOfAnyStyle() {
    #expect(Misuse(line: "-L -c --persistent-conn --stats") == .listConflict)
    #expect(Misuse(line: "-L --daemon --tun-info --persistent-conn") == .listConflict)
  }
}
