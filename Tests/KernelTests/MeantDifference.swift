// SPDX-License-Identifier: Apache-2.0

/// Differences from the reference that are meant to be, as they show in any sequence of commands: what ours does must be
/// what the reference does by other words, line by line, or but for what is new in the output.
enum MeantDifference {
  /// By which words the reference does what ours does, each row after those above.
  private static let rewritings: [(reason: String, words: @Sendable ([String]) -> [String])] = [
    ("-6, -M and -r mean the same wherever they stand", serviceFirst),
    ("a host that only has an IPv6 address works", { $0.map(withAddress) }),
    ("the reference crashes when flags are a comma", withoutEmptyFlags),
    ("some connections can be listed", { $0.contains("-c") ? withoutService($0) : $0 }),
  ]

  /// How ours would print what the reference does.
  private static let prints: [(reason: String, text: @Sendable (String) -> String)] = [
    ("thresholds are saved", { $0.replacing(#/( -x \d+)?( -y \d+)?(\n|$)/#) { "\($0.output.3)" } }),
    (
      "names are not cut in saved rules",
      { $0.replacing(#/( -r [^ \[]{28}| (?:-t|-u|--sctp-service) [^ \[]{33})[^ \n]*/#) { "\($0.output.1)" } }
    ),
    (
      "marks past 2³¹ are saved so that they can be restored",
      { $0.replacing(#/ -f (\d+)/#) { " -f \(Int32(truncatingIfNeeded: Int64($0.output.1) ?? 0))" } }
    ),
    (
      "flags that have no name with the scheduler are saved",
      { $0.replacing(#/( -b [sm]h-[a-z,-]+),flag-\d/#) { "\($0.output.1)" } }
    ),
    ("help goes on with what is new", { $0.replacing(#/\nNot in ipvsadm 1.31:\n(?s:.*)/#, with: "") }),
  ]

  private static let eitherMistake =
    "a line is understood before names are looked up, and of two mistakes on it either may be told"
  private static let eachLine =
    "each rule that is understood is carried out, and the others are told by their lines"

  static var allReasons: Set<String> {
    Set(rewritings.map(\.reason) + prints.map(\.reason) + [eitherMistake, eachLine])
  }

  /// Why a command does not do the same, or nil if that is not meant to be. Then the reference's table is ours.
  static func reasons(
    for line: Case.Line, expected: Effect, made: Effect, before: Holdings
  ) throws -> Set<String>? {
    if let reasons = reasons(expected, made) { return reasons }
    if line.isRules { return try rulesReasons(for: line, made: made, before: before) }
    for (reasons, words) in alternatives(to: line.words) {
      try before.putBack()
      let effect = try Effect(of: Case.Line(words: words), by: Kernel.reference)
      if reasons.contains(eitherMistake), expected.outcome.status == 0 || !effect.outcome.isMistake {
        continue
      }
      if let more = self.reasons(effect, made) { return reasons.union(more) }
    }
    return nil
  }

  /// Why the same effect is printed in two ways.
  private static func reasons(_ expected: Effect, _ made: Effect) -> Set<String>? {
    var (expected, made) = (expected, made)
    var reasons: Set<String> = []
    for (reason, text) in prints where expected != made {
      let output = text(made.outcome.output)
      if output != made.outcome.output { reasons.insert(reason) }
      made.outcome.output = output
      expected.outcome.output = text(expected.outcome.output)
    }
    return expected == made ? reasons : nil
  }

  /// Other words by which the reference may do what ours does by these.
  private static func alternatives(to words: [String]) -> [(reasons: Set<String>, words: [String])] {
    var alternatives: [(reasons: Set<String>, words: [String])] = [([], words)]
    for (reason, rewriting) in rewritings {
      let (reasons, last) = alternatives[alternatives.count - 1]
      let words = rewriting(last)
      if words != last { alternatives.append((reasons.union([reason]), words)) }
    }
    let (reasons, last) = alternatives[alternatives.count - 1]
    let rest = withoutMistakes(last) + (last == words ? [] : withoutMistakes(words))
    return alternatives.dropFirst() + rest.map { (reasons.union([eitherMistake]), $0) }
  }

  // MARK: - Rules

  /// Has the reference carry the rules out as command lines.
  private static func rulesReasons(for line: Case.Line, made: Effect, before: Holdings) throws -> Set<String>?
  {
    try before.putBack()
    let told = made.outcome.errorsByLine
    let isReplacing = line.words == ["ipvsadm-restore"]
    if isReplacing { try run(Kernel.reference, ["-C"]).require() }
    var reasons: Set<String> = [eachLine]
    var outcome = Outcome(output: "", errors: "", status: 0)
    var mistakes = ""
    for (number, words) in line.rules {
      let (single, more) = try self.outcome(of: words, telling: told[number] ?? "")
      reasons.formUnion(more)
      outcome.output += single.output
      if single.status == 0 { continue }
      let error = "line \(number): \(single.errors)"
      outcome.errors += error
      if single.isMistake { mistakes += error }
      outcome.status = single.isMistake || outcome.status == 2 ? 2 : 255
    }
    if isReplacing, !mistakes.isEmpty {
      try before.putBack()
      outcome = Outcome(output: "", errors: mistakes, status: 2)
    }
    let expected = Effect(outcome: outcome, table: try Holdings.now)
    return self.reasons(expected, made).map { reasons.union($0) }
  }

  /// What the reference says to a rule, by the first words by which it tells the same mistake.
  private static func outcome(
    of words: [String], telling errors: String
  ) throws -> (Outcome, reasons: Set<String>) {
    if words == ["-R"] { return (Outcome(output: "", errors: "rules cannot restore rules\n", status: 2), []) }
    let before = try Holdings.now
    let original = try Case.Line(words: words).play(with: Kernel.reference)
    // What the kernel would refuse is not told if another line is not understood.
    let isTold = { (outcome: Outcome) in outcome.errors == errors || errors.isEmpty && !outcome.isMistake }
    if isTold(original), serviceFirst(words) == words { return (original, []) }
    for (reasons, words) in alternatives(to: words) {
      try before.putBack()
      let outcome = try Case.Line(words: words).play(with: Kernel.reference)
      if reasons.contains(eitherMistake), original.status == 0 || !outcome.isMistake { continue }
      if isTold(outcome) { return (outcome, reasons) }
    }
    return (original, [])
  }
}

extension Outcome {
  /// Whether a line is not understood; all else is refused by the kernel.
  fileprivate var isMistake: Bool {
    status == 2 || status == 255 && (errors.hasPrefix("Try `") || errors.contains(": "))
  }

  /// What is told of each line of rules.
  fileprivate var errorsByLine: [Int: String] {
    var byLine: [Int: String] = [:]
    var number = 0
    for text in errors.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      let match = text.wholeMatch(of: #/line (\d+): (.*)/#)
      number = match.flatMap { Int($0.output.1) } ?? number
      byLine[number, default: ""] += "\(match?.output.2 ?? text)\n"
    }
    return byLine
  }
}

extension Case.Line {
  fileprivate var isRules: Bool { [["-R"], ["--restore"], ["ipvsadm-restore"]].contains(words) }

  /// The words of each rule of the input, with the number of its line.
  fileprivate var rules: [(number: Int, words: [String])] {
    input.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap {
      index, line in
      let words = line.split { " \t\r".unicodeScalars.contains($0) }.map { String($0) }
        .prefix { !$0.hasPrefix("#") }.filter { $0 != "ipvsadm" }
      return words.isEmpty ? nil : (index + 1, words)
    }
  }
}
