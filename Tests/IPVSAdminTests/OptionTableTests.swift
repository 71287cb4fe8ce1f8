// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import IPVSAdmin

/// The option table is sound.
@Suite struct OptionTableTests {
  @Test func everyOptionIsThere() {
    #expect(Set(Option.table.map(\.name)) == Set(Option.Name.allCases))
  }

  @Test func noSpellingStandsForTwo() {
    let longs = Option.table.map { "\($0.long)" }.filter { !$0.isEmpty }
    #expect(Set(longs).count == longs.count)
    let shorts = Option.table.flatMap(\.short)
    #expect(Set(shorts).count == shorts.count)
  }

  @Test func everyKindHasAnOption() {
    let kinds = Option.table.compactMap { if case .kind(let kind) = $0.role { kind } else { nil } }
    #expect(Set(kinds) == Set(Kind.allCases))
  }

  @Test func everyCommandHasAnOption() {
    let verbs = Option.table.compactMap { if case .command(let verb) = $0.role { verb } else { nil } }
    #expect(Set(verbs) == Set(Verb.allCases) && verbs.count == Verb.allCases.count)
  }

  @Test func theUsageNamesEveryOptionWithASummary() {
    let usage = Usage.text(program: "x")
    for option in Option.table where !option.summary.isEmpty {
      #expect(usage.contains("  --\(option.long)"), "\(option.long)")
      for line in option.summary { #expect(usage.contains(line), "\(option.long)") }
    }
  }
}
