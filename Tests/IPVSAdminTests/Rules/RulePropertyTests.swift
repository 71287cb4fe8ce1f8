// SPDX-License-Identifier: Apache-2.0

import TestNoise
import IPVS
import Testing

@testable import IPVSAdmin

/// What is written as rules is read as the same changes.
@Suite struct RulePropertyTests {
  @Test(arguments: Noise.seeds)
  func rulesMeanTheTableTheyAreOf(seed: UInt64) throws {
    var noise = Noise(seed: seed)
    for _ in 0..<100 {
      let table = Table.random(&noise)
      var text = Text()
      RuleWriter(names: NameTable()).add(table, to: &text)
      let expected = table.entries.flatMap(Self.changes)
      var reader = RuleReader(text.bytes)
      for change in expected {
        let rule = reader.next()
        let words = try #require(rule, "seed \(seed): no rule for \(change)").words
        let read = try #require(try Self.change(words), "seed \(seed): \(words)")
        #expect(read == change, "seed \(seed): \(words)")
      }
      let isOver = reader.next() == nil
      #expect(isOver, "seed \(seed): more rules than services and servers")
    }
  }

  private static func change(_ words: [Text]) throws -> Change? {
    guard case .edit(let edit) = try CommandParser.parse(words) else { return nil }
    return try edit.resolved(by: Resolver())
  }

  /// The changes that make an entry.
  private static func changes(_ entry: Table.Entry) -> [Change] {
    [.addService(entry.service.service)]
      + entry.destinations.map { status in
        var server = status.destination
        // The kernel makes these two of direct routing by itself.
        if [.local, .bypass].contains(server.settings.forwarding) { server.settings.forwarding = .direct }
        return .addDestination(server, to: entry.id)
      }
  }

  /// The words are single blanks apart, and a line has no blank at its end.
  @Test(arguments: Noise.seeds)
  func linesAreTidy(seed: UInt64) {
    var noise = Noise(seed: seed)
    for _ in 0..<100 {
      var text = Text()
      RuleWriter(names: NameTable()).add(Table.random(&noise), to: &text)
      for line in text.lines {
        #expect(!line.contains("  ") && !line.hasSuffix(" "), "seed \(seed): \(line)")
        #expect(line.hasPrefix("-A ") || line.hasPrefix("-a "), "seed \(seed): \(line)")
      }
    }
  }
}
