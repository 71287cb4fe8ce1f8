// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import IPVS

/// Names become addresses and numbers here, before a command runs.
extension Edit {
  /// The change, with every name in it resolved.
  func resolved(by resolver: Resolver) throws(Misuse) -> Change {
    switch self {
    case .addService(let rule): .addService(try rule.resolved(by: resolver))
    case .editService(let rule): .editService(try rule.resolved(by: resolver))
    case .deleteService(let name): .deleteService(try name.resolved(by: resolver))
    case .addDestination(let rule): try rule.resolved(by: resolver) { .addDestination($0, to: $1) }
    case .editDestination(let rule): try rule.resolved(by: resolver) { .editDestination($0, of: $1) }
    case .deleteDestination(let service, let server):
      try service.deletion(of: server, by: resolver)
    case .clear: .clear
    case .zero(let name): .zero(try name.resolved(by: resolver))
    case .zeroAll: .zeroAll
    case .setTimeouts(let timeouts): .setTimeouts(timeouts)
    case .startDaemon(let daemon): .startDaemon(daemon)
    case .stopDaemon(let role): .stopDaemon(role)
    }
  }
}

extension ListQuery {
  /// The service that is listed, if it is only one.
  func service(by resolver: Resolver) throws(Misuse) -> Service.ID? {
    guard case .service(let name) = subject else { return nil }
    return try name.resolved(by: resolver)
  }
}

extension Selection {
  /// Which connections are meant, with every name resolved.
  func resolved(by resolver: Resolver) throws(Misuse) -> ConnectionFilter {
    var filter = ConnectionFilter(state: state)
    filter.service = try service?.resolved(by: resolver)
    // Without a service, port names are those of TCP.
    filter.server = try server?.resolved(
      by: resolver, filter.service?.transport ?? .tcp, defaultPort: 0, or: .destination(Text()))
    filter.client = try client?.resolved(by: resolver)
    return filter
  }
}

extension HostPrefix {
  fileprivate func resolved(by resolver: Resolver) throws(Misuse) -> AddressRange {
    let address: Address? =
      switch host {
      case .address(let known): known
      case .name(let name): resolver.address(of: name)
      }
    guard let address, length ?? 0 <= address.family.bitCount else { throw .value(.client) }
    return AddressRange(address, length: length ?? address.family.bitCount)
  }
}

extension Target {
  /// The service, and the server if it is about one.
  func resolved(by resolver: Resolver) throws(Misuse) -> (id: Service.ID, server: Endpoint?) {
    switch self {
    case .service(let name): return (try name.resolved(by: resolver), nil)
    case .destination(let name, let server):
      let id = try name.resolved(by: resolver)
      return (id, try server.resolved(by: resolver, in: id))
    }
  }
}

extension ServiceName {
  /// The service's identity.
  func resolved(by resolver: Resolver) throws(Misuse) -> Service.ID {
    switch self {
    case .mark(let mark, let family): .mark(mark, family)
    case .endpoint(let transport, let host):
      .endpoint(
        transport, try host.resolved(by: resolver, transport, defaultPort: 0, or: .service(Text())))
    }
  }

  fileprivate func deletion(of server: HostPort, by resolver: Resolver) throws(Misuse) -> Change {
    let id = try resolved(by: resolver)
    return .deleteDestination(try server.resolved(by: resolver, in: id), from: id)
  }
}

extension ServiceRule {
  fileprivate func resolved(by resolver: Resolver) throws(Misuse) -> Service {
    var service = Service(try name.resolved(by: resolver), settings)
    if service.id.endpoint?.port == 0, settings.persistence == nil { throw .portZero }
    if let netmask { service.settings.netmask = try Netmask(netmask, service.id.family, resolver) }
    return service
  }
}

extension DestinationRule {
  fileprivate func resolved(
    by resolver: Resolver, _ change: (Destination, Service.ID) -> Change
  ) throws(Misuse) -> Change {
    let id = try service.resolved(by: resolver)
    var endpoint = try server.resolved(by: resolver, in: id)
    try Self.checkFamilies(id.family, endpoint.address.family, settings.forwarding)
    if let virtual = id.endpoint, settings.forwarding != .masquerade { endpoint.port = virtual.port }
    return change(Destination(endpoint, settings), id)
  }
}

