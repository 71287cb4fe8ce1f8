// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import IPVS

/// The system's names for hosts and ports: `getaddrinfo(3)` and its relatives.
struct Resolver {
  /// A host's first IPv4 address, or if it has none its first IPv6 address.
  func address(of name: String) -> Address? {
    address(of: name, AF_INET) ?? address(of: name, AF_INET6)
  }

  /// A service's port over a protocol.
  func port(named name: String, _ transport: TransportProtocol) -> UInt16? {
    guard let entry = unsafe getservbyname(name, transport.name) else { return nil }
    return UInt16(bigEndian: UInt16(truncatingIfNeeded: unsafe entry.pointee.s_port))
  }

  /// An address's host name.
  func name(of address: Address) -> String? {
    var name = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    let status = unsafe address.withSocketAddress { (pointer, length) in
      unsafe getnameinfo(pointer, length, &name, socklen_t(NI_MAXHOST), nil, 0, NI_NAMEREQD)
    }
    guard status == 0 else { return nil }
    return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// A port's name over a protocol.
  func name(of port: UInt16, _ transport: TransportProtocol) -> String? {
    guard let entry = unsafe getservbyport(Int32(port.bigEndian), transport.name) else { return nil }
    return unsafe String(cString: entry.pointee.s_name)
  }

  private func address(of name: String, _ family: Int32) -> Address? {
    var hints = unsafe addrinfo()
    unsafe hints.ai_family = family
    unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    guard unsafe getaddrinfo(name, nil, &hints, &list) == 0, let first = unsafe list else { return nil }
    defer { unsafe freeaddrinfo(first) }
    return unsafe Address(first.pointee.ai_addr)
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
