// SPDX-License-Identifier: Apache-2.0

extension Exchange where Carrier: ~Copyable {
  /// How often a dump is repeated while the table keeps changing under it.
  static var dumpLimit: Int { 8 }

  /// All answers to a request, decoded: each entry once, and every one that was there all the time.
  ///
  /// The kernel makes a datagram at one moment, but counts its way to where the last one ended: when entries come
  /// or go meanwhile, others are told twice or not at all. So a dump of several datagrams is repeated until two in
  /// a row tell of the same entries. A table that never rests is told as it was seen: the latest dump, and behind
  /// it what only earlier ones had.
  mutating func all<Value, ID: Hashable>(
    _ request: Request, by id: (Value) -> ID, _ decode: (RawSpan) throws(NetlinkError) -> Value
  ) throws(NetlinkError) -> [Value] {
    var dumps: [[Value]] = []
    while dumps.count < Self.dumpLimit {
      var values: [Value] = []
      let datagrams = try query(request, dump: true) { (answer) throws(NetlinkError) in
        values.append(try decode(answer))
      }
      if datagrams < 2 { return values }
      if let last = dumps.last, last.map(id) == values.map(id), Set(values.map(id)).count == values.count {
        return values
      }
      dumps.append(values)
    }
    var seen: Set<ID> = []
    return dumps.reversed().joined().filter { seen.insert(id($0)).inserted }
  }

  /// The one answer to a request, decoded.
  mutating func first<Value>(
    _ request: Request, _ decode: (RawSpan) throws(NetlinkError) -> Value
  ) throws(NetlinkError) -> Value {
    var value: Value?
    try query(request, dump: false) { (answer) throws(NetlinkError) in value = try decode(answer) }
    guard let value else { throw .malformed("there is none") }
    return value
  }
}
