// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// Which connections a listing is about: those that match all that is given.
struct ConnectionFilter: Equatable {
  /// The virtual service; port 0 is any port. Only templates show a mark.
  var service: Service.ID?
  /// The real server; port 0 is any port.
  var server: Endpoint?
  var client: AddressRange?
  var state: Name?

  func matches(_ connection: Connection) -> Bool {
    if let state, connection.state != state { return false }
    if let client, !client.contains(connection.client.address) { return false }
    if let server, !server.includes(connection.destination) { return false }
    return service?.includes(connection) ?? true
  }
}

/// The addresses that begin with the same bits.
struct AddressRange: Equatable {
  private let address: Address
  private let masks: InlineArray<4, UInt32>

  /// The addresses that share so many bits with one; what follows in that one does not count.
  init(_ address: Address, length: UInt8) {
    self.address = address
    var rest = Int(length)
    masks = InlineArray { _ in
      defer { rest = max(0, rest - 32) }
      return rest >= 32 ? .max : ~(.max >> UInt32(rest))
    }
  }

  func contains(_ other: Address) -> Bool {
    let (a, b) = (address.words, other.words)
    return address.family == other.family && (a.0 ^ b.0) & masks[0] == 0 && (a.1 ^ b.1) & masks[1] == 0
      && (a.2 ^ b.2) & masks[2] == 0 && (a.3 ^ b.3) & masks[3] == 0
  }

  static func == (left: AddressRange, right: AddressRange) -> Bool {
    left.contains(right.address) && left.masks.indices.allSatisfy { left.masks[$0] == right.masks[$0] }
  }
}

extension Endpoint {
  /// Whether the other is this one, or has only the address in common with it if this has no port.
  fileprivate func includes(_ other: Endpoint) -> Bool {
    address == other.address && (port == 0 || port == other.port)
  }
}

extension Service.ID {
  fileprivate func includes(_ connection: Connection) -> Bool {
    switch self {
    case .mark(let mark, let family):
      connection.mark == mark && connection.virtual.address.family == family
    case .endpoint(let transport, let endpoint):
      endpoint.includes(connection.virtual) && connection.protocolName == transport.name
    }
  }
}
