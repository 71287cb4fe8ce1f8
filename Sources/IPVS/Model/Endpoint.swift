// SPDX-License-Identifier: Apache-2.0

/// An address and a port: where a service takes connections, or a real server listens.
///
/// It can be written as a literal, `let server: Endpoint = "10.1.0.11:80"`. For text at run time there is
/// ``init(_:)``, which returns nil if the text is not an endpoint.
public struct Endpoint: Sendable, Hashable {
  /// The address.
  public var address: Address
  /// The port in host order, 0 to 65535. 0 is every port of a persistent service, or for a real server of a
  /// firewall mark the port that the packet has.
  public var port: UInt16

  /// An endpoint from its parts.
  public init(_ address: Address, port: UInt16) {
    self.address = address
    self.port = port
  }

  /// Feeds address and port to a hasher.
  public func hash(into hasher: inout Hasher) { address.hash(into: &hasher, with: UInt32(port)) }

  /// An endpoint from its usual text, `10.0.0.1:80` or `[2001:db8::1]:80`; nil if the text is something else.
  /// No name is looked up.
  public init?(_ text: some StringProtocol) { self.init(bytes: Array(text.utf8)) }

  private init?(bytes: [UInt8]) {
    guard let colon = bytes.lastIndex(of: UInt8(ascii: ":")),
      let port = UInt16(decimal: bytes[(colon + 1)...])
    else { return nil }
    let host = bytes[..<colon]
    let isBracketed = host.first == UInt8(ascii: "[") && host.last == UInt8(ascii: "]")
    guard let address = Address(bytes: isBracketed ? host.dropFirst().dropLast() : host),
      isBracketed == (address.family == .ipv6)
    else { return nil }
    self.init(address, port: port)
  }
}

extension Endpoint: ExpressibleByStringLiteral {
  /// An endpoint from a literal in the program. Any other text is a mistake that ends the program.
  public init(stringLiteral text: StaticString) {
    guard let endpoint = Endpoint(bytes: text.bytes) else { preconditionFailure("not an endpoint") }
    self = endpoint
  }
}

extension Endpoint: CustomStringConvertible {
  /// `10.0.0.1:80`, or `[2001:db8::1]:80`.
  public var description: String { .written(by: append) }
}

extension Endpoint: Printable {
  /// Appends the endpoint's text.
  package func append(to bytes: inout [UInt8]) {
    if address.family == .ipv6 { bytes.append(UInt8(ascii: "[")) }
    address.append(to: &bytes)
    if address.family == .ipv6 { bytes.append(UInt8(ascii: "]")) }
    bytes.append(UInt8(ascii: ":"))
    bytes.append(decimal: port)
  }
}
