// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// The names of the addresses and ports that were asked for so far, each looked up once.
struct NameCache {
  private let resolver: Resolver?
  private(set) var table = NameTable()
  private var knownHosts: Set<Address> = []
  private var knownPorts: Set<NameTable.Port> = []

  /// A cache that asks a resolver; without one there are no names.
  init(_ resolver: Resolver?) { self.resolver = resolver }

  /// Looks up all names of endpoints that are not known yet, at once. Ports have names if there is a protocol.
  mutating func learn(_ endpoints: @autoclosure () -> [(Endpoint, TransportProtocol?)]) {
    guard let resolver else { return }
    var unknown: [Address] = []
    for (endpoint, transport) in endpoints() {
      if knownHosts.insert(endpoint.address).inserted { unknown.append(endpoint.address) }
      guard let transport else { continue }
      let port = NameTable.Port(number: endpoint.port, transport: transport)
      if knownPorts.insert(port).inserted { table.ports[port] = resolver.name(of: port.number, transport) }
    }
    for (address, name) in zip(unknown, resolver.names(of: unknown)) { table.hosts[address] = name }
  }
}
