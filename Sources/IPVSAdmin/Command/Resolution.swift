// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import IPVS

/// Names become addresses and numbers here, when a command runs.
extension Edit {
  /// The change that is meant, once every name in it is resolved.
  func resolved(by resolver: Resolver) throws(CommandError) -> Change {
    switch self {
    case .addService(let rule): .addService(try rule.resolved(by: resolver))
    case .editService(let rule): .editService(try rule.resolved(by: resolver))
    case .deleteService(let name): .deleteService(try name.resolved(by: resolver))
    case .addServer(let rule): try rule.resolved(by: resolver, Change.addDestination)
    case .editServer(let rule): try rule.resolved(by: resolver, Change.editDestination)
    case .deleteServer(let service, let server):
      try service.deletion(of: server, by: resolver)
    case .clear: .clear
    case .zero(let name): .zero(try name?.resolved(by: resolver))
    case .setTimeouts(let timeouts): .setTimeouts(timeouts)
    case .startDaemon(let daemon): .startDaemon(daemon)
    case .stopDaemon(let role): .stopDaemon(role)
    }
  }
}

extension ServiceName {
  /// The service's identity.
  func resolved(by resolver: Resolver) throws(CommandError) -> Service.ID {
    switch self {
    case .mark(let mark, let family): .mark(mark, family)
    case .endpoint(let transport, let host):
      .endpoint(
        transport, try host.resolved(by: resolver, transport, defaultPort: 0, or: .illegalService))
    }
  }

  /// The family, unless it takes a look-up to know it.
  var family: AddressFamily? {
    switch self {
    case .mark(_, let family): family
    case .endpoint(_, let host): host.family
    }
  }

  fileprivate func deletion(of server: HostPort, by resolver: Resolver) throws(CommandError) -> Change {
    let id = try resolved(by: resolver)
    return .deleteDestination(
      try server.resolved(by: resolver, id.transport, defaultPort: id.port, or: .illegalServer), from: id)
  }
}

extension ServiceRule {
  fileprivate func resolved(by resolver: Resolver) throws(CommandError) -> Service {
    let id = try name.resolved(by: resolver)
    var mask: Netmask?
    if let netmask { mask = try Netmask(netmask, id.family) }
    return Service(
      id, scheduler: scheduler, flags: flags, persistence: persistence, netmask: mask, engine: engine)
  }
}

extension ServerRule {
  fileprivate func resolved(
    by resolver: Resolver, _ change: (Destination, Service.ID) -> Change
  ) throws(CommandError) -> Change {
    let id = try service.resolved(by: resolver)
    let forwarding = forwarding ?? .direct
    var endpoint = try server.resolved(
      by: resolver, id.transport, defaultPort: id.port, or: .illegalServer)
    try Self.checkFamilies(id.family, endpoint.address.family, forwarding)
    if case .endpoint = id, forwarding != .masquerade { endpoint.port = id.port }
    return change(
      Destination(
        endpoint, forwarding: forwarding, weight: weight, upperThreshold: upperThreshold,
        lowerThreshold: lowerThreshold), id)
  }

  /// Only a tunnel leads from one family to the other.
  static func checkFamilies(
    _ service: AddressFamily, _ server: AddressFamily, _ forwarding: Forwarding
  ) throws(CommandError) {
    if service == server { return }
    if case .tunnel = forwarding { return }
    throw CommandError("Different address family is allowed only for tunneling servers", hint: Hint.families)
  }
}

extension Netmask {
  /// What a text means as a mask for a family: any form of `inet_aton(3)`, or a prefix length.
  init(_ text: String, _ family: AddressFamily) throws(CommandError) {
    switch family {
    case .ipv4:
      var mask = in_addr()
      guard unsafe inet_aton(text, &mask) != 0 else {
        throw CommandError("illegal virtual server persistent mask specified")
      }
      self = .ipv4(UInt32(bigEndian: mask.s_addr))
    case .ipv6:
      // What follows the digits does not count, as with the reference.
      let length = unsafe atoi(text)
      guard (1...128).contains(length) else { throw CommandError("illegal ipv6 netmask specified") }
      self = .ipv6(UInt32(length))
    }
  }
}

extension HostPort {
  /// The address and port that are meant; `error` when a name in them does not resolve.
  func resolved(
    by resolver: Resolver, _ transport: TransportProtocol, defaultPort: UInt16, or error: CommandError
  ) throws(CommandError) -> Endpoint {
    let address: Address
    switch host {
    case .address(let known): address = known
    case .name(let name):
      guard let found = resolver.address(of: name) else { throw error }
      address = found
    }
    switch port {
    case nil: return Endpoint(address, port: defaultPort)
    case .number(let number): return Endpoint(address, port: number)
    case .name(let name):
      guard let number = resolver.port(named: name, transport) else { throw error }
      return Endpoint(address, port: number)
    }
  }
}

extension CommandParser.TypedName {
  /// Throws what is to be said if a name does not resolve.
  func check(by resolver: Resolver) throws(CommandError) {
    switch self {
    case .service(let transport, let host):
      _ = try host.resolved(by: resolver, transport, defaultPort: 0, or: .illegalService)
    case .server(let host, let transport):
      _ = try host.resolved(by: resolver, transport, defaultPort: 0, or: .illegalServer)
    }
  }
}

extension Service.ID {
  /// The protocol whose names ports have; of a mark it is TCP.
  var transport: TransportProtocol {
    if case .endpoint(let transport, _) = self { transport } else { .tcp }
  }

  /// The protocol whose names the ports of servers are printed with; of a mark there is none.
  var namingTransport: TransportProtocol? {
    if case .endpoint(let transport, _) = self { transport } else { nil }
  }

  /// The port, 0 of a mark.
  var port: UInt16 {
    if case .endpoint(_, let endpoint) = self { endpoint.port } else { 0 }
  }
}
