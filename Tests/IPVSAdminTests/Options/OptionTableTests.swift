// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import IPVSAdmin

/// The option table is sound.
@Suite struct OptionTableTests {
  /// The kinds in the order in which the reference checks them.
  static let order = [
    "numeric", "connection", "service-address", "scheduler", "persistent", "netmask", "real-server",
    "forwarding-method", "weight", "u-threshold", "l-threshold", "mcast-interface", "timeout", "daemon",
    "stats",
    "rate", "thresholds", "persistent-conn", "nosort", "syncid", "exact", "ops", "pe", "sched-flags",
    "mcast-group", "mcast-port", "mcast-ttl", "sync-maxlen", "tun-info", "tun-type", "tun-port", "tun-nocsum",
    "tun-csum", "tun-remcsum",
    // These are new, and follow.
    "all", "keep", "drain", "slow-start", "dry-run", "keep-others", "keep-weights",
    "json", "client", "state", "count-by", "metrics", "watch", "virtual", "probe", "verbose", "netns",
  ]

  @Test func theRanksOfKindsAreTheOrder() {
    var names: [Int: Set<String>] = [:]
    for kind in Option.table.compactMap(\.kind) { names[kind.rank, default: []].insert("\(kind.name)") }
    #expect(names.keys.sorted() == Array(Self.order.indices))
    #expect(names.keys.sorted().map { names[$0, default: []] } == Self.order.map { [$0] })
    // A set of kinds has a bit for each.
    #expect(names.keys.allSatisfy { (0..<64).contains($0) })
  }

  @Test func theKindsAreThoseOfTheOptions() {
    #expect(Option.kinds.map { "\($0.kind.name)" } == Self.order)
  }

  @Test func optionsOfAKindAreAlike() {
    for option in Option.table {
      guard let kind = option.kind, let row = Option.kinds.first(where: { $0.kind == kind }) else { continue }
      #expect(option.legality.needed == row.legality.needed, "\(option.firstSpelling)")
      #expect(option.legality.allowed == row.legality.allowed, "\(option.firstSpelling)")
      #expect(option.legality.exclusive == row.legality.exclusive, "\(option.firstSpelling)")
      #expect(option.legality.repeatable == row.legality.repeatable, "\(option.firstSpelling)")
    }
  }

  /// In one context an option has one role.
  @Test func noOptionIsTwoThingsAtOnce() {
    for (kind, legality) in Option.kinds {
      #expect(legality.needed.isDisjoint(with: legality.allowed), "\(kind.name)")
      #expect(legality.needed.isDisjoint(with: legality.exclusive), "\(kind.name)")
      #expect(legality.allowed.isDisjoint(with: legality.exclusive), "\(kind.name)")
    }
  }

  @Test func aSetHoldsWhatWasInserted() {
    for (kind, _) in Option.kinds {
      var set = KindSet()
      #expect(!set.contains(kind))
      #expect(set.insert(kind) && set.contains(kind) && !set.insert(kind))
      #expect(Option.kinds.filter { set.contains($0.kind) }.map { $0.kind.rank } == [kind.rank])
    }
  }

  @Test func noSpellingStandsForTwo() {
    let spellings = Option.table.flatMap(\.spellings)
    #expect(Set(spellings).count == spellings.count)
    for option in Option.table {
      #expect(!option.spellings.isEmpty)
      #expect("\(option.long)".allSatisfy { $0 == "-" || $0.isLowercase || $0.isNumber }, "\(option.long)")
      #expect("\(option.short)".allSatisfy { $0.isLetter || $0.isNumber }, "\(option.short)")
    }
  }

  /// Commands, lists of connections and tunnel types share the bits of one number.
  @Test func everyCommandHasAnOptionAndABit() {
    let verbs = Option.table.compactMap(\.verb)
    #expect(verbs.map(\.rawValue).sorted() == Verb.allCases.map(\.rawValue))
    #expect(Verb.allCases.allSatisfy { $0.rawValue < 23 } && TunnelKind.allCases.count <= 8)
  }

  /// Each of its spellings, short ones joined with a value too, is the same command or option.
  @Test func popTakesEverySpelling() throws {
    for option in Option.table {
      for spelling in option.spellings {
        var popt = Popt(([spelling] + option.words.dropFirst()).map { Text($0) })
        let (found, value) = try #require(try popt.next(), "\(spelling)")
        #expect(found.firstSpelling == option.firstSpelling)
        #expect(value == option.sample.map { Text($0) }, "\(spelling)")
        guard let sample = option.sample else { continue }
        var joined = Popt([Text(spelling + (spelling.hasPrefix("--") ? "=" : "") + sample)])
        #expect(try joined.next()?.value == Text(sample), "\(spelling)")
      }
    }
  }
}
