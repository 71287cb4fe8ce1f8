// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import IPVS

/// What was probably meant, for a person who typed a command: the object by its name, and what is nearest to it.
enum Hint {
  /// What to say about a change that the kernel refused; `table` is what it holds.
  static func refusal(
    of change: Change, _ errno: Errno, in table: [TableEntry], typed command: Command? = nil
  ) -> String? {
    if errno.rawValue != ESRCH, let port = replacedPort(in: change, typed: command) { return port }
    switch (errno.rawValue, change) {
    case (ESRCH, _):
      return change.service.map { missing($0, in: table) }
    case (EEXIST, .addService(let service)):
      guard let entry = table.first(where: { $0.id == service.id }) else { return nil }
      return "\(service.id.words) is there, with scheduler \(entry.service.service.scheduler); -E changes it"
    case (EEXIST, .addDestination(let server, let id)):
      let old = table.server(server.endpoint, of: id)
      return old.map {
        "\(server.endpoint) is a server of \(id.words), with weight \($0.weight); -e changes it"
      }
    case (ENOENT, .editDestination(let server, let id)):
      return missing(server.endpoint, of: id, in: table)
    case (ENOENT, .deleteDestination(let endpoint, let id)):
      return missing(endpoint, of: id, in: table)
    case (ENOENT, .addService(let service)), (ENOENT, .editService(let service)):
      return unknown(service)
    case (ENODEV, .startDaemon(let daemon)) where !daemon.interface.isEmpty:
      return "there is no interface \(daemon.interface); ip link shows those that there are"
    default: return nil
    }
  }

  /// What to say about a change that was carried out and does something else than it seems to. `old` is the
  /// server as it was, where it was there.
  static func surprise(of change: Change, typed command: Command, old: Destination?) -> String? {
    switch change {
    case .addService(let service), .editService(let service): return surprise(service)
    default: break
    }
    guard let (rule, server) = server(in: change, typed: command) else { return nil }
    if rule.forwarding == nil, let old, old.forwarding != server.forwarding {
      return "\(server.endpoint) was \(old.forwarding.words) and is \(server.forwarding.words) now; "
        + "\(old.forwarding.option) keeps it so"
    }
    if case .tunnel(.ipip) = server.forwarding, case .tunnel(let tunnel)? = old?.forwarding, tunnel != .ipip {
      return "\(server.endpoint) is tunneled by ipip now; --tun-type keeps it as it was"
    }
    return replacedPort(in: change, typed: command)
  }

  /// What to say about a port that was typed, and is not the one that the server is reached on.
  private static func replacedPort(in change: Change, typed command: Command?) -> String? {
    guard let (rule, server) = server(in: change, typed: command), case .number(let port) = rule.server.port,
      port != server.endpoint.port
    else { return nil }
    let reached =
      server.endpoint.port == 0
      ? "the port that a client asks for" : "the service's port \(server.endpoint.port)"
    return "\(server.endpoint.address) is reached on \(reached), not on \(port); only -m changes ports"
  }

  /// The server that a change adds or edits, as it was typed and as it is meant.
  private static func server(in change: Change, typed command: Command?) -> (ServerRule, Destination)? {
    switch (command, change) {
    case (.edit(.addServer(let rule))?, .addDestination(let server, _)): (rule, server)
    case (.edit(.editServer(let rule))?, .editDestination(let server, _)): (rule, server)
    default: nil
    }
  }

  private static func surprise(_ service: Service) -> String? {
    guard service.engine == "sip", case .endpoint(let transport, _) = service.id, transport != .udp else {
      return nil
    }
    return "the engine sip reads UDP only; every connection to this service hangs"
  }

  /// What to say about an address that is none.
  static func unread(_ text: String) -> String? {
    guard text.hasPrefix("["), text.hasSuffix("]"), Address(text.dropFirst().dropLast()) != nil,
      text.contains(":")
    else { return nil }
    return "an address in brackets is followed by a port: \(text):80; without one it goes without brackets"
  }

  /// What to say where the families of a service and its server differ.
  static let families =
    "-i makes the server a tunneled one, in edits too; where no method is given, -g is meant"

