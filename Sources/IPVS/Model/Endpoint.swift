// SPDX-License-Identifier: Apache-2.0

/// An address and a port: where a service takes connections, or a real server listens.
///
/// A literal can stand for one, `let server: Endpoint = "10.1.0.11:80"`. Text that comes at run time goes through
/// ``init(_:)``, which answers nil where it is no endpoint.
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

  /// An endpoint from its usual text, `10.0.0.1:80` or `[2001:db8::1]:80`; nil if the text is something else.
  /// No name is looked up.
  public init?(_ text: some StringProtocol) {
    let text = String(text)
    guard let colon = text.utf8.lastIndex(of: UInt8(ascii: ":")) else { return nil }
    let digits = text[colon...].dropFirst()
    guard digits.utf8.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }),
      let port = UInt16(digits)
    else { return nil }
    let host = text[..<colon]
    let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
    guard let address = Address(isBracketed ? host.dropFirst().dropLast() : host),
      isBracketed == (address.family == .ipv6)
    else { return nil }
    self.init(address, port: port)
  }
}

extension Endpoint: ExpressibleByStringLiteral {
  /// An endpoint that is written in the program. It is a mistake of the program, and ends it, if it is none.
  public init(stringLiteral text: String) {
    guard let endpoint = Endpoint(text) else { preconditionFailure("\"\(text)\" is no endpoint") }
    self = endpoint
  }
}

extension Endpoint: CustomStringConvertible {
  /// `10.0.0.1:80`, or `[2001:db8::1]:80`.
  public var description: String {
    address.family == .ipv6 ? "[\(address)]:\(port)" : "\(address):\(port)"
  }
}
