// SPDX-License-Identifier: Apache-2.0

internal import IPVS

extension Format {
  /// The text that the reference prints.
  static func addClassic(_ report: Report, of query: ListQuery, names: NameTable, to text: inout Text) {
    switch report {
    case .table(let report): TableText(query, names: names).add(report, to: &text)
    case .connections(let page, let isFirst, _):
      let listing = ConnectionText(showsEngine: query.style == .persistentConnections)
      if isFirst { listing.addTitle(to: &text) }
      for connection in page { listing.add(connection, names: names, to: &text) }
    case .counts(let counts): CountText(counts, names: names).addLines(to: &text)
    case .timeouts(let timeouts): text.append(timeouts)
    case .daemons(let daemons): for daemon in daemons { text.append(daemon) }
    }
  }
}
