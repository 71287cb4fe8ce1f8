// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// What a listing found, before it is text.
enum Report {
  case table(TableReport)
  /// The next of the connections. A page may be empty.
  case connections([Connection], isFirst: Bool, isLast: Bool)
  case counts([ConnectionCount])
  case timeouts(Timeouts)
  case daemons([SyncDaemon])

  /// What a query asks the kernel for; `id` is the service that it is about, if it is about one. Nil if it asks for
  /// connections, which ``ConnectionReport`` finds.
  init?<K: Kernel & ~Copyable>(
    _ query: ListQuery, _ id: Service.ID?, from kernel: inout K
  ) throws(IPVSError) {
    switch query.subject {
    case .table, .service:
      self = .table(
        try TableReport(
          id, isUnsorted: query.isUnsorted, hasStatus: query.hasStatus, hasTotals: query.hasTotals,
          from: &kernel))
    case .connections: return nil
    case .timeouts: self = .timeouts(try kernel.timeouts())
    case .daemons: self = .daemons(try kernel.daemons())
    }
  }
}

extension Report {
  /// The endpoints in the report, with the protocol for the names of their ports; for a mark there is none.
  var endpoints: [(Endpoint, TransportProtocol?)] {
    switch self {
    case .table(let report): report.table.entries.flatMap { $0.endpoints }
    case .connections(let page, _, _): page.flatMap { $0.endpoints }
    case .counts(let counts): counts.compactMap { $0.endpoint }
    case .timeouts, .daemons: []
    }
  }
}

extension Table.Entry {
  fileprivate var endpoints: [(Endpoint, TransportProtocol?)] {
    let servers = destinations.map { ($0.destination.endpoint, id.transport) }
    guard let endpoint = id.endpoint else { return servers }
    return [(endpoint, id.transport)] + servers
  }
}

extension Connection {
  fileprivate var endpoints: [(Endpoint, TransportProtocol?)] {
    [client, virtual, destination].map { ($0, transport) }
  }
}
