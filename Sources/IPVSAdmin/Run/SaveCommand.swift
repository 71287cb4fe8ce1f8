// SPDX-License-Identifier: Apache-2.0

internal import IPVS

extension Program {
  /// Prints the table as rules.
  func save<K: Kernel & ~Copyable>(
    isNumeric: Bool, from kernel: inout K, to output: inout Output
  ) throws(Complaint) {
    do {
      let report = try TableReport(from: &kernel)
      var names = NameCache(isNumeric ? nil : resolver)
      names.learn(report.table.entries.flatMap { $0.endpoints })
      let writer = RuleWriter(names: names.table)
      for entry in report.table.entries { writer.add(entry, to: &output.text) }
    } catch {
      throw Complaint(error)
    }
  }
}
