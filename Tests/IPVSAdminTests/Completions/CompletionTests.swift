// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing

@testable import IPVSAdmin

/// The shells' completions follow from the option table, and agree with the parser.
@Suite struct CompletionTests {
  /// Fails where a committed script is not up to date; with COMPLETIONS=write it is brought up to date instead.
  @Test(arguments: CompletionScript.all.indices)
  func theCommittedScriptsAreCurrent(index: Int) throws {
    let script = CompletionScript.all[index]
    let committed = try Repository.read(script.path)
    let current = try #require(script.updated(committed), "\(script.name) has no place for the tables")
    if unsafe getenv("COMPLETIONS") != nil {
      try Repository.write(current, to: script.path)
    } else {
      let isCurrent = committed == current  // apart, so that a failure does not print the two
      #expect(isCurrent, "\(script.name) is out of date: make completions")
    }
  }

  /// The tables are quoted by single quotes, and summaries come last.
  @Test func noFieldNeedsQuoting() {
    for row in CompletionTable.commands + CompletionTable.options {
      #expect(!row.contains("'") && !row.contains("\\") && !row.contains("\n"), "\(row)")
    }
  }

  @Test func everyOptionGoesWithACommand() {
    for option in Option.table where option.verb == nil {
      #expect(Verb.allCases.contains { CompletionTable.goes(option, with: $0) }, "\(option.firstSpelling)")
    }
  }

  /// A flag that begins with a scheduler's name is that scheduler's; `flag-` is for all. The shells rely on it.
  @Test func theSchedulerFlagsAreThoseOfTheParser() throws {
    let flags = try Option.named("sched-flags").values
    let schedulers = try Option.named("scheduler").values
    #expect(flags.count == 7 && schedulers.count == 13)
    for flag in flags {
      let owner = "\(flag.prefix { $0 != "-" })"
      for scheduler in schedulers {
        let isTaken = Misuse(line: "-A -f 1 -s \(scheduler) -b \(flag)") == nil
        #expect(isTaken == (owner == "flag" || owner == scheduler), "\(flag) \(scheduler)")
      }
    }
  }

  /// An option is offered exactly when the parser accepts some line with it; a second one beside it exactly when the
  /// parser accepts some line with both.
  @Test(arguments: Option.table.indices.filter { Option.table[$0].verb != nil })
  func whatIsOfferedIsLegal(index: Int) throws {
    let command = Option.table[index]
    let verb = try #require(command.verb)
    if verb == .help || verb == .version { return }
    let typed = Option.table.filter { $0.verb == nil }.flatMap(Typed.all)
    let offered = typed.filter { CompletionTable.goes($0.option, with: verb) }
    for one in typed where one.option.kind != nil {
      #expect(Self.isLegal(command, [one]) == offered.contains(one), "\(command.firstSpelling) \(one)")
    }
    for (position, one) in offered.enumerated() {
      for other in offered[(position + 1)...] where one.option.firstSpelling != other.option.firstSpelling {
        #expect(
          Self.isLegal(command, [one, other]) != Self.rulesOut(one, other, with: verb),
          "\(command.firstSpelling) \(one) \(other)")
      }
    }
  }

  private static func rulesOut(_ one: Typed, _ other: Typed, with verb: Verb) -> Bool {
    // The shells know these by themselves.
    if one.option.kind == other.option.kind, one.option.legality.repeatable.contains(.command(verb)) {
      return false
    }
    return CompletionTable.rulesOut(one.option, other.option)
      || CompletionTable.rulesOut(one.option, other.option, other.value ?? "")
      || CompletionTable.rulesOut(other.option, one.option, one.value ?? "")
  }

  /// Whether the parser takes the options, with others that they may need.
  private static func isLegal(_ command: Option, _ typed: [Typed]) -> Bool {
    let isIPv6 = typed.contains { "\($0.option.long)" == "ipv6" }
    let services = [[], ["-t", "1.2.3.4:80"], ["-u", "1.2.3.4:80"], ["-f", "1"]]
    let subjects = command.verb == .list ? [[], ["-c"]] : [[]]
    let tunnels = [[], ["-i"], ["-i", "--tun-type", "gre"], ["-i", "--tun-type", "gue", "--tun-port", "9"]]
    for service in services {
      for server in [[], ["-r", isIPv6 ? "[::1]:80" : "1.2.3.4:80"]] {
        for other in tunnels.map({ without(typed, $0) }) + subjects {
          var words = command.words
          if command.verb == .set { words += ["1", "2", "3"] }
          words += service + server + other + typed.flatMap { $0.words(isIPv6: isIPv6) }
          if Misuse(line: words.joined(separator: " ")) == nil { return true }
        }
      }
    }
    return false
  }

  /// The words of a tunnel without those options that were typed.
  private static func without(_ typed: [Typed], _ tunnel: [String]) -> [String] {
    let names = Set(typed.map(\.option.firstSpelling))
    var words: [String] = []
    var index = 0
    while index < tunnel.count {
      let width = tunnel[index].hasPrefix("--") ? 2 : 1
      let name = tunnel[index] == "-i" ? "--ipip" : tunnel[index]
      if !names.contains(name) { words += tunnel[index..<index + width] }
      index += width
    }
    return words
  }
}

/// An option as it may be typed, with one of its values.
private struct Typed: Equatable, CustomStringConvertible {
  let option: Option
  let value: String?

  static func all(_ option: Option) -> [Typed] {
    "\(option.long)" == "tun-type"
      ? option.values.map { Typed(option: option, value: $0) } : [Typed(option: option, value: option.sample)]
  }

  static func == (one: Typed, other: Typed) -> Bool { one.description == other.description }

  var description: String { option.firstSpelling + (value.map { "=\($0)" } ?? "") }

  func words(isIPv6: Bool) -> [String] {
    guard let value else { return [option.firstSpelling] }
    let isServer = "\(option.long)" == "real-server"
    return [option.firstSpelling, isIPv6 && isServer ? "[::1]:80" : value]
  }
}
