// SPDX-License-Identifier: Apache-2.0

import TestNoise
import IPVS

// Random tables of few services and servers, so that two of them have much in common.

extension Table {
  static func random(using random: inout Noise) -> Table {
    let ids = Service.ID.few.shuffled(using: &random).prefix(
      .random(in: 0...Service.ID.few.count, using: &random))
    return Table(ids.map { Entry.random($0, using: &random) })
  }

  /// The services and servers by their identity, without the order and without what no change is about.
  var configuration: [Service.ID: [Endpoint?: [Destination.Settings]]] {
    var services: [Service.ID: [Endpoint?: [Destination.Settings]]] = [:]
    for entry in entries {
      for server in entry.destinations {
        services[entry.id, default: [:]][server.id, default: []].append(server.destination.settings)
      }
      services[entry.id, default: [:]][nil] = []
    }
    return services
  }

  /// The settings of the services.
  var settings: [Service.ID: Service.Settings] {
    Dictionary(entries.map { ($0.id, $0.service.service.settings) }) { $1 }
  }
}

extension Table.Entry {
  fileprivate static func random(_ id: Service.ID, using random: inout Noise) -> Table.Entry {
    var service = Service(id, scheduler: ["rr", "wlc", "sh"].randomElement(using: &random) ?? "rr")
    if Bool.random(using: &random) { service.settings.flags = .scheduler1 }
    if Bool.random(using: &random) {
      service.settings.persistence = .random(in: 1...3, using: &random)
      service.settings.netmask = .part(.random(in: 1...3, using: &random))
    }
    let ports = (1...6).shuffled(using: &random).prefix(.random(in: 0...6, using: &random))
    return Table.Entry(
      ServiceStatus(service),
      destinations: ports.map { port in
        DestinationStatus(
          Destination(
            Endpoint("10.0.0.1", port: UInt16(port)),
            forwarding: [.masquerade, .direct, .tunnel(.gue(port: 1, .none)), .tunnel(.gre(.full))]
              .randomElement(using: &random) ?? .direct,
            weight: .random(in: 0...2, using: &random), upperThreshold: .random(in: 0...1, using: &random)))
      })
  }
}

extension Service.ID {
  fileprivate static let few: [Service.ID] = [
    .tcp("10.0.0.100:80"), .udp("10.0.0.100:80"), .sctp("[2001:db8::1]:80"), .mark(1), .mark(1, .ipv6),
    .tcp("10.0.0.100:443"),
  ]
}
