// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import IPVS

/// Changes that take time: servers whose connections end before they go, and servers that come to their weights in
/// steps.
struct Transition {
  /// A server that goes, as it was before.
  struct Leaving {
    let server: Destination
    let id: Service.ID
  }

  /// A server that comes to its weight.
  struct Rising {
    let goal: Destination
    let id: Service.ID
    var weight: Int32

    init(_ goal: Destination, of id: Service.ID) {
      self.goal = goal
      self.id = id
      weight = min(1, goal.settings.weight)
    }
  }

  /// A server that went before all of its connections had ended.
  struct Cut {
    let server: Endpoint
    let connections: UInt32
    let clients: UInt32
  }

  /// How far it is.
  struct State {
    var connections: UInt32 = 0
    /// Clients that persistence binds to the servers that go.
    var clients: UInt32 = 0
    var leaving = 0
    var rising = 0
    var secondsLeft = 0
  }

  var leaving: [Leaving] = []
  var rising: [Rising] = []
  /// The services that are deleted when their servers have left.
  var services: [Service.ID] = []
  /// How many seconds servers have to leave.
  var drain: UInt32 = 0
  /// How many seconds servers have to rise.
  var slowStart: UInt32 = 0
  private(set) var cutOff: [Cut] = []
  /// The servers that stay, because someone else has given them a weight again.
  private(set) var stayed: [Endpoint] = []
  /// How many servers have their weights back after a signal.
  private(set) var restored = 0

  private static let interval = 500

  var isEmpty: Bool { leaving.isEmpty && rising.isEmpty && services.isEmpty }

  /// Runs to the end, and calls `show` now and then. Returns true if a signal ended it: then the servers that have not
  /// left have their weights back, unless someone else has given them another one.
  mutating func run<K: Kernel & ~Copyable>(
    in kernel: inout K, show: (State) -> Void
  ) throws(IPVSError) -> Bool {
    clinux_hold_signals()
    defer { clinux_release_signals() }
    let start = Clock.milliseconds
    let longest = Int(max(leaving.isEmpty ? 0 : drain, rising.isEmpty ? 0 : slowStart)) * 1000
    try kernel.makeIfThere(leaving.filter { $0.server.settings.weight != 0 }.map { $0.withWeight(0) })
    repeat {
      let left = longest - (Clock.milliseconds - start)
      if clinux_rest(Int32(clamping: max(0, min(Self.interval, left)))) != 0 {
        try putBack(in: &kernel)
        return true
      }
      var state = try step(Clock.milliseconds - start, in: &kernel)
      state.secondsLeft = max(0, longest - (Clock.milliseconds - start) + 999) / 1000
      show(state)
    } while !leaving.isEmpty || !rising.isEmpty
    return false
  }

  /// Gives servers that still have the weight 0 of the drain the one from before; whatever else has changed stays.
  mutating func putBack<K: Kernel & ~Copyable>(in kernel: inout K) throws(IPVSError) {
    var changes: [Change] = []
    let servers = try destinations(in: &kernel)
    for server in leaving where server.server.settings.weight != 0 {
      guard var present = servers[server.id]?[server.server.endpoint]?.destination,
        present.settings.weight == 0
      else { continue }
      present.settings.weight = server.server.settings.weight
      changes.append(.editDestination(present, of: server.id))
    }
    try kernel.makeIfThere(changes)
    restored = changes.count
  }

  /// The servers that there are now in the services that this is about.
  private func destinations<K: Kernel & ~Copyable>(
    in kernel: inout K
  ) throws(IPVSError) -> [Service.ID: [Endpoint: DestinationStatus]] {
    var servers: [Service.ID: [Endpoint: DestinationStatus]] = [:]
    for id in leaving.map({ $0.id }) + rising.map({ $0.id }) + services where servers[id] == nil {
      servers[id] = try kernel.destinations(of: id).byID
    }
    return servers
  }

