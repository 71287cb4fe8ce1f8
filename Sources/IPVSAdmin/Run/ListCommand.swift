// SPDX-License-Identifier: Apache-2.0

internal import IPVS

extension Program {
  /// Prints what a query asks for, as far as the user may know it; `id` is the service, if the query asks for only
  /// one.
  func list(_ query: ListQuery, _ id: Service.ID?, to output: inout Output) throws(Complaint) {
    if query.subject == .connections, let report = try? ConnectionReport() {
      return try list(report, query, to: &output)
    }
    var reason: IPVSError?
    if var kernel = Self.openKernel(or: &reason) {
      return try list(query, id, from: &kernel, to: &output)
    }
    guard let reason else { return }
    guard reason.reason == .refused(.notPermitted), query.isForEveryone, var kernel = try? Onlooker() else {
      throw Complaint(reason)
    }
    try list(query, id, from: &kernel, to: &output)
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
    case .connections: try list(try openConnections(), query, to: &output)
    case .timeouts:
      do { output.text.append(try kernel.timeouts()) } catch { throw Complaint(error) }
    case .daemons:
      do { for daemon in try kernel.daemons() { output.text.append(daemon) } } catch {
        throw Complaint(error)
      }
    }
  }

  private func listTable<K: Kernel & ~Copyable>(
    _ query: ListQuery, _ id: Service.ID?, from kernel: inout K, to output: inout Output
  ) throws(Complaint) {
    do {
      let report = try TableReport(
        id, isOutline: query.style == .plain, isUnsorted: query.isUnsorted, from: &kernel)
      var names = NameCache(query.isNumeric ? nil : resolver)
      names.learn(report.table.entries.flatMap { $0.endpoints })
      TableText(query, names: names.table).add(report, to: &output.text)
    } catch {
      throw Complaint(error).hinting(Hint.refusal(error, of: id, in: &kernel))
    }
  }

  private func list(
    _ report: consuming ConnectionReport, _ query: ListQuery, to output: inout Output
  ) throws(Complaint) {
    var names = NameCache(query.isNumeric ? nil : resolver)
    let listing = ConnectionText(showsEngine: query.style == .persistentConnections)
    listing.addTitle(to: &output.text)
    while let page = try nextPage(of: &report) {
      names.learn(page.flatMap { $0.endpoints })
      for connection in page { listing.add(connection, names: names.table, to: &output.text) }
      try output.turnPage()
    }
    if report.unreadable.count > 0 {
      throw Messages.unreadableConnections(report.unreadable.count, first: report.unreadable.first)
    }
  }

  private func openConnections() throws(Complaint) -> ConnectionReport {
    do { return try ConnectionReport() } catch { throw Complaint(error) }
  }

  private func nextPage(of report: inout ConnectionReport) throws(Complaint) -> [Connection]? {
    do { return try report.nextPage() } catch { throw Complaint(error) }
  }
}
