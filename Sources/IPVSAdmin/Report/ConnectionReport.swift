// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// What a listing of connections finds, a page at a time.
struct ConnectionReport: ~Copyable {
  private static let pageSize = 1000

  private var reader: ConnectionReader
  private let filter: ConnectionFilter
  /// How many lines could not be read, and the first of them.
  private(set) var unreadable: (count: Int, first: Text) = (0, Text())

  private var isFirst = true
  private var isLast = false

  init(_ filter: ConnectionFilter) throws(IPVSError) {
    reader = try ConnectionReader()
    self.filter = filter
  }

  /// The next connections, or nil after the last page. Only the last page may be empty.
  mutating func nextPage() throws(IPVSError) -> Report? {
    if isLast { return nil }
    var page: [Connection] = []
    while page.count < Self.pageSize {
      guard let connection = try next() else {
        isLast = true
        break
      }
      page.append(connection)
    }
    defer { isFirst = false }
    return .connections(page, isFirst: isFirst, isLast: isLast)
  }

  /// How many connections there are with each value.
  mutating func counts(by subject: CountSubject) throws(IPVSError) -> [ConnectionCount] {
    try ConnectionCount.all(by: subject) { () throws(IPVSError) in try next() }
  }

  /// The next connection that the filter matches, or nil after the last one.
  private mutating func next() throws(IPVSError) -> Connection? {
    while true {
      do {
        guard let connection = try reader.next() else { return nil }
        if filter.matches(connection) { return connection }
      } catch {
        guard error.reason == .malformed(.connection) else { throw error }
        if unreadable.count == 0 { unreadable.first = Text(reader.line) }
        unreadable.count += 1
      }
    }
  }
}
