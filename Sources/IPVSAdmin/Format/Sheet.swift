// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// A listing as rows, of which a screen shows some.
struct Sheet {
  struct Row {
    /// What the row is about, the same in each sheet.
    let key: Int
    /// Where the listing's line is in the sheet's text, without its end and the blanks before it.
    let line: Range<Int>
    /// Where the row's live rates are, each as wide as all.
    let rates: Range<Int>
  }

  /// How wide a live rate is.
  static let rateWidth = 9

  /// The lines that stay on top.
  private(set) var titles: [Text] = []
  /// The titles of the live rates, joined.
  private(set) var rateTitles = Text()
  private(set) var text = Text()
  private(set) var rows: [Row] = []
  /// The width of the lines that have columns.
  private(set) var width = 0
  /// The place of the word that changes by itself.
  private(set) var clockWord: Int?
  /// The rows by what they are about.
  private var places: [Int: Int] = [:]

  init() {}

  /// The row that is about the same as a row of another sheet.
  func row(like row: Row) -> Row? { places[row.key].map { rows[$0] } }

  /// How many rows are about something that another sheet has no row for.
  func countNew(since other: Sheet) -> Int {
    rows.reduce(0) { other.places[$1.key] == nil ? $0 + 1 : $0 }
  }

  /// Adds what a listing found, or the next page of it.
  mutating func add(_ report: Report, of query: ListQuery, names: NameTable, _ rates: LiveRates = LiveRates())
  {
    switch report {
    case .table(let report): add(report, of: query, names, rates)
    case .connections(let page, let isFirst, _):
      let listing = ConnectionText(showsEngine: query.style == .persistentConnections)
      clockWord = 1
      if isFirst { addTitles { listing.addTitle(to: &$0) } }
      for connection in page {
        add(connection.key) { listing.add(connection, names: names, to: &$0) }
      }
    case .counts(let counts):
      var lines = Text()
      CountText(counts, names: names).addLines(to: &lines)
      for line in lines.bytes.split(separator: UInt8(ascii: "\n")) {
        add(line.drop { $0 != UInt8(ascii: " ") }.hashValue) { $0.bytes += line }
      }
    case .timeouts(let timeouts): add(0) { $0.append(timeouts) }
    case .daemons(let daemons): for daemon in daemons { add(daemon.role.hashValue) { $0.append(daemon) } }
    }
  }

  private mutating func add(
    _ report: TableReport, of query: ListQuery, _ names: NameTable, _ rates: LiveRates
  ) {
    let listing = TableText(query, names: names)
    let columns = query.isPartial ? [] : RateColumn.of(query)
    if report.isFirst {
      addTitles { listing.addTitles(of: report, to: &$0) }
      for column in columns { rateTitles.add(column.title, right: Self.rateWidth) }
    }
    for entry in report.table.entries {
      let place = LiveRates.Place(id: entry.id)
      add(place.hashValue, columns, rates.tenths[place]) { listing.add(entry.service, to: &$0) }
      for status in entry.destinations {
        let place = LiveRates.Place(id: entry.id, server: status.id)
        add(place.hashValue, columns, rates.tenths[place]) { listing.add(status, of: entry.id, to: &$0) }
        width = max(width, rows.last?.line.count ?? 0)
      }
    }
  }

  private mutating func addTitles(_ add: (inout Text) -> Void) {
    var text = Text()
    add(&text)
    titles = text.bytes.split(separator: UInt8(ascii: "\n")).map { Text($0) }
    width = titles.reduce(0) { max($0, $1.bytes.count) }
  }

  private mutating func add(
    _ key: Int, _ columns: [RateColumn] = [], _ rates: Statistics.Counters? = nil, _ add: (inout Text) -> Void
  ) {
    let start = text.bytes.count
    add(&text)
    let blanks: [UInt8] = [UInt8(ascii: " "), UInt8(ascii: "\n")]
    while text.bytes.count > start, let last = text.bytes.last, blanks.contains(last) {
      text.bytes.removeLast()
    }
    let end = text.bytes.count
    for column in columns {
      if let rates {
        text.append(.tenths(column.value(rates)), width: Self.rateWidth - 1, isExact: false)
      } else {
        text.add("-", right: Self.rateWidth)
      }
    }
    places[key] = rows.count
    rows.append(Row(key: key, line: start..<end, rates: end..<text.bytes.count))
  }
}

/// A column of live rates, beside those of the listing.
private struct RateColumn {
  let title: StaticString
  let value: (Statistics.Counters) -> UInt64

  /// The columns that go with those of a query.
  static func of(_ query: ListQuery) -> [RateColumn] {
    query.style == .stats || query.style == .rate ? all : [connections]
  }

  private static var connections: RateColumn { RateColumn(title: "Conn/s") { $0.connections } }

  private static var all: [RateColumn] {
    [
      connections,
      RateColumn(title: "InPkt/s") { $0.inPackets },
      RateColumn(title: "OutPkt/s") { $0.outPackets },
      RateColumn(title: "InB/s") { $0.inBytes },
      RateColumn(title: "OutB/s") { $0.outBytes },
    ]
  }
}

extension Connection {
  /// What tells it from others, whatever its state.
  fileprivate var key: Int {
    var hasher = Hasher()
    hasher.combine(protocolName)
    hasher.combine(client)
    hasher.combine(virtual)
    hasher.combine(destination)
    hasher.combine(engine)
    return hasher.finalize()
  }
}
