// SPDX-License-Identifier: Apache-2.0

extension Director {
  /// All services with their servers, in the kernel's order: services by netlink, which alone has all of their
  /// settings, and servers from `/proc/net/ip_vs`, which has the whole table in one file.
  ///
  /// Each service appears once, with its own servers, even while the table changes. Netlink answers for services that
  /// only one of the two sources has, and for a mark of both families, which look alike in the file.
  public mutating func outline() throws(IPVSError) -> Table {
    var outline = Outline(try services())
    if var reader = try? TableReader() {
      // A line that makes no sense ends the reading, and netlink has the rest.
      while let entry = (try? reader.next()) ?? nil { outline.take(entry) }
    }
    for index in outline.unknown {
      outline.table.entries[index].destinations = try destinations(of: outline.table.entries[index].id)
    }
    for id in outline.strangers {
      guard let status = try serviceIfAny(id) else { continue }
      outline.table.entries.append(Table.Entry(status, destinations: try destinations(of: id)))
    }
    return outline.table
  }

  /// A service, or nil when it is gone again.
  private mutating func serviceIfAny(_ id: Service.ID) throws(IPVSError) -> ServiceStatus? {
    do { return try service(id) } catch {
      guard error.reason == .refused(.noService) else { throw error }
      return nil
    }
  }
}

/// A table that is put together from two sources.
struct Outline {
  var table: Table
  /// The place of each service in the table; nil for marks that the file does not tell apart.
  private var places: [Service.ID: Int?] = [:]
  private var isKnown: [Bool]
  /// Services that only the file knows.
  private(set) var strangers: [Service.ID] = []

  /// The services as netlink reports them; their servers are not known yet.
  init(_ services: [ServiceStatus]) {
    table = Table(services.map { Table.Entry($0) })
    isKnown = Array(repeating: false, count: services.count)
    places.reserveCapacity(services.count)
    for (index, service) in services.enumerated() {
      let key = service.id.inTheFile
      places[key] = places[key] == nil ? .some(index) : .some(nil)
    }
  }

  /// The services whose servers are not known.
  var unknown: [Int] { isKnown.indices.filter { !isKnown[$0] } }

  /// Takes the servers of a service from the file.
  mutating func take(_ entry: Table.Entry) {
    switch places[entry.id] {
    case .some(.some(let index)) where !isKnown[index]:
      table.entries[index].destinations = entry.destinations
      isKnown[index] = true
    case .some: break
    case nil:
      places[entry.id] = .some(nil)
      strangers += entry.id.possibilities
    }
  }
}

extension Service.ID {
  /// The identities that one in the file can stand for.
  fileprivate var possibilities: [Service.ID] {
    if case .mark(let mark, _) = self { [.mark(mark, .ipv4), .mark(mark, .ipv6)] } else { [self] }
  }
}
