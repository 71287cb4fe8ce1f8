// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// What is nearest to something that does not exist.
extension Hint {
  /// What is nearest to a service. Of a table that was not read to its end nothing is counted.
  static func nearest(to id: Service.ID, in table: Table, isWhole: Bool = true) -> Text {
    func named(_ ids: [Service.ID]) -> Text { list(ids.map(words), isWhole: isWhole) }
    let ids = table.entries.map { $0.id }
    let nothing: Text = "there is no \(words(id))"
    if ids.isEmpty { return isWhole ? "\(nothing), nor any other service; -A adds one" : nothing }
    guard case .endpoint(let transport, let endpoint) = id else {
      let marks = ids.filter { $0.mark == id.mark } + ids.filter { $0.mark != nil && $0.mark != id.mark }
      return marks.isEmpty
        ? "\(nothing), nor any other mark; \(overview(ids, isWhole: isWhole))"
        : "\(nothing), but \(named(marks))"
    }
    let address = endpoint.address
    let neighbours = ids.filter { $0.endpoint?.address == address && $0.endpoint != endpoint }
    let namesakes = ids.filter { $0.endpoint == endpoint }
    if !namesakes.isEmpty { return "\(nothing), but \(named(namesakes + neighbours))" }
    if let user = table.service(where: { $0.id == endpoint }) {
      return "\(endpoint) is a real server of \(words(user)), not a virtual service"
    }
    if !neighbours.isEmpty { return "\(nothing), but \(named(neighbours))" }
    if let user = table.service(where: { $0.id.address == address }) {
      return "\(address) is a real server of \(words(user)), not a virtual service"
    }
    let samePort = ids.filter { $0.endpoint?.port == endpoint.port && $0.transport == transport }
    return samePort.isEmpty
      ? "\(nothing); \(overview(ids, isWhole: isWhole))" : "\(nothing), but \(named(samePort))"
  }

  /// What is nearest to a server of a service.
  static func nearest(to endpoint: Endpoint, of id: Service.ID, in table: Table) -> Text? {
    guard let entry = table.entries.first(where: { $0.id == id }) else { return nil }
    if entry.destinations.isEmpty { return "\(words(id)) has no servers; -a adds one" }
    let nothing: Text = "\(endpoint) is no server of \(words(id))"
    let servers = entry.destinations.map { $0.id }
    let near = servers.filter { $0.address == endpoint.address }
    if !near.isEmpty { return "\(nothing), but \(list(near.map { "\($0)" }))" }
    let users = table.entries.filter { entry in entry.destinations.contains { $0.id == endpoint } }
    if !users.isEmpty { return "\(nothing), but of \(list(users.map { words($0.id) }))" }
    return "\(nothing), but \(list(servers.map { "\($0)" }))"
  }

  private static func overview(_ ids: [Service.ID], isWhole: Bool) -> Text {
    guard isWhole else { return "-Ln lists the services" }
    return ids.count == 1 ? "the only service is \(words(ids[0]))" : "-Ln lists the \(ids.count) services"
  }
}

extension Table {
  /// The first service that has such a server.
  fileprivate func service(where isMeant: (DestinationStatus) -> Bool) -> Service.ID? {
    entries.first { $0.destinations.contains(where: isMeant) }?.id
  }
}

extension Service.ID {
  fileprivate var mark: UInt32? {
    if case .mark(let mark, _) = self { mark } else { nil }
  }
}
