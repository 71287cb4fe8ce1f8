// SPDX-License-Identifier: Apache-2.0

@testable import IPVSAdmin

/// A committed script of completions: written by hand, except for the tables between two marks.
struct CompletionScript {
  static let all = [
    CompletionScript(name: "ipvsadm.bash", assignment: "_ipvsadm_%=", hasSummaries: false),
    CompletionScript(name: "_ipvsadm", assignment: "typeset -g _ipvsadm_%=", hasSummaries: true),
    CompletionScript(name: "ipvsadm.fish", assignment: "set -g __ipvsadm_% ", hasSummaries: true),
  ]

  let name: String
  /// How the shell begins to set a variable; `%` stands for the name of the table.
  let assignment: String
  let hasSummaries: Bool

  var path: String { "completions/\(name)" }

  private static let begin = "# The tables, made by `make completions`:\n"
  private static let end = "# The end of the tables.\n"

  /// The script with the tables that the option table makes; nil where it has no marks.
  func updated(_ script: String) -> String? {
    guard let begin = script.firstRange(of: Self.begin), let end = script.firstRange(of: Self.end),
      begin.upperBound <= end.lowerBound
    else { return nil }
    return script[..<begin.upperBound] + table("commands", CompletionTable.commands)
      + table("options", CompletionTable.options) + script[end.lowerBound...]
  }

  private func table(_ name: String, _ rows: [String]) -> String {
    let rows = rows.map { row in
      let fields = row.split(separator: "|", maxSplits: 3, omittingEmptySubsequences: false)
      return fields.prefix(hasSummaries ? 4 : 3).joined(separator: "|")
    }
    let variable = assignment.split(separator: "%", omittingEmptySubsequences: false).joined(separator: name)
    return "\(variable)'\(rows.joined(separator: "\n"))'\n"
  }
}
