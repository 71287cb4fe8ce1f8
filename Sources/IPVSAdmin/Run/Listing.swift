// SPDX-License-Identifier: Apache-2.0

internal import IPVS

extension Session {
  /// Prints what a query asks for.
  mutating func list(_ query: ListQuery, _ id: Service.ID?) throws(CommandError) {
    switch query.subject {
    case .table, .service: try listTable(query, id)
    case .connections: try listConnections(query)
    case .timeouts:
      output.text.add(try ask { (director) throws(IPVSError) in try director.timeouts() }.listing)
    case .daemons:
      let daemons = try ask { (director) throws(IPVSError) in try director.daemons() }
      for daemon in daemons { output.text.add(daemon.listing) }
    }
  }

  private mutating func listTable(_ query: ListQuery, _ id: Service.ID?) throws(CommandError) {
    let services: [ServiceStatus]
    do throws(CommandError) {
      services = try ask { (director) throws(IPVSError) in
        if let id { [try director.service(id)] } else { try director.services() }
      }
    } catch {
      throw hinting(error, missing: id)
    }
    if id == nil { output.text.add(TableText.version(info)) }
    let (entries, names) = try table(services, sorted: !query.unsorted, numeric: query.numeric)
    let table = TableText(format: query.format, names: names)
    table.title(into: &output.text)
    for entry in entries { table.entry(entry, into: &output.text) }
  }

  /// Prints the table as rules.
  mutating func save(numeric: Bool) throws(CommandError) {
    let (entries, names) = try table(
      try ask { (director) throws(IPVSError) in try director.services() }, sorted: true, numeric: numeric)
    let writer = RuleWriter(names: names)
    for entry in entries { writer.entry(entry, into: &output.text) }
  }

  /// Services with their servers, and the names for them.
  mutating func table(
    _ services: [ServiceStatus], sorted: Bool, numeric: Bool
  ) throws(CommandError) -> ([TableEntry], NameTable) {
    var entries: [TableEntry] = []
    for service in services {
      let servers = try ask { (director) throws(IPVSError) in
        try director.destinations(of: service.service.id)
      }
      entries.append(TableEntry(service: service, servers: servers))
    }
    if sorted { SortOrder.sort(&entries) }
    var names = NameCache(numeric ? nil : resolver)
    names.learn(entries.flatMap(\.endpoints))
    return (entries, names.table)
  }

  /// How many connections are looked up together.
  private static var page: Int { 1000 }

  private mutating func listConnections(_ query: ListQuery) throws(CommandError) {
    var reader = try ask { (_) throws(IPVSError) -> ConnectionReader in try ConnectionReader() }
    var names = NameCache(query.numeric ? nil : resolver)
    let listing = ConnectionText(showsEngine: query.format.style == .persistentConnections)
    listing.title(into: &output.text)
    while true {
      var page: [Connection] = []
      do throws(IPVSError) {
        while page.count < Self.page, let connection = try reader.next() { page.append(connection) }
      } catch {
        throw CommandError(error)
      }
      if page.isEmpty { return }
      names.learn(page.flatMap(\.endpoints))
      for connection in page { listing.entry(connection, names: names.table, into: &output.text) }
      try output.turnPage()
    }
  }
}
