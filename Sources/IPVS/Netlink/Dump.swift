// SPDX-License-Identifier: Apache-2.0

/// What an entry of an answer is decoded to.
protocol Answer {
  /// Decodes the attributes at a place in the bytes. Only with `isCounting` it reads the counters of traffic.
  init(decoding bytes: RawSpan, _ attributes: Range<Int>, isCounting: Bool) throws(IPVSError.Reason)
}

extension Exchange where Carrier: ~Copyable {
  /// How often a dump is repeated while the table keeps changing under it.
  static var dumpLimit: Int { 8 }

  /// All answers to a query, decoded: each entry once, and none missing that existed all the time.
  ///
  /// The kernel fills a datagram at one moment, but finds the start of the next one by counting entries. When entries
  /// are added or deleted meanwhile, it sends others twice or not at all. So a dump of several datagrams is repeated
  /// until two in a row have the same entries, or until another source confirms it. If the table never rests, the result
  /// is the latest dump, followed by the entries that only earlier dumps had.
  mutating func all<Value: Answer & Identifiable>(
    _ query: Query, confirmedBy isConfirmed: ([Value]) -> Bool = { _ in false }
  ) throws(IPVSError.Reason) -> [Value] {
    var last: [Value] = []
    // What only earlier dumps had, the latest first.
    var gone: [Value] = []
    patience = Patience()
    for _ in 0..<Self.dumpLimit {
      let (values, isOfOneMoment) = try dump(query, after: last)
      guard let values else {
        var seen: Set<Value.ID> = []
        if last.allSatisfy({ seen.insert($0.id).inserted }) { return last }
        continue
      }
      if isOfOneMoment || isConfirmed(values) { return values }
      if !last.isEmpty {
        let present = Set(values.lazy.map { $0.id })
        gone = (last + gone).filter { !present.contains($0.id) }
      }
      last = values
    }
    var seen: Set<Value.ID> = []
    return (last + gone).filter { seen.insert($0.id).inserted }
  }

  /// A dump, or nil if it has the same entries as the last one; and whether it is of one moment.
  private mutating func dump<Value: Answer & Identifiable>(
    _ query: Query, after last: [Value]
  ) throws(IPVSError.Reason) -> ([Value]?, Bool) {
    try ask(query, dump: true)
    var values: [Value] = []
    var sameCount = 0
    var parts = 0
    var part = 0
    do {
      while let attributes = try nextEntry() {
        if part != datagrams {
          part = datagrams
          parts += 1
        }
        let value = try Value(decoding: unsafe inbox.bytes.span.bytes, attributes, isCounting: isCounting)
        if values.isEmpty {
          if sameCount < last.count, last[sameCount].id == value.id {
            sameCount += 1
            continue
          }
          values.reserveCapacity(max(16, last.count))
          values += last[..<sameCount]
        }
        values.append(value)
      }
    } catch {
      if error.mayLeaveAnswers { drain() }
      throw error
    }
    if values.isEmpty, !last.isEmpty {
      return (sameCount == last.count ? nil : Array(last[..<sameCount]), parts < 2)
    }
    return (values.withoutRoom, parts < 2)
  }

  /// The one answer to a query, decoded.
  mutating func first<Value: Answer>(_ query: Query) throws(IPVSError.Reason) -> Value {
    patience = Patience()
    try ask(query, dump: false)
    guard let attributes = try nextEntry() else { throw .malformed(.missing) }
    return try Value(decoding: unsafe inbox.bytes.span.bytes, attributes, isCounting: isCounting)
  }
}
