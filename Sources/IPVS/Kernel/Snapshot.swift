// SPDX-License-Identifier: Apache-2.0

extension Kernel where Self: ~Copyable {
  /// All services with their servers, in the kernel's order.
  public mutating func table() throws(IPVSError) -> Table { try table(of: services()) }

  /// All services with their servers, in the kernel's order, with the timeouts and the daemons.
  public mutating func wholeTable() throws(IPVSError) -> Table {
    var table = try table()
    table.timeouts = try timeouts()
    table.daemons = try daemons()
    return table
  }

  /// What passed through the services that there are, together.
  public mutating func totals() throws(IPVSError) -> Statistics {
    try services().reduce(into: Statistics()) { $0.add($1.statistics) }
  }

  /// Services with the servers that they have now.
  public mutating func table(of services: [ServiceStatus]) throws(IPVSError) -> Table {
    var table = Table()
    table.entries.reserveCapacity(services.count)
    for service in services {
      table.entries.append(Table.Entry(service, destinations: try destinations(of: service.id)))
    }
    return table
  }
}
