// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// Turns reports into text. A new format is a file beside this one, and a case here.
enum Format {
  /// Appends a report in the format that its query asks for.
  static func add(_ report: Report, of query: ListQuery, names: NameTable, to text: inout Text) {
    if case .table(let report) = report {
      let lines = report.table.entries.reduce(0) { $0 + 1 + $1.destinations.count }
      text.bytes.reserveCapacity(text.bytes.count + lines * 80)
    }
    switch query.format {
    case .classic: addClassic(report, of: query, names: names, to: &text)
    case .json: addJSON(report, of: query, to: &text)
    case .metrics: addMetrics(report, to: &text)
    case .rules: addRules(report, names: names, to: &text)
    }
  }

  /// Rules, which `--restore` reads. Only tables have any.
  private static func addRules(_ report: Report, names: NameTable, to text: inout Text) {
    guard case .table(let report) = report else { return }
    RuleWriter(names: names).add(report.table, to: &text)
  }
}

extension KernelInfo {
  /// The version as it is usually written.
  var versionText: Text { "\(version >> 16 & 0xff).\(version >> 8 & 0xff).\(version & 0xff)" }
}
