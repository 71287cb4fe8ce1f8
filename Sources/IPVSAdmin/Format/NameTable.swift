// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// The names to print instead of addresses and ports; empty for numeric output.
struct NameTable {
  struct Port: Hashable {
    let number: UInt16
    let transport: TransportProtocol
  }

  var hosts: [Address: String] = [:]
  var ports: [Port: String] = [:]

  /// An endpoint as it is printed; `transport` is nil where ports have no names.
  func text(_ endpoint: Endpoint, _ transport: TransportProtocol?) -> String {
    let host = hosts[endpoint.address] ?? endpoint.address.description
    let name = transport.flatMap { ports[Port(number: endpoint.port, transport: $0)] }
    let port = name ?? String(endpoint.port)
    return endpoint.address.family == .ipv6 ? "[\(host)]:\(port)" : "\(host):\(port)"
  }
}
