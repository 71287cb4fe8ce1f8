// SPDX-License-Identifier: Apache-2.0

import Testing

/// Nobody can tell our program from Debian's: output, errors, exit status, and what the kernel holds afterwards.
/// Differences on purpose are in `Cases/differences`, with their reasons.
@Suite(.serialized) struct DifferentialTests {
  static let files = ["options", "values", "flows", "restore"]

  @Test(arguments: files)
  func isTheSame(file: String) throws {
    let cases = Case.all(file)
    #expect(!cases.isEmpty)
    var unused = Set(Difference.all.filter { $0.file == file })
    try inNamespace {
      for example in cases {
        let reference = try Observation.make(example, with: Kernel.reference)
        let ours = try Observation.make(example, with: Kernel.ours)
        if ours == reference { continue }
        let known = Difference.all.filter { $0.file == file && $0.matches(example) }
        unused.subtract(known)
        if known.isEmpty {
          Issue.record("\(example.testDescription)\n\(ours.difference(from: reference))")
        }
      }
    }
    for difference in unused {
      Issue.record("no difference any more: \(difference.pattern) (\(difference.reason))")
    }
    print("\(file): \(cases.count) cases compared with the reference")
  }
}

/// A difference from the reference that is meant to be.
struct Difference: Hashable {
  let file: String
  let reason: String
  /// The case, with `*` for any text.
  let pattern: String

  /// The list: `## FILE`, then `# REASON` above the cases that it explains.
  static let all: [Difference] = {
    let text = projectFile("Tests/KernelTests/Cases/differences")
    var file = ""
    var reason = ""
    var differences: [Difference] = []
    for line in text.split(separator: "\n").map(String.init) {
      if line.hasPrefix("## ") {
        file = String(line.dropFirst(3))
      } else if line.hasPrefix("# ") {
        reason = String(line.dropFirst(2))
      } else {
        differences.append(Difference(file: file, reason: reason, pattern: line))
      }
    }
    return differences
  }()

  func matches(_ example: Case) -> Bool {
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
    var rest = Substring(example.testDescription)
    guard rest.hasPrefix(parts[0]) else { return false }
    rest = rest.dropFirst(parts[0].count)
    for part in parts.dropFirst() where !part.isEmpty {
      guard let found = rest.firstRange(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return rest.isEmpty || pattern.hasSuffix("*")
  }
}

/// What a program did with a case, on a kernel that holds nothing yet.
private struct Observation: Equatable {
  let outcomes: [Outcome]
  let table: Holdings

  /// With a namespace for each case, the kernel would spend most of the time cleaning up. So only cases with daemons
  /// get one, because daemons are slow to stop. The others start from an empty table.
  static func make(_ example: Case, with program: String) throws -> Observation {
    guard example.testDescription.contains("-daemon") else { return try Observation(example, with: program) }
    return try inNamespace { try Observation(example, with: program) }
  }

  private init(_ example: Case, with program: String) throws {
    try Holdings.none.putBack()
    var outcomes = try example.play(with: program)
    for (index, line) in example.lines.filter({ !$0.isSetUp }).enumerated() where !line.input.isEmpty {
      outcomes[index].errors = Self.withoutLineNumbers(outcomes[index].errors)
    }
    self.outcomes = outcomes
    table = try Holdings.now
  }

  /// In a restore ours may begin a message with the number of the line.
  private static func withoutLineNumbers(_ errors: String) -> String {
    errors.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard line.hasPrefix("line "), let colon = line.firstIndex(of: ":") else { return String(line) }
      return String(line[colon...].dropFirst(2))
    }.joined(separator: "\n")
  }

  func difference(from reference: Observation) -> String {
    var text = ""
    for (ours, theirs) in zip(outcomes, reference.outcomes) where ours != theirs {
      text += "  theirs: \(theirs.status) \(theirs.output) \(theirs.errors)\n"
      text += "  ours:   \(ours.status) \(ours.output) \(ours.errors)\n"
    }
    if table != reference.table {
      text += "  their table: \(reference.table.lines)\n  our table:   \(table.lines)\n"
    }
    return text
  }
}
