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

  /// Looks up what is not known yet of an endpoint.
  mutating func learn(_ endpoint: Endpoint, _ transport: TransportProtocol?) {
    guard let resolver else { return }
    if knownHosts.insert(endpoint.address).inserted {
      table.hosts[endpoint.address] = resolver.name(of: endpoint.address)
    }
    guard let transport else { return }
    let port = NameTable.Port(number: endpoint.port, transport: transport)
    if knownPorts.insert(port).inserted {
      table.ports[port] = resolver.name(of: endpoint.port, transport)
    }
  }

  /// Looks up what is not known yet of a service and its servers.
  mutating func learn(_ entry: TableEntry) {
    guard resolver != nil else { return }
    var transport: TransportProtocol?
    if case .endpoint(let service, let endpoint) = entry.service.service.id {
      transport = service
      learn(endpoint, service)
    }
    for server in entry.servers { learn(server.destination.endpoint, transport) }
  }
}
