// SPDX-License-Identifier: Apache-2.0

extension Table {
  /// What ``changes(to:keeping:)`` leaves as it is.
  public struct Keeping: OptionSet, Sendable {
    /// The options as bits.
    public let rawValue: UInt8
    /// Options from their bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Services that the goal does not name.
    public static let otherServices = Keeping(rawValue: 1)
    /// The weights of servers that are there already.
    public static let weights = Keeping(rawValue: 2)
  }

  /// The changes that make this table the goal, and touch nothing that is right already. What the goal says of
  /// connections and counters does not matter.
  ///
  /// Services and servers are added and edited first, in the order of the goal, and removed afterwards, in the order
  /// of this table. So no service is without a server that it has before and after.
  public func changes(to goal: Table, keeping: Keeping = []) -> [Change] {
    var changes: [Change] = []
    let services = entries.byID
    for wanted in goal.entries {
      let present = services[wanted.id]
      if present?.service.service.settings.effective != wanted.service.service.settings.effective {
        let service = wanted.service.service
        changes.append(present == nil ? .addService(service) : .editService(service))
      }
      let servers = present?.destinations ?? []
      var others: [Endpoint: DestinationStatus]?
      for (index, server) in wanted.destinations.enumerated() {
        // Often both are in the same order.
        var old: DestinationStatus?
        if index < servers.count, servers[index].id == server.id {
          old = servers[index]
        } else {
          if others == nil { others = servers.byID }
          old = others?[server.id]
        }
        if let change = server.destination.change(from: old?.destination, of: wanted.id, keeping) {
          changes.append(change)
        }
      }
    }
    return changes + statusChanges(to: goal) + removals(for: goal, keeping)
  }

  /// The changes of timeouts and daemons, if the goal is about them.
  private func statusChanges(to goal: Table) -> [Change] {
    var changes: [Change] = []
    if let wanted = goal.timeouts, let present = timeouts, !present.match(wanted) {
      changes.append(.setTimeouts(wanted))
    }
    guard let wanted = goal.daemons, let present = daemons else { return changes }
    for daemon in present where !wanted.contains(where: { daemon.matches($0) }) {
      changes.append(.stopDaemon(daemon.role))
    }
    for daemon in wanted where !present.contains(where: { $0.matches(daemon) }) {
      changes.append(.startDaemon(daemon))
    }
    return changes
  }

  private func removals(for goal: Table, _ keeping: Keeping) -> [Change] {
    var changes: [Change] = []
    let services = goal.entries.byID
    for present in entries {
      guard let wanted = services[present.id] else {
        if !keeping.contains(.otherServices) { changes.append(.deleteService(present.id)) }
        continue
      }
      if present.destinations.elementsEqual(wanted.destinations, by: { $0.id == $1.id }) { continue }
      let servers = wanted.destinations.byID
      for server in present.destinations where servers[server.id] == nil {
        changes.append(.deleteDestination(server.id, from: present.id))
      }
    }
    return changes
  }

  /// The changes that take back others which were made on this table, the last one first.
  package func takingBack(_ changes: [Change]) -> [Change] {
    let services = entries.byID
    let servers = services.mapValues { $0.destinations.byID }
    return changes.reversed().flatMap { change -> [Change] in
      switch change {
      case .addService(let service): [.deleteService(service.id)]
      case .editService(let service): services[service.id].map { [.editService($0.service.service)] } ?? []
      case .deleteService(let id): services[id]?.additions ?? []
      case .addDestination(let server, let id): [.deleteDestination(server.endpoint, from: id)]
      case .editDestination(let server, let id):
        servers[id]?[server.endpoint].map { [.editDestination($0.destination, of: id)] } ?? []
      case .deleteDestination(let endpoint, let id):
        servers[id]?[endpoint].map { [.addDestination($0.destination, to: id)] } ?? []
      case .setTimeouts: timeouts.map { [.setTimeouts($0)] } ?? []
      case .startDaemon(let daemon): [.stopDaemon(daemon.role)]
      case .stopDaemon(let role): (daemons ?? []).filter { $0.role == role }.map { .startDaemon($0) }
      case .clear, .zero, .zeroAll: []
      }
    }
  }
}

extension Table.Entry {
  /// The changes that add the service and its servers.
  var additions: [Change] {
    [.addService(service.service)] + destinations.map { .addDestination($0.destination, to: id) }
  }
}

extension Array where Element: Identifiable {
  /// The elements by their identity.
  package var byID: [Element.ID: Element] {
    var elements: [Element.ID: Element] = [:]
    elements.reserveCapacity(count)
    for element in self { elements[element.id] = element }
    return elements
  }
}

extension Service.Settings {
  /// The settings without what has no effect: only persistence has a netmask.
  fileprivate var effective: Service.Settings {
    var settings = self
    if persistence == nil { settings.netmask = .host }
    return settings
  }
}

extension Destination {
  /// The change that makes a server of a service this one, or nil if it is.
  fileprivate func change(
    from present: Destination?, of id: Service.ID, _ keeping: Table.Keeping
  ) -> Change? {
    guard let present else { return .addDestination(self, to: id) }
    var wanted = self
    if keeping.contains(.weights) { wanted.settings.weight = present.settings.weight }
    var settings = wanted.settings
    if present.settings.forwarding.passes(for: settings.forwarding) {
      settings.forwarding = present.settings.forwarding
    }
    return settings == present.settings ? nil : .editDestination(wanted, of: id)
  }
}

extension Forwarding {
  /// Whether a method that is in effect is as good as the one that was asked for: the kernel decides by itself that a
  /// server is local, or that a packet bypasses the cache.
  fileprivate func passes(for wanted: Forwarding) -> Bool {
    switch self {
    case .local: true
    case .bypass: wanted == .direct
    case .masquerade, .tunnel, .direct: self == wanted
    }
  }
}

extension Timeouts {
  /// Whether the timeouts are these, as far as they say something.
  fileprivate func match(_ wanted: Timeouts) -> Bool {
    (wanted.tcp ?? tcp) == tcp && (wanted.tcpFin ?? tcpFin) == tcpFin && (wanted.udp ?? udp) == udp
  }
}

extension SyncDaemon {
  /// Whether a daemon that runs is this one. What was not given is as the kernel chooses it; then the length of
  /// messages depends on the interface.
  fileprivate func matches(_ wanted: SyncDaemon) -> Bool {
    role == wanted.role && interface == wanted.interface && syncID == wanted.syncID
      && maximumLength == wanted.lengthInEffect ?? maximumLength
      && group ?? Self.group == wanted.group ?? Self.group && port ?? Self.port == wanted.port ?? Self.port
      && ttl ?? 1 == wanted.ttl ?? 1
  }

  /// The length that the kernel makes of the one that was given: a packet holds it, and a backup's is 1024 or more.
  private var lengthInEffect: UInt16? {
    guard let maximumLength else { return nil }
    let headers: UInt16 = group?.family == .ipv6 ? 48 : 28
    return min(max(maximumLength, role == .backup ? 1024 : 1), .max - headers)
  }

  private static let group: Address = "224.0.0.81"
  private static let port: UInt16 = 8848
}
