// SPDX-License-Identifier: Apache-2.0

internal import IPVS

extension Program {
  /// Prints what a query asks for, as far as the user may know it; `id` is the service, if the query asks for only
  /// one.
  func list(_ query: ListQuery, _ id: Service.ID?, to output: inout Output) throws(Complaint) {
    var query = query
    query.isOnScreen = query.interval != nil && query.format == .classic && Terminal.hasScreen
    if query.subject == .connections, query.interval == nil {
      let filter = try filter(of: query)
      if let connections = try? ConnectionReport(filter) {
        Rights.keepNetwork()
        try list(connections, query, to: &output)
        try output.flush()
        return tell(hint: Hint.connections(query.selection))
      }
    }
    var reason: IPVSError?
    if var kernel = Self.openKernel(for: query, or: &reason) {
      kernel.isCounting = query.isCounting
      let hidesIPv6 = query.isOfServices && kernel.hidesIPv6
      if hidesIPv6, query.format == .rules { throw Messages.hiddenIPv6 }
      defer { if hidesIPv6 { tell(hint: Messages.hiddenIPv6.text) } }
      guard query.isOutline else { return try list(query, id, from: &kernel, to: &output) }
      var outline = Outline(of: kernel)
      return try list(query, id, from: &outline, to: &output)
    }
    guard let reason else { return }
    guard reason.reason == .refused(.notPermitted), query.isForEveryone, var kernel = try? Onlooker() else {
      throw Complaint(reason)
    }
    query.isPartial = true
    try list(query, id, from: &kernel, to: &output)
    if query.isOnScreen { return }
    try output.flush()
    tell(hint: "only root sees scheduler flags, engines, and all of IPv6 services and marks")
  }

  private static func openKernel(for query: ListQuery, or reason: inout IPVSError?) -> EitherDirector? {
    // A screen is on a terminal that may belong to somebody else, and is not open yet.
    defer { if !query.isOnScreen { Rights.keepNetwork() } }
    do { return try EitherDirector(loadingModule: true) } catch {
      reason = error
      return nil
    }
  }

  /// Prints what a query asks for, once or again and again; `id` is the service that it is about, if it is about one.
  func list<K: Kernel & ~Copyable>(
    _ query: ListQuery, _ id: Service.ID?, from kernel: inout K, to output: inout Output
  ) throws(Complaint) {
    guard let seconds = query.interval else { return try listOnce(query, id, from: &kernel, to: &output) }
    try watch(query, id, every: Int(seconds), from: &kernel, to: &output)
  }

  /// Finds what a query asks for.
  func listOnce<K: Kernel & ~Copyable, S: ReportSink & ~Copyable>(
    _ query: ListQuery, _ id: Service.ID?, from kernel: inout K, to sink: inout S
  ) throws(Complaint) {
    switch query.subject {
    case .table, .service: try listTable(query, id, from: &kernel, to: &sink)
    case .connections: try list(try openConnections(of: query), query, to: &sink)
    case .timeouts, .daemons:
      var names = NameCache(nil)
      let report: Report?
      do { report = try Report(query, id, from: &kernel) } catch { throw Complaint(error) }
      if let report { try take(report, of: query, &names, to: &sink) }
    }
  }

  private func listTable<K: Kernel & ~Copyable, S: ReportSink & ~Copyable>(
    _ query: ListQuery, _ id: Service.ID?, from kernel: inout K, to sink: inout S
  ) throws(Complaint) {
    var names = NameCache(query.hasNames ? resolver : nil)
    var pages: TablePages
    do {
      pages = try TablePages(
        id, isUnsorted: query.isUnsorted, hasStatus: query.hasStatus, hasTotals: query.hasTotals,
        from: &kernel
      )
    } catch {
      throw Complaint(error).hinting(Hint.refusal(error, of: id, in: &kernel))
    }
    repeat {
      let page: TableReport
      // All names are looked up at once, and a family of metrics has all services.
      let rows = query.hasNames || query.format == .metrics ? Int.max : 500
      do { page = try pages.next(upTo: rows, from: &kernel) } catch { throw Complaint(error) }
      try take(.table(page), of: query, &names, to: &sink)
    } while !pages.isAtEnd
  }

  private func list<S: ReportSink & ~Copyable>(
    _ connections: consuming ConnectionReport, _ query: ListQuery, to sink: inout S
  ) throws(Complaint) {
    var names = NameCache(query.hasNames ? resolver : nil)
    if let subject = query.countSubject {
      try take(.counts(counts(of: &connections, by: subject)), of: query, &names, to: &sink)
    } else {
      while let page = try nextPage(of: &connections) { try take(page, of: query, &names, to: &sink) }
    }
    let (count, first) = connections.unreadable
    if count == 0 { return }
    var complaint = Messages.unreadableConnections(count, first: first)
    complaint.isRemark = true
    throw complaint
  }

  private func take<S: ReportSink & ~Copyable>(
    _ report: Report, of query: ListQuery, _ names: inout NameCache, to sink: inout S
  ) throws(Complaint) {
    names.learn(report.endpoints)
    try sink.take(report, of: query, names: names.table)
  }

  /// Which connections a query asks for.
  private func filter(of query: ListQuery) throws(Complaint) -> ConnectionFilter {
    do { return try query.selection.resolved(by: resolver) } catch { throw Complaint(error, program: name) }
  }

  private func openConnections(of query: ListQuery) throws(Complaint) -> ConnectionReport {
    let filter = try filter(of: query)
    do { return try ConnectionReport(filter) } catch { throw Complaint(error) }
  }

  private func nextPage(of connections: inout ConnectionReport) throws(Complaint) -> Report? {
    do { return try connections.nextPage() } catch { throw Complaint(error) }
  }

  private func counts(
    of connections: inout ConnectionReport, by subject: CountSubject
  ) throws(Complaint) -> [ConnectionCount] {
    do { return try connections.counts(by: subject) } catch { throw Complaint(error) }
  }
}

/// Where the reports of a listing go, a page at a time.
protocol ReportSink: ~Copyable {
  mutating func take(_ report: Report, of query: ListQuery, names: NameTable) throws(Complaint)
}

extension Output: ReportSink {
  /// Appends the text of a report, and writes what fills a page.
  mutating func take(_ report: Report, of query: ListQuery, names: NameTable) throws(Complaint) {
    // Metrics are many times as long as what they are about.
    if case .table(let table) = report, query.format == .metrics {
      var metrics = Metrics(table)
      while metrics.addNext(to: &text) { try turnPage() }
    } else {
      Format.add(report, of: query, names: names, to: &text)
      try turnPage()
    }
  }
}
