// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// What a listing of connections finds, a page at a time.
struct ConnectionReport: ~Copyable {
  private static let pageSize = 1000

  private var reader: ConnectionReader
  /// How many lines could not be read, and the first of them.
  private(set) var unreadable: (count: Int, first: Text) = (0, Text())

  private var isFirst = true
  private var isLast = false

  init() throws(IPVSError) { reader = try ConnectionReader() }

  /// The next connections, or nil after the last page.
  mutating func nextPage() throws(IPVSError) -> Report? {
    if isLast { return nil }
    var page: [Connection] = []
    while page.count < Self.pageSize {
      do {
        guard let connection = try reader.next() else {
          isLast = true
          break
        }
        page.append(connection)
      } catch {
        guard error.reason == .malformed(.connection) else { throw error }
        if unreadable.count == 0 { unreadable.first = Text(reader.line) }
        unreadable.count += 1
      }
    }
    defer { isFirst = false }
    return .connections(page, isFirst: isFirst, isLast: isLast)
  }
}
