// SPDX-License-Identifier: Apache-2.0

/// What an entry of an answer is decoded to.
protocol Answer {
  /// Decodes the attributes at a place in the bytes.
  init(decoding bytes: RawSpan, _ attributes: Range<Int>) throws(IPVSError.Reason)
}

extension Exchange where Carrier: ~Copyable {
  /// How often a dump is repeated while the table keeps changing under it.
  static var dumpLimit: Int { 8 }

  /// All answers to a query, decoded: each entry once, and none missing that existed all the time.
  ///
  /// The kernel fills a datagram at one moment, but finds the start of the next one by counting entries. When entries
  /// are added or deleted meanwhile, it sends others twice or not at all. So a dump of several datagrams is repeated
  /// until two in a row have the same entries. If the table never rests, the result is the latest dump, followed by
  /// the entries that only earlier dumps had.
  mutating func all<Value: Answer & Identifiable>(_ query: Query) throws(IPVSError.Reason) -> [Value] {
    var dumps: [[Value]] = []
    patience = Patience()
    while dumps.count < Self.dumpLimit {
      let (values, isOfOneMoment): ([Value], Bool) = try dump(query)
      if isOfOneMoment { return values }
      if let last = dumps.last, last.map({ $0.id }) == values.map({ $0.id }),
        Set(values.map { $0.id }).count == values.count
      {
        return values
      }
      dumps.append(values)
    }
    var seen: Set<Value.ID> = []
    return dumps.reversed().joined().filter { seen.insert($0.id).inserted }
  }

  private mutating func dump<Value: Answer>(_ query: Query) throws(IPVSError.Reason) -> ([Value], Bool) {
    try ask(query, dump: true)
    var values: [Value] = []
    values.reserveCapacity(16)
    var parts = 0
    var part = 0
    do {
      while let attributes = try nextEntry() {
        if part != datagrams {
          part = datagrams
          parts += 1
        }
        values.append(try Value(decoding: unsafe inbox.bytes.span.bytes, attributes))
      }
    } catch {
      if error.isAboutAnAnswer { drain() }
      throw error
    }
    return (values.withoutRoom, parts < 2)
  }

  /// The one answer to a query, decoded.
  mutating func first<Value: Answer>(_ query: Query) throws(IPVSError.Reason) -> Value {
    patience = Patience()
    try ask(query, dump: false)
    guard let attributes = try nextEntry() else { throw .malformed(.missing) }
    return try Value(decoding: unsafe inbox.bytes.span.bytes, attributes)
  }
}
