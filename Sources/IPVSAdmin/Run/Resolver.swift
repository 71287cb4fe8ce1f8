// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import IPVS

/// The system's names for hosts and ports: `getaddrinfo(3)` and its relatives. A resolver that is down keeps
/// the program waiting once, not for every name.
final class Resolver {
  private let lookup = Lookup()
  private var addresses: [String: Address?] = [:]

  /// A host's first IPv4 address, or if it has none its first IPv6 address.
  func address(of name: String) -> Address? {
    if let known = addresses[name] { return known }
    let address = lookup.answers(to: [name]) { name in
      Address(host: name, AF_INET) ?? Address(host: name, AF_INET6)
    }[0]
    addresses[name] = address
    return address
  }

  /// The host names of addresses; nil for those that have none.
  func names(of addresses: [Address]) -> [String?] {
    lookup.answers(to: addresses, \.hostName)
  }

  /// A service's port over a protocol.
  func port(named name: String, _ transport: TransportProtocol) -> UInt16? {
    guard let entry = unsafe getservbyname(name, transport.name) else { return nil }
    return UInt16(bigEndian: UInt16(truncatingIfNeeded: unsafe entry.pointee.s_port))
  }

  /// A port's name over a protocol.
  func name(of port: UInt16, _ transport: TransportProtocol) -> String? {
    guard let entry = unsafe getservbyport(Int32(port.bigEndian), transport.name) else { return nil }
    return unsafe String(cString: entry.pointee.s_name)
  }
}

extension TransportProtocol {
  /// What `/etc/services` calls the protocol.
  var name: String {
    switch self {
    case .tcp: "tcp"
    case .udp: "udp"
    case .sctp: "sctp"
    }
  }
}

extension Address {
  /// The first address of a family that a host has.
  fileprivate init?(host: String, _ family: Int32) {
    var hints = unsafe addrinfo()
    unsafe hints.ai_family = family
    unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    guard unsafe getaddrinfo(host, nil, &hints, &list) == 0, let first = unsafe list else { return nil }
    defer { unsafe freeaddrinfo(first) }
    unsafe self.init(first.pointee.ai_addr)
  }

  /// The name of the host that has the address.
  fileprivate var hostName: String? {
    var name = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    let status = unsafe withSocketAddress { (pointer, length) in
      unsafe getnameinfo(pointer, length, &name, socklen_t(NI_MAXHOST), nil, 0, NI_NAMEREQD)
    }
    guard status == 0 else { return nil }
    return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// The address in a socket address of either family.
  fileprivate init?(_ pointer: UnsafeMutablePointer<sockaddr>?) {
    guard let pointer = unsafe pointer else { return nil }
    switch Int32(unsafe pointer.pointee.sa_family) {
    case AF_INET:
      let bits = unsafe UnsafeRawPointer(pointer).load(as: sockaddr_in.self).sin_addr.s_addr
      self.init(ipv4: UInt32(bigEndian: bits))
    case AF_INET6:
      let words = unsafe UnsafeRawPointer(pointer).load(as: sockaddr_in6.self).sin6_addr.__in6_u.__u6_addr32
      self.init(
        ipv6: (
          UInt32(bigEndian: words.0), UInt32(bigEndian: words.1), UInt32(bigEndian: words.2),
          UInt32(bigEndian: words.3)
        ))
    default: return nil
    }
  }

  /// Calls `body` with the address as a socket address.
  fileprivate func withSocketAddress<Result>(
    _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) -> Result {
    switch family {
    case .ipv4:
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_addr.s_addr = words.0.bigEndian
      return unsafe withUnsafeBytes(of: &address) { bytes in
        unsafe bytes.withMemoryRebound(to: sockaddr.self) {
          unsafe body($0.baseAddress.unsafelyUnwrapped, socklen_t(bytes.count))
        }
      }
    case .ipv6:
      var address = sockaddr_in6()
      address.sin6_family = sa_family_t(AF_INET6)
      unsafe address.sin6_addr.__in6_u.__u6_addr32 = (
        words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian
      )
      return unsafe withUnsafeBytes(of: &address) { bytes in
        unsafe bytes.withMemoryRebound(to: sockaddr.self) {
          unsafe body($0.baseAddress.unsafelyUnwrapped, socklen_t(bytes.count))
        }
      }
    }
  }
}
