// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// The names to print instead of addresses and ports; empty for numeric output.
struct NameTable {
  struct Port: Hashable {
    let number: UInt16
    let transport: TransportProtocol
  }

  var hosts: [Address: Text] = [:]
  var ports: [Port: Text] = [:]

  /// Appends an endpoint; `transport` is nil where ports have no names.
  func add(_ endpoint: Endpoint, _ transport: TransportProtocol?, to text: inout Text) {
    let isBracketed = endpoint.address.family == .ipv6
    if isBracketed { text.add("[") }
    if let name = hosts[endpoint.address] { text.append(name) } else { text.append(endpoint.address) }
    text.add(isBracketed ? "]:" : ":")
    if let transport, let name = ports[Port(number: endpoint.port, transport: transport)] {
      text.append(name)
    } else {
      text.append(endpoint.port)
    }
  }

  /// Appends an endpoint for a listing, cut at the reference's limit.
  func addField(
    _ endpoint: Endpoint, _ transport: TransportProtocol?, width: Int, limit: Int = 59, to text: inout Text
  ) {
    text.field(width: width, limit: limit) { add(endpoint, transport, to: &$0) }
  }
}
