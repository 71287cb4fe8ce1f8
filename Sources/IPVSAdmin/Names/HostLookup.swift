// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import IPVS

/// `getaddrinfo(3)` and `getnameinfo(3)`, which wait for name servers.
extension Address {
  /// A host's first IPv4 address, or else its first IPv6 address; of a name in brackets the other way round.
  init?(host: Text) {
    let isBracketed = host.isBracketed
    let name = isBracketed ? Text(host.bytes.dropFirst().dropLast()) : host
    let families = isBracketed ? [AF_INET6, AF_INET] : [AF_INET, AF_INET6]
    guard let address = Self(host: name, families[0]) ?? Self(host: name, families[1]) else { return nil }
    self = address
  }

  /// The first address of a family that a host has.
  private init?(host: Text, _ family: Int32) {
    var hints = unsafe addrinfo()
    unsafe hints.ai_family = family
    unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    guard unsafe host.withCString({ unsafe getaddrinfo($0, nil, &hints, &list) }) == 0,
      let first = unsafe list
    else { return nil }
    defer { unsafe freeaddrinfo(first) }
    unsafe self.init(first.pointee.ai_addr)
  }

  /// The name of the host that has the address.
  var hostName: Text? {
    var name = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    let status = unsafe withSocketAddress { (pointer, length) in
      unsafe getnameinfo(pointer, length, &name, socklen_t(NI_MAXHOST), nil, 0, NI_NAMEREQD)
    }
    guard status == 0 else { return nil }
    return unsafe name.withUnsafeBufferPointer { unsafe Text(hostName: $0.baseAddress.unsafelyUnwrapped) }
  }

  /// The address in `struct hostent`.
  fileprivate init?(_ bytes: UnsafePointer<CChar>, _ family: Int32) {
    let raw = unsafe UnsafeRawPointer(bytes)
    switch family {
    case AF_INET: self.init(ipv4: UInt32(bigEndian: unsafe raw.loadUnaligned(as: UInt32.self)))
    case AF_INET6:
      let words = unsafe raw.loadUnaligned(as: (UInt32, UInt32, UInt32, UInt32).self)
      self.init(ipv6: (words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian))
    default: return nil
    }
  }

  /// The address in a socket address of either family.
  private init?(_ pointer: UnsafeMutablePointer<sockaddr>?) {
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
  private func withSocketAddress<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
    switch family {
    case .ipv4:
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_addr.s_addr = words.0.bigEndian
      return unsafe Self.rebind(&address, body)
    case .ipv6:
      var address = sockaddr_in6()
      address.sin6_family = sa_family_t(AF_INET6)
      unsafe address.sin6_addr.__in6_u.__u6_addr32 = (
        words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian
      )
      return unsafe Self.rebind(&address, body)
    }
  }

  private static func rebind<SocketAddress, Result>(
    _ address: inout SocketAddress, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) -> Result {
    unsafe withUnsafeBytes(of: &address) { bytes in
      unsafe bytes.withMemoryRebound(to: sockaddr.self) {
        unsafe body($0.baseAddress.unsafelyUnwrapped, socklen_t(bytes.count))
      }
    }
  }
}

extension Lookup.Question {
  /// The questions that `/etc/hosts` answers: `gethostent(3)` reads only that file.
  static var answeredByTheHostsFile: Set<Lookup.Question> {
    var questions: Set<Lookup.Question> = []
    sethostent(1)
    defer { endhostent() }
    while let entry = unsafe gethostent() {
      unsafe questions.insert(addressesOf: Text(cString: entry.pointee.h_name))
      var alias = unsafe entry.pointee.h_aliases
      while let name = unsafe alias?.pointee {
        unsafe questions.insert(addressesOf: Text(cString: name))
        unsafe alias = alias.map { unsafe $0 + 1 }
      }
      if let bytes = unsafe entry.pointee.h_addr_list.pointee,
        let address = unsafe Address(bytes, entry.pointee.h_addrtype)
      {
        questions.insert(.name(of: address))
      }
    }
    return questions
  }
}

extension Set<Lookup.Question> {
  fileprivate mutating func insert(addressesOf host: Text) {
    insert(.address(of: host))
    insert(.address(of: "[\(host)]"))
  }
}
