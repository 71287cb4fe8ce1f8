// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import IPVSAdmin

/// Which options go with which commands, held against what the reference does: the table says so, and the parser.
@Suite struct LegalityTests {
  struct Rule {
    let verb: Verb
    var needed: Set<String> = []
    var allowed: Set<String> = []
    var exclusive: Set<String> = []
  }

  private static let service: Set = ["service-address"]
  private static let settings: Set = ["scheduler", "persistent", "netmask", "ops", "pe", "sched-flags"]
  private static let server: Set = [
    "forwarding-method", "weight", "u-threshold", "l-threshold", "tun-type", "tun-port", "tun-nocsum",
    "tun-csum",
    "tun-remcsum",
  ]

  static let rules = commandRules.map { rule in
    // They are carried out before any option is looked at.
    if rule.verb == .help || rule.verb == .version { return rule }
    var rule = rule
    rule.allowed.insert("netns")
    return rule
  }

  private static let commandRules = [
    Rule(verb: .addService, needed: service, allowed: settings),
    Rule(verb: .editService, needed: service, allowed: settings.union(["keep"])),
    Rule(verb: .deleteService, needed: service, allowed: ["drain"]),
    Rule(
      verb: .addDestination, needed: service.union(["real-server"]), allowed: server.union(["slow-start"])),
    Rule(verb: .editDestination, needed: service.union(["real-server"]), allowed: server.union(["keep"])),
    Rule(verb: .deleteDestination, needed: service.union(["real-server"]), allowed: ["drain"]),
    Rule(
      verb: .list,
      allowed: [
        "numeric", "stats", "rate", "thresholds", "persistent-conn", "nosort", "syncid", "exact", "tun-info",
        "json", "metrics", "watch",
      ], exclusive: ["connection", "service-address", "timeout", "daemon"]),
    Rule(
      verb: .startDaemon,
      allowed: ["mcast-interface", "mcast-group", "mcast-port", "mcast-ttl", "syncid", "sync-maxlen"]),
    Rule(verb: .stopDaemon, allowed: ["syncid"]),
    Rule(verb: .save, allowed: ["numeric", "all"]),
    Rule(verb: .apply, allowed: ["drain", "slow-start", "dry-run", "keep-others", "keep-weights"]),
    Rule(verb: .zero, allowed: service),
    Rule(verb: .doctor, allowed: ["json", "probe", "verbose"], exclusive: service.union(["virtual"])),
    Rule(verb: .clear), Rule(verb: .restore), Rule(verb: .set),
    Rule(verb: .help), Rule(verb: .version),
  ]

  @Test func everyCommandHasARule() {
    #expect(Self.rules.map(\.verb.rawValue).sorted() == Verb.allCases.map(\.rawValue))
  }

  @Test(arguments: rules.indices)
  func theTableSaysSo(index: Int) {
    let rule = Self.rules[index]
    func names(_ contexts: (Legality) -> Legality.Contexts) -> Set<String> {
      Set(
        Option.kinds.filter { contexts($0.legality).contains(.command(rule.verb)) }.map { "\($0.kind.name)" })
    }
    #expect(names(\.needed) == rule.needed)
    #expect(names(\.allowed) == rule.allowed)
    #expect(names(\.exclusive) == rule.exclusive)
  }

  @Test(arguments: rules.indices)
  func theParserDoesSo(index: Int) throws {
    let rule = Self.rules[index]
    if rule.verb == .help || rule.verb == .version { return }
    for option in Option.table {
      guard let kind = option.kind else { continue }
      let name = "\(kind.name)"
      let line = try Self.line(rule, with: option)
      let isLegal = rule.needed.union(rule.allowed).union(rule.exclusive).contains(name)
      #expect(Misuse(line: line) == (isLegal ? nil : .illegal(kind, .command(rule.verb))), "\(line)")
    }
  }

  @Test(arguments: rules.indices)
  func whatIsNeededIsMissed(index: Int) throws {
    let rule = Self.rules[index]
    for name in rule.needed {
      let kind = try #require(Option.kinds.first { "\($0.kind.name)" == name }).kind
      let line = try Self.words(rule, besides: name).joined(separator: " ")
      #expect(Misuse(line: line) == .needed(kind, .command(rule.verb)), "\(line)")
    }
  }

  @Test(arguments: rules.indices)
  func whatIsExclusiveIsAlone(index: Int) throws {
    let rule = Self.rules[index]
    let options = Option.table.filter { rule.exclusive.contains("\($0.kind?.name ?? "")") }
    for one in options {
      for other in options {
        guard let kind = one.kind, let second = other.kind, kind.rank < second.rank else { continue }
        // The service may be that of the connections.
        if kind == .connection, second == .service { continue }
        let line = try (Self.words(rule) + one.words + other.words).joined(separator: " ")
        #expect(Misuse(line: line) == .conflict(second, kind, .command(rule.verb)), "\(line)")
      }
    }
  }

  /// What a list of connections takes, and a list of services does not: which ones, or what they are counted by.
  @Test func listsOfConnectionsTakeMore() throws {
    let own: Set = ["real-server", "client", "state", "count-by"]
    for option in Option.table {
      guard let kind = option.kind else { continue }
      let name = "\(kind.name)"
      let words = option.words.joined(separator: " ")
      if own.contains(name) {
        for line in ["-L \(words)", "-L \(words) -t 1.2.3.4:80"] {
          #expect(Misuse(line: line) == .illegal(kind, .command(.list)), "\(line)")
        }
      }
      let isOfConnections = option.legality.allowed.isSuperset(of: .connections)
      #expect(isOfConnections == (own.contains(name) || kind == .service), "\(name)")
      for line in ["-L -c \(words)", "-L \(words) -c"] where isOfConnections {
        #expect(Misuse(line: line) == nil, "\(line)")
      }
    }
  }

  @Test(arguments: ["--timeout", "--daemon"])
  func nothingElseHasConnections(option: String) throws {
    let kind = try #require(Option.table.first { $0.firstSpelling == option }?.kind)
    for line in ["-L -c -t 1.2.3.4:80 \(option)", "-L \(option) -c --client 1.2.3.4"] {
      #expect(Misuse(line: line) == .conflict(kind, .connection, .command(.list)), "\(line)")
    }
    #expect(Misuse(line: "-L \(option) -t 1.2.3.4:80") == .conflict(kind, .service, .command(.list)))
  }

  /// A command with what it needs, and one more option, if that is not among it.
  private static func line(_ rule: Rule, with option: Option) throws -> String {
    let name = "\(option.kind?.name ?? "")"
    var words = try words(rule, besides: name) + option.words
    // What an option needs beside it.
    if rule.allowed.contains(name) {
      if name == "ops" { words = words.map { $0 == "-t" ? "-u" : $0 } }
      if option.legality.isOfTunnels { words.append("-i") }
      if option.legality.isOfTunnels, name != "tun-type" { words += ["--tun-type", "gue"] }
      if name.hasSuffix("csum") { words += ["--tun-port", "1"] }
    }
    return words.joined(separator: " ")
  }

  private static func words(_ rule: Rule, besides name: String = "") throws -> [String] {
    let verb = try #require(Option.table.first { $0.verb == rule.verb })
    var words = verb.words + (rule.verb == .set ? ["1", "2", "3"] : [])
    if rule.needed.contains("service-address"), name != "service-address" { words += ["-t", "1.2.3.4:80"] }
    if rule.needed.contains("real-server"), name != "real-server" { words += ["-r", "10.0.0.1"] }
    return words
  }
}
