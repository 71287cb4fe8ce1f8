// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import IPVSAdmin

/// The man page and the option table say the same, and the examples are command lines.
@Suite struct ManualTests {
  @Test func everyOptionHasAnEntry() throws {
    let entries = try Manual.entries()
    for option in Option.table {
      let spellings = option.spellings
      let entry = try #require(entries.first { $0.spellings.contains(spellings[0]) }, "\(spellings)")
      #expect(Set(spellings).isSubset(of: entry.spellings), "\(spellings)")
      switch option.argument {
      case .none: #expect(entry.argument.isEmpty, "\(spellings)")
      case .required(let name), .optional(let name, _), .words(let name):
        // The usage text has no name for the role of a daemon.
        #expect(
          name.utf8CodeUnitCount == 0 ? !entry.argument.isEmpty : entry.argument == "\(name)", "\(spellings)")
      }
    }
  }

  @Test func everyEntryIsAnOption() throws {
    let spellings = try Manual.entries().flatMap(\.spellings)
    #expect(spellings.sorted() == Option.table.flatMap(\.spellings).sorted())
  }

  @Test func everyCommandHasAnExample() throws {
    let entries = try Manual.entries()
    for option in Option.table where option.verb != nil {
      let entry = try #require(entries.first { $0.spellings.contains(option.firstSpelling) })
      let examples = entry.text.compactMap(Manual.example)
      #expect(examples.contains { entry.spellings.contains($0.first ?? "") }, "\(option.spellings)")
    }
  }

  /// What the man page names as schedulers, flags, tunnels, roles and engines is what completes them.
  @Test func theWordsAreThoseThatComplete() throws {
    let schedulers = try Manual.section("SCHEDULERS").filter { $0.hasPrefix(".It Cm ") }.map {
      $0.dropFirst(7)
    }
    #expect(schedulers.map(String.init) == (try Option.named("scheduler").values))
    for (name, spelling) in [
      ("tun-type", "--tun-type"), ("sched-flags", "-b"), ("pe", "--pe"), ("start-daemon", "--start-daemon"),
    ] {
      let values = Set(try Option.named(name).values)
      let entry = try #require(try Manual.entries().first { $0.spellings.contains(spelling) })
      // The text names flags together with their schedulers.
      let literals = Set(Manual.literals(in: entry.text)).subtracting(
        name == "sched-flags" ? schedulers.map(String.init) : [])
      #expect(literals == values, "\(name)")
    }
  }

  @Test(arguments: ["ipvsadm", "ipvsadm-save", "ipvsadm-restore"])
  func everyExampleIsUnderstood(page: String) throws {
    let examples = try Manual.lines(page).compactMap(Manual.example)
    #expect(page != "ipvsadm" || !examples.isEmpty)
    for words in examples {
      #expect(throws: Never.self, "\(words)") { try CommandParser.parse(words.map { Text($0) }) }
    }
  }

  /// The synopsis has each command.
  @Test func theSynopsisHasEveryCommand() throws {
    let words = Set(try Manual.section("SYNOPSIS").flatMap { $0.split(separator: " ").map(String.init) })
    for option in Option.table where option.verb != nil {
      // A dash comes with the macro, so that a long name has one left.
      let names = "\(option.short)".map { String($0) } + ["-\(option.long)"]
      #expect(!words.isDisjoint(with: names), "\(option.firstSpelling)")
    }
  }

  @Test func theOptionOfSavingIsUnderstood() throws {
    let options = try Manual.entries("ipvsadm-save").flatMap(\.spellings)
    #expect(options == ["-n", "--netns"])
    let words = (options + ["blue"]).map { Text($0) }
    #expect(
      try CalledName.save.invocation(words) == Invocation(.save(isNumeric: true), namespace: "blue"))
    #expect(try Manual.entries("ipvsadm-restore").flatMap(\.spellings) == ["--netns"])
  }
}
