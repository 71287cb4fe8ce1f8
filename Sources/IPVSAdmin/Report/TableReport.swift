// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// What a listing of services found: all of it, or a page.
struct TableReport {
  /// What the kernel says of itself.
  var info: KernelInfo
  /// Whether the listing is of a whole table, and not of one service.
  let isWhole: Bool
  var table: Table
  /// What passed through all services together, on the first page if it was asked for.
  var totals: Statistics.Counters?
  let isFirst: Bool
  let isLast: Bool
}

extension TableReport {
  /// All services, or one, with their servers. Timeouts and daemons are there if asked for, and so are totals.
  init<K: Kernel & ~Copyable>(
    _ id: Service.ID?, isUnsorted: Bool, hasStatus: Bool = false, hasTotals: Bool = false,
    from kernel: inout K
  ) throws(IPVSError) {
    var pages = try TablePages(
      id, isUnsorted: isUnsorted, hasStatus: hasStatus, hasTotals: hasTotals, from: &kernel)
    self = try pages.next(upTo: .max, from: &kernel)
  }
}

/// What a listing of services finds, a page at a time: only services are held, and not all servers.
struct TablePages {
  private let info: KernelInfo
  private let isWhole: Bool
  private let isUnsorted: Bool
  private var services: [ServiceStatus]
  private var position = 0
  /// What comes before the services.
  private var status = Table()
  private var totals: Statistics.Counters?

  /// The services that are listed: all, or one. Timeouts and daemons are there if asked for, and so are totals.
  init<K: Kernel & ~Copyable>(
    _ id: Service.ID?, isUnsorted: Bool, hasStatus: Bool, hasTotals: Bool = false, from kernel: inout K
  ) throws(IPVSError) {
    info = kernel.info
    isWhole = id == nil
    self.isUnsorted = isUnsorted
    if hasStatus {
      status.timeouts = try kernel.timeouts()
      status.daemons = try kernel.daemons()
    }
    if hasTotals { totals = try kernel.totals().total }
    if let id { services = [try kernel.service(id)] } else { services = try kernel.services() }
    if !isUnsorted { SortOrder.sort(&services) }
  }

  /// Whether all pages were taken. There is at least one.
  private(set) var isAtEnd = false

  /// The next page, which has so many rows, or some more: a service is on one page with its servers.
  mutating func next<K: Kernel & ~Copyable>(
    upTo rows: Int, from kernel: inout K
  ) throws(IPVSError) -> TableReport {
    let isFirst = position == 0
    var page = isFirst ? status : Table()
    var count = 0
    while position < services.count, count < rows {
      var servers = try kernel.destinations(of: services[position].id)
      if !isUnsorted { SortOrder.sort(&servers) }
      page.entries.append(Table.Entry(services[position], destinations: servers))
      count += 1 + servers.count
      position += 1
    }
    isAtEnd = position == services.count
    return TableReport(
      info: info, isWhole: isWhole, table: page, totals: isFirst ? totals : nil, isFirst: isFirst,
      isLast: isAtEnd)
  }
}