  /// Deletes servers that may go, raises weights, and deletes services that have no servers any more.
  private mutating func step<K: Kernel & ~Copyable>(
    _ milliseconds: Int, in kernel: inout K
  ) throws(IPVSError) -> State {
    var servers = try destinations(in: &kernel)
    let clientsComeBack = QuiescentClients.comeBack
    var state = State()
    var changes: [Change] = []
    let before = (leaving, rising)
    leaving.removeAll { server in
      guard let status = servers[server.id]?[server.server.endpoint] else { return true }
      if status.destination.settings.weight != 0 {
        stayed.append(status.id)
        return true
      }
      let connections = status.connections(in: server.id)
      let clients = clientsComeBack ? status.persistentConnections : 0
      let isBusy = connections > 0 || clients > 0
      if isBusy, milliseconds < Int(drain) * 1000 {
        state.connections += connections
        state.clients += clients
        return false
      }
      if isBusy { cutOff.append(Cut(server: status.id, connections: connections, clients: clients)) }
      changes.append(.deleteDestination(status.id, from: server.id))
      servers[server.id]?[status.id] = nil
      return true
    }
    let isAtTop = milliseconds >= Int(slowStart) * 1000
    for index in rising.indices.reversed() {
      let server = rising[index]
      // A server that is gone, or whose weight someone else decided on, is left alone.
      guard var present = servers[server.id]?[server.goal.endpoint]?.destination,
        present.settings.weight == server.weight
      else {
        rising.remove(at: index)
        continue
      }
      let weight = isAtTop ? server.goal.settings.weight : server.weight(after: milliseconds, of: slowStart)
      if weight != server.weight {
        present.settings.weight = weight
        changes.append(.editDestination(present, of: server.id))
        rising[index].weight = weight
      }
      if weight == server.goal.settings.weight { rising.remove(at: index) }
    }
    services.removeAll { id in
      if leaving.contains(where: { $0.id == id }) { return false }
      // It stays if it has servers that are none of those that left.
      if servers[id]?.isEmpty ?? true { changes.append(.deleteService(id)) }
      return true
    }
    do { try kernel.makeIfThere(changes) } catch {
      (leaving, rising) = before
      throw error
    }
    (state.leaving, state.rising) = (leaving.count, rising.count)
    return state
  }
}

extension Transition.Leaving {
  /// The servers that a change deletes.
  static func all<K: Kernel & ~Copyable>(
    for change: Change, in kernel: inout K
  ) throws(IPVSError) -> [Transition.Leaving] {
    switch change {
    case .deleteService(let id):
      _ = try kernel.service(id)
      return try kernel.destinations(of: id).map { Self(server: $0.destination, id: id) }
    case .deleteDestination(let endpoint, let id):
      _ = try kernel.service(id)
      guard let status = try kernel.destinations(of: id).first(where: { $0.id == endpoint }) else {
        throw IPVSError(.deleteDestination, .refused(.noDestination))
      }
      return [Self(server: status.destination, id: id)]
    default: return []
    }
  }

  fileprivate func withWeight(_ weight: Int32) -> Change {
    var server = server
    server.settings.weight = weight
    return .editDestination(server, of: id)
  }
}

extension Transition.Rising {
  /// The weight after some time: even steps from 1 on, or none if it is not above 1.
  fileprivate func weight(after milliseconds: Int, of seconds: UInt32) -> Int32 {
    let (first, last) = (Int64(min(1, goal.settings.weight)), Int64(goal.settings.weight))
    return Int32(first + (last - first) * Int64(milliseconds) / max(1, Int64(seconds) * 1000))
  }
}

extension DestinationStatus {
  /// The connections that a drain waits for. The kernel counts all of UDP as inactive.
  fileprivate func connections(in id: Service.ID) -> UInt32 {
    id.transport == .udp ? activeConnections + inactiveConnections : activeConnections
  }
}

extension Kernel where Self: ~Copyable {
  /// Makes changes of what is still there; what someone else has deleted meanwhile does not matter.
  fileprivate mutating func makeIfThere(_ changes: [Change]) throws(IPVSError) {
    if changes.isEmpty { return }
    for (change, refusal) in zip(changes, try apply(changes)) {
      guard let refusal, refusal != .noService, refusal != .noDestination else { continue }
      throw IPVSError(change.operation, .refused(refusal))
    }
  }
}