extension Netmask {
  /// What a text means as a mask for a family: any form of `inet_aton(3)` or a host whose address is the mask, or
  /// a prefix length.
  fileprivate init(_ text: Text, _ family: AddressFamily, _ resolver: Resolver) throws(Misuse) {
    switch family {
    case .ipv4:
      guard let mask = Address(shorthand: text) ?? resolver.address(of: text), mask.family == .ipv4 else {
        throw .value(.netmask)
      }
      self.init(mask.words.0, family)
    case .ipv6:
      // What follows the digits does not count, as with the reference.
      let length = unsafe text.withCString { unsafe atoi($0) }
      guard (1...128).contains(length) else { throw .value(.prefix) }
      self.init(UInt32(length), family)
    }
  }
}

extension HostPort {
  /// A real server in a service. For a mark, port names are those of TCP.
  fileprivate func resolved(by resolver: Resolver, in id: Service.ID) throws(Misuse) -> Endpoint {
    try resolved(
      by: resolver, id.transport ?? .tcp, defaultPort: id.endpoint?.port ?? 0, or: .destination(Text()))
  }

  /// The address and port; throws `misuse` if a name in them does not resolve.
  fileprivate func resolved(
    by resolver: Resolver, _ transport: TransportProtocol, defaultPort: UInt16, or misuse: Misuse
  ) throws(Misuse) -> Endpoint {
    let address: Address
    switch host {
    case .address(let known): address = known
    case .name(let name):
      guard let found = resolver.address(of: name) else { throw misuse }
      address = found
    }
    if isBracketedName {
      // Of an IPv4 address the reference drops the port together with the brackets.
      if address.family == .ipv4 { return Endpoint(address, port: defaultPort) }
      if port == nil { throw misuse }
    }
    switch port {
    case nil: return Endpoint(address, port: defaultPort)
    case .number(let number): return Endpoint(address, port: number)
    case .name(let name):
      guard let number = resolver.port(named: name, transport) else { throw misuse }
      return Endpoint(address, port: number)
    }
  }
}

// MARK: - Names to look up

extension Command {
  /// The host names in the command.
  var hostNames: [Text] {
    switch self {
    case .edit(let edit), .gradual(let edit, _): edit.hostNames
    case .revise(.service(let name), _): name.hostNames
    case .revise(.destination(let name, let server), _): name.hostNames + server.hostNames
    case .list(let query):
      if case .service(let name) = query.subject { name.hostNames } else { query.selection.hostNames }
    case .doctor(let options): options.services.flatMap { $0.hostNames }
    case .help, .version, .restore, .apply: []
    }
  }
}

extension Selection {
  fileprivate var hostNames: [Text] {
    var names = (service?.hostNames ?? []) + (server?.hostNames ?? [])
    if case .name(let name)? = client?.host { names.append(name) }
    return names
  }
}

extension Edit {
  fileprivate var hostNames: [Text] {
    switch self {
    case .addService(let rule), .editService(let rule):
      rule.name.hostNames + (rule.netmask.map { rule.name.family == .ipv6 ? [] : $0.hostNamesOfMask } ?? [])
    case .deleteService(let name), .zero(let name): name.hostNames
    case .addDestination(let rule), .editDestination(let rule): rule.service.hostNames + rule.server.hostNames
    case .deleteDestination(let service, let server): service.hostNames + server.hostNames
    case .clear, .zeroAll, .setTimeouts, .startDaemon, .stopDaemon: []
    }
  }
}

extension ServiceName {
  fileprivate var hostNames: [Text] {
    if case .endpoint(_, let host) = self { host.hostNames } else { [] }
  }
}

extension HostPort {
  fileprivate var hostNames: [Text] {
    if case .name(let name) = host { [name] } else { [] }
  }
}

extension Text {
  fileprivate var hostNamesOfMask: [Text] { Address(shorthand: self) == nil ? [self] : [] }
}