  /// What is nearest to a service that is not there.
  static func missing(_ id: Service.ID, in table: [TableEntry]) -> String {
    let ids = table.map(\.id)
    guard !ids.isEmpty else { return "there is no \(id.words), nor any other service; -A adds one" }
    let nothing = "there is no \(id.words)"
    guard case .endpoint(let transport, let endpoint) = id else {
      let marks = ids.filter { $0.mark == id.mark } + ids.filter { $0.mark != nil && $0.mark != id.mark }
      let others = marks.isEmpty ? "" : ", but \(list(marks.map(\.words)))"
      return nothing + (others.isEmpty ? ", nor any other mark; \(listing(ids))" : others)
    }
    let same = ids.filter { $0.endpoint == endpoint }
    let others = ids.filter { $0.endpoint?.address == endpoint.address && $0.endpoint != endpoint }
    if !same.isEmpty {
      return "\(nothing), but \(list((same + others).map(\.words)))"
    }
    if let user = table.first(where: { $0.servers.contains { $0.destination.endpoint == endpoint } }) {
      return "\(endpoint) is a real server of \(user.id.words), not a virtual service"
    }
    if !others.isEmpty { return "\(nothing), but \(list(others.map(\.words)))" }
    if let user = table.first(where: { entry in
      entry.servers.contains { $0.destination.endpoint.address == endpoint.address }
    }) {
      return "\(endpoint.address) is a real server of \(user.id.words), not a virtual service"
    }
    let samePort = ids.filter { $0.endpoint?.port == endpoint.port && $0.isOver(transport) }
    return samePort.isEmpty ? "\(nothing); \(listing(ids))" : "\(nothing), but \(list(samePort.map(\.words)))"
  }

  /// What is nearest to a server that is not in its service.
  private static func missing(_ endpoint: Endpoint, of id: Service.ID, in table: [TableEntry]) -> String? {
    guard let entry = table.first(where: { $0.id == id }) else { return nil }
    let servers = entry.servers.map(\.destination.endpoint)
    let nothing = "\(endpoint) is no server of \(id.words)"
    if servers.isEmpty { return "\(id.words) has no servers; -a adds one" }
    let near = servers.filter { $0.address == endpoint.address }
    if !near.isEmpty { return "\(nothing), but \(list(near.map(\.description)))" }
    let users = table.filter { entry in entry.servers.contains { $0.destination.endpoint == endpoint } }
    if !users.isEmpty { return "\(nothing), but of \(list(users.map(\.id.words)))" }
    return "\(nothing), but \(list(servers.map(\.description)))"
  }

  private static func unknown(_ service: Service) -> String {
    let scheduler = "the kernel has no scheduler `\(service.scheduler)'"
    let modules = "(module ip_vs_\(service.scheduler))"
    guard let engine = service.engine else { return "\(scheduler) \(modules)" }
    return "\(scheduler) \(modules) or no persistence engine `\(engine)' (module ip_vs_pe_\(engine))"
  }

  private static func list(_ names: [String]) -> String {
    let limit = 4
    let rest = names.count > limit ? " and \(names.count - limit) more" : ""
    return names.prefix(limit).joined(separator: ", ") + rest
  }

  private static func listing(_ ids: [Service.ID]) -> String {
    ids.count == 1 ? "the only service is \(ids[0].words)" : "-Ln lists the \(ids.count) services"
  }
}

extension TableEntry {
  fileprivate var id: Service.ID { service.service.id }
}

extension [TableEntry] {
  fileprivate func server(_ endpoint: Endpoint, of id: Service.ID) -> Destination? {
    first { $0.id == id }?.servers.first { $0.destination.endpoint == endpoint }?.destination
  }
}

extension Change {
  /// The service that the change is about, if it is about one.
  fileprivate var service: Service.ID? {
    switch self {
    case .addService(let service), .editService(let service): service.id
    case .deleteService(let id), .addDestination(_, let id), .editDestination(_, let id),
      .deleteDestination(_, let id):
      id
    case .zero(let id): id
    case .clear, .setTimeouts, .startDaemon, .stopDaemon: nil
    }
  }
}

extension Service.ID {
  /// The service as a person calls it: `UDP service 10.0.0.1:53`, `mark 1`.
  fileprivate var words: String {
    switch self {
    case .endpoint(let transport, let endpoint): "\(transport.name.uppercased()) service \(endpoint)"
    case .mark(let mark, let family): "mark \(mark)\(family == .ipv6 ? " (-6)" : "")"
    }
  }

  fileprivate var mark: UInt32? {
    if case .mark(let mark, _) = self { mark } else { nil }
  }

  fileprivate var endpoint: Endpoint? {
    if case .endpoint(_, let endpoint) = self { endpoint } else { nil }
  }

  fileprivate func isOver(_ transport: TransportProtocol) -> Bool {
    if case .endpoint(transport, _) = self { true } else { false }
  }
}

extension Forwarding {
  fileprivate var words: String {
    switch self {
    case .masquerade: "masqueraded"
    case .tunnel: "tunneled"
    case .direct: "routed"
    case .local: "local"
    case .bypass: "bypassed"
    }
  }

  /// The option that asks for the method.
  fileprivate var option: String {
    switch self {
    case .masquerade: "-m"
    case .tunnel: "-i"
    case .direct, .local, .bypass: "-g"
    }
  }
}
