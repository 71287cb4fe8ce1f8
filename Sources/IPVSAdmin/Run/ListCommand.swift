// SPDX-License-Identifier: Apache-2.0

internal import IPVS

extension Program {
  /// Prints what a query asks for, as far as the user may know it; `id` is the service, if the query asks for only
  /// one.
  func list(_ query: ListQuery, _ id: Service.ID?, to output: inout Output) throws(Complaint) {
    if query.subject == .connections {
      let filter = try filter(of: query)
      if let connections = try? ConnectionReport(filter) {
        try list(connections, query, to: &output)
        try output.flush()
        return tell(hint: Hint.connections(query.selection))
      }
    }
    var reason: IPVSError?
    if var kernel = Self.openKernel(or: &reason) {
      kernel.isCounting = query.isCounting
      guard query.isOutline else { return try list(query, id, from: &kernel, to: &output) }
      var outline = Outline(of: kernel)
      return try list(query, id, from: &outline, to: &output)
    }
    guard let reason else { return }
    guard reason.reason == .refused(.notPermitted), query.isForEveryone, var kernel = try? Onlooker() else {
      throw Complaint(reason)
    }
    var partial = query
    partial.isPartial = true
    try list(partial, id, from: &kernel, to: &output)
    try output.flush()
    tell(hint: "only root sees scheduler flags, engines, and all of IPv6 services and marks")
  }

  private static func openKernel(or reason: inout IPVSError?) -> Director? {
    do { return try Director(loadingModule: true) } catch {
      reason = error
      return nil
    }
  }

  /// Prints what a query asks for; `id` is the service that it is about, if it is about one.
  func list<K: Kernel & ~Copyable>(
    _ query: ListQuery, _ id: Service.ID?, from kernel: inout K, to output: inout Output
  ) throws(Complaint) {
    switch query.subject {
    case .table, .service: try listTable(query, id, from: &kernel, to: &output)
    case .connections: try list(try openConnections(of: query), query, to: &output)
    case .timeouts, .daemons:
      var names = NameCache(nil)
      do {
        if let report = try Report(query, id, from: &kernel) { write(report, of: query, &names, to: &output) }
      } catch {
        throw Complaint(error)
      }
    }
  }

  private func listTable<K: Kernel & ~Copyable>(
    _ query: ListQuery, _ id: Service.ID?, from kernel: inout K, to output: inout Output
  ) throws(Complaint) {
    var names = NameCache(query.hasNames ? resolver : nil)
    var pages: TablePages
    do {
      pages = try TablePages(id, isUnsorted: query.isUnsorted, hasStatus: query.hasStatus, from: &kernel)
    } catch {
      throw Complaint(error).hinting(Hint.refusal(error, of: id, in: &kernel))
    }
    repeat {
      let page: TableReport
      // All names are looked up at once.
      do { page = try pages.next(upTo: query.hasNames ? .max : 500, from: &kernel) } catch {
        throw Complaint(error)
      }
      write(.table(page), of: query, &names, to: &output)
      try output.turnPage()
    } while !pages.isAtEnd
  }

  private func list(
    _ connections: consuming ConnectionReport, _ query: ListQuery, to output: inout Output
  ) throws(Complaint) {
    var names = NameCache(query.hasNames ? resolver : nil)
    if let subject = query.countSubject {
      let counts = try counts(of: &connections, by: subject)
      write(.counts(counts), of: query, &names, to: &output)
    } else {
      while let page = try nextPage(of: &connections) {
        write(page, of: query, &names, to: &output)
        try output.turnPage()
      }
    }
    let (count, first) = connections.unreadable
    if count > 0 { throw Messages.unreadableConnections(count, first: first) }
  }

  private func write(
    _ report: Report, of query: ListQuery, _ names: inout NameCache, to output: inout Output
  ) {
    names.learn(report.endpoints)
    Format.add(report, of: query, names: names.table, to: &output.text)
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
