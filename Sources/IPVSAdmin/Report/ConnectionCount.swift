// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// How many connections have a value in common.
struct ConnectionCount {
  /// What connections can have in common.
  enum Value: Hashable {
    case client(Address)
    /// The virtual service as its connections show it, with its protocol.
    case service(Name, Endpoint)
    /// A service that is a mark, which only its templates show.
    case mark(UInt32, AddressFamily)
    case server(Endpoint)
    case state(Name)
  }

  let value: Value
  /// The protocol of one of the connections, which gives the port its name.
  let transport: TransportProtocol?
  let number: UInt32
}

extension ConnectionCount {
  /// The endpoint whose address and port have names; a client has no port.
  var endpoint: (Endpoint, TransportProtocol?)? {
    switch value {
    case .client(let address): (Endpoint(address, port: 0), nil)
    case .service(_, let endpoint), .server(let endpoint): (endpoint, transport)
    case .mark, .state: nil
    }
  }
}

extension ConnectionCount {
  /// Counts connections, up to the first nil, in memory that grows with the number of different values.
  static func all(
    by subject: CountSubject, of next: () throws(IPVSError) -> Connection?
  ) throws(IPVSError) -> [ConnectionCount] {
    switch subject {
    case .client: try all(next, by: { $0.client.address }) { .client($0) }
    case .service: try all(next, by: { $0.service }) { $0 }
    case .server: try all(next, by: { $0.destination }) { .server($0) }
    case .state: try all(next, by: { $0.state }) { .state($0) }
    }
  }

  private static func all<Key: Hashable>(
    _ next: () throws(IPVSError) -> Connection?, by key: (Connection) -> Key, _ value: (Key) -> Value
  ) throws(IPVSError) -> [ConnectionCount] {
    var numbers: [Key: (number: UInt32, transport: TransportProtocol?)] = [:]
    while let connection = try next() {
      numbers[key(connection), default: (0, connection.transport)].number += 1
    }
    return numbers.map { ConnectionCount(value: value($0), transport: $1.transport, number: $1.number) }
  }
}

extension Connection {
  fileprivate var service: ConnectionCount.Value {
    mark.map { .mark($0, virtual.address.family) } ?? .service(protocolName, virtual)
  }
}
