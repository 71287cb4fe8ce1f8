// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// The table that rules describe.
struct Goal {
  var table = Table()
  /// The lines that do not fit the ones before.
  private(set) var mistakes = LineComplaints()
  private var places: [Service.ID: Int] = [:]
  private var servers: Set<Place> = []

  private struct Place: Hashable {
    let id: Service.ID
    let server: Endpoint
  }

  init(_ rules: Rules, program: Text) {
    var steps = rules.steps
    while let (line, step) = steps.next() {
      guard case .change(let change) = step else { continue }
      do { try take(change) } catch { mistakes.add(Messages.text(error, program: program), line: line) }
    }
  }

  private mutating func take(_ change: Change) throws(Misuse) {
    switch change {
    case .addService(let service):
      guard places[service.id] == nil else { throw .twice }
      places[service.id] = table.entries.count
      table.entries.append(Table.Entry(ServiceStatus(service)))
    case .addDestination(let server, let id):
      guard let place = places[id] else { throw .noServiceYet }
      guard servers.insert(Place(id: id, server: server.endpoint)).inserted else { throw .twice }
      table.entries[place].destinations.append(DestinationStatus(server))
    case .setTimeouts(let timeouts):
      if table.timeouts != nil { throw .twice }
      table.timeouts = timeouts
    case .startDaemon(let daemon):
      if table.daemons?.contains(where: { $0.role == daemon.role }) == true { throw .twice }
      table.daemons = (table.daemons ?? []) + [daemon]
    default: break
    }
  }

  /// Gives the servers that a table does not have yet a weight of 1 at most, and returns them as they will be.
  mutating func slowDown(newTo present: Table) -> [(Destination, Service.ID)] {
    var known: Set<Place> = []
    for entry in present.entries {
      for server in entry.destinations { known.insert(Place(id: entry.id, server: server.id)) }
    }
    var slowed: [(Destination, Service.ID)] = []
    for place in table.entries.indices {
      let id = table.entries[place].id
      for index in table.entries[place].destinations.indices {
        let server = table.entries[place].destinations[index].destination
        if server.settings.weight <= 1 || known.contains(Place(id: id, server: server.endpoint)) { continue }
        slowed.append((server, id))
        table.entries[place].destinations[index].destination.settings.weight = 1
      }
    }
    return slowed
  }
}

extension Rules {
  /// The line that a change comes from, if one does: a removal comes from none.
  func line(of change: Change) -> Int? {
    var steps = steps
    while let (line, step) = steps.next() {
      guard case .change(let rule) = step else { continue }
      switch (rule, change) {
      case (.addService(let service), .addService(let other)),
        (.addService(let service), .editService(let other)):
        if service.id == other.id { return line }
      case (.addDestination(let server, let id), .addDestination(let other, let otherID)),
        (.addDestination(let server, let id), .editDestination(let other, let otherID)):
        if id == otherID, server.endpoint == other.endpoint { return line }
      case (.setTimeouts, .setTimeouts): return line
      case (.startDaemon(let daemon), .startDaemon(let other)):
        if daemon.role == other.role { return line }
      default: break
      }
    }
    return nil
  }
}
