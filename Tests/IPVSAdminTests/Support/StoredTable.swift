// SPDX-License-Identifier: Apache-2.0

import IPVS
import Testing

@testable import IPVSAdmin

/// A table that answers like a kernel, so that reports can be made of it. It takes no changes.
struct StoredTable: Kernel {
  let info = KernelInfo(version: 0x01_0201, tableSize: 4096)
  let entries: [Table.Entry]

  init(_ entries: [Table.Entry]) { self.entries = entries }

  func services() -> [ServiceStatus] { entries.map(\.service) }

  func service(_ id: Service.ID) throws(IPVSError) -> ServiceStatus {
    guard let entry = entries.first(where: { $0.id == id }) else {
      throw IPVSError(.getService, .refused(.noService))
    }
    return entry.service
  }

  func destinations(of id: Service.ID) -> [DestinationStatus] {
    entries.first { $0.id == id }?.destinations ?? []
  }

  func timeouts() -> Timeouts { Timeouts() }

  func daemons() -> [SyncDaemon] { [] }

  func apply(_ changes: [Change]) -> [Refusal?] { changes.map { _ in .notPermitted } }
}

extension StoredTable {
  /// The lines that a command line lists, names not looked up. Unsorted, unless the command line is about order.
  func lines(_ line: String, names: NameTable = NameTable()) throws -> [String] {
    let query = try ListQuery(line: line)
    var kernel = self
    let id = try query.service(by: Resolver())
    let report = try #require(try Report(query, id, from: &kernel))
    var text = Text()
    Format.add(report, of: query, names: names, to: &text)
    return text.lines
  }
}

extension Text {
  /// The lines, each of which has to have an end.
  var lines: [String] {
    var lines = string.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if !lines.isEmpty, lines.removeLast() != "" { Issue.record("the last line has no end") }
    return lines
  }
}
