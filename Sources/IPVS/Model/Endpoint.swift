// SPDX-License-Identifier: Apache-2.0

/// An address and a port.
public struct Endpoint: Sendable, Hashable {
  /// The address.
  public var address: Address
  /// The port in host order; 0 is every port of a persistent service, or a real server of a firewall mark
  /// that keeps the port of the packet.
  public var port: UInt16

  /// An endpoint from its parts.
  public init(_ address: Address, port: UInt16) {
    self.address = address
    self.port = port
  }
}

extension Endpoint: CustomStringConvertible {
  /// `10.0.0.1:80`, or `[2001:db8::1]:80`.
  public var description: String {
    address.family == .ipv6 ? "[\(address)]:\(port)" : "\(address):\(port)"
  }
}
