// SPDX-License-Identifier: Apache-2.0

import TestNoise
import IPVS

@testable import IPVSAdmin

// A random table that command lines can set up, so that it can be saved without loss.

extension Table {
  static func random(_ noise: inout Noise) -> Table {
    let count = Int.random(in: 0...12, using: &noise)
    return Table((0..<count).map { _ in Entry.random(&noise) })
  }
}

extension Table.Entry {
  static func random(_ noise: inout Noise) -> Table.Entry {
    let service = Service.random(&noise)
    let count = Int.random(in: 0...6, using: &noise)
    return Table.Entry(
      ServiceStatus(service),
      destinations: (0..<count).map { _ in DestinationStatus(.random(in: service.id, &noise)) })
  }
}

extension Service {
  static func random(_ noise: inout Noise) -> Service {
    var settings = Settings(scheduler: noise.pick(["wlc", "rr", "sh", "mh", "fifteen-letters"]))
    for flag in [Flags.scheduler1, .scheduler2, .scheduler3] where noise.once(in: 3) {
      settings.flags.insert(flag)
    }
    if noise.once(in: 2) { settings.persistence = noise.number(1...Draft.month) }
    if noise.once(in: 4) { settings.engine = noise.pick(["sip", "x"]) }
    let id = ID.random(isPersistent: settings.persistence != nil, &noise)
    if id.transport == .udp || id.transport == nil, noise.once(in: 3) { settings.flags.insert(.onePacket) }
    if settings.persistence != nil, noise.once(in: 2) {
      // The mask of whole addresses counts as no mask.
      settings.netmask = .part(noise.number(id.family == .ipv4 ? 0 ... .max - 1 : 1...127))
    }
    return Service(id, settings)
  }
}

extension Service.ID {
  /// Port 0 needs persistence.
  fileprivate static func random(isPersistent: Bool, _ noise: inout Noise) -> Service.ID {
    if noise.once(in: 4) { return .mark(noise.number(1 ... .max), noise.pick([.ipv4, .ipv6])) }
    let address = Address.random(noise.pick([.ipv4, .ipv6]), &noise)
    return .endpoint(
      noise.pick(TransportProtocol.allCases),
      Endpoint(address, port: noise.number((isPersistent ? 0 : 1) ... .max)))
  }
}

extension Destination {
  fileprivate static func random(in id: Service.ID, _ noise: inout Noise) -> Destination {
    let forwarding = Forwarding.random(&noise)
    var family = id.family
    if case .tunnel = forwarding, noise.once(in: 3) { family = noise.pick([.ipv4, .ipv6]) }
    var endpoint = Endpoint(.random(family, &noise), port: noise.number(0 ... .max))
    // Only a masqueraded server of a service with a port has another one.
    if let virtual = id.endpoint, forwarding != .masquerade { endpoint.port = virtual.port }
    return Destination(
      endpoint, forwarding: forwarding, weight: noise.number(0 ... .max),
      upperThreshold: noise.number(Draft.threshold), lowerThreshold: noise.number(Draft.threshold))
  }
}

extension Forwarding {
  fileprivate static func random(_ noise: inout Noise) -> Forwarding {
    switch Int.random(in: 0..<6, using: &noise) {
    case 0: .masquerade
    case 1: .direct
    case 2: noise.pick([.local, .bypass])
    case 3: .tunnel(.ipip)
    case 4: .tunnel(.gue(port: noise.number(1 ... .max), noise.pick(Tunnel.Checksum.allCases)))
    default: .tunnel(.gre(noise.pick([.none, .full])))
    }
  }
}

extension Address {
  fileprivate static func random(_ family: AddressFamily, _ noise: inout Noise) -> Address {
    if family == .ipv4 { return Address(ipv4: noise.number(0 ... .max)) }
    // Zeros and 0xffff make the short forms, among them those that end like IPv4.
    func word() -> UInt32 { noise.once(in: 2) ? noise.pick([0, 0xffff, 1]) : noise.number(0 ... .max) }
    return Address(ipv6: (word(), word(), word(), word()))
  }
}
