// SPDX-License-Identifier: Apache-2.0

internal import CLinux

/// Whether a program of this network namespace takes what comes to an endpoint: `/proc/net/tcp`, `/proc/net/udp` and
/// those of IPv6.
package enum Listeners {
  /// Whether one does; nil if the kernel does not tell.
  package static func has(
    _ endpoint: Endpoint, over transport: TransportProtocol
  ) throws(IPVSError.Reason) -> Bool? {
    // A socket that waits for others: TCP_LISTEN, or one of UDP that is not connected.
    do {
      switch transport {
      case .tcp:
        return try has(endpoint, in: "/proc/thread-self/net/tcp", TCP_LISTEN)
          ? true : hasIPv6(endpoint, in: "/proc/thread-self/net/tcp6", TCP_LISTEN)
      case .udp:
        return try has(endpoint, in: "/proc/thread-self/net/udp", TCP_CLOSE)
          ? true : hasIPv6(endpoint, in: "/proc/thread-self/net/udp6", TCP_CLOSE)
      case .sctp: return nil
      }
    } catch { throw .system(error) }
  }

  /// A kernel without IPv6 has no file for it.
  private static func hasIPv6(
    _ endpoint: Endpoint, in file: StaticString, _ state: Int
  ) throws(ErrorNumber) -> Bool {
    do { return try has(endpoint, in: file, state) } catch {
      if error.rawValue == ENOENT { return false }
      throw error
    }
  }

  static func has(_ endpoint: Endpoint, in file: StaticString, _ state: Int) throws(ErrorNumber) -> Bool {
    var lines = try LineReader(file)
    while let line = try lines.next() {
      if lines.buffer.withCursor(over: line, { $0.hasSocket(in: state, for: endpoint) }) { return true }
    }
    return false
  }
}

extension Address {
  /// Whether it stands for every address, as another one is. A socket of IPv6 takes IPv4, too, and not the other way
  /// round.
  fileprivate func isAny(beside other: Address) -> Bool {
    words == (0, 0, 0, 0) && (family == .ipv6 || other.family == .ipv4)
  }
}

extension ByteCursor {
  /// Whether a line is of a socket in a state that takes what comes to an endpoint:
  /// `   0: 0100007F:1F90 00000000:0000 0A 00000000:…`.
  mutating func hasSocket(in state: Int, for endpoint: Endpoint) -> Bool {
    _ = word()
    guard let local = socketField() else { return false }
    _ = word()
    skipBlanks()
    guard hex(digits: 2) == UInt32(state), local.port == endpoint.port else { return false }
    return local.address == endpoint.address || local.address.isAny(beside: endpoint.address)
  }

  /// Takes an address and a port, each word of the address in this machine's byte order.
  fileprivate mutating func socketField() -> Endpoint? {
    skipBlanks()
    guard let first = hex(digits: 8) else { return nil }
    var address = Address(ipv4: UInt32(bigEndian: first))
    if byte != UInt8(ascii: ":") {
      guard let second = hex(digits: 8), let third = hex(digits: 8), let fourth = hex(digits: 8) else {
        return nil
      }
      let words = (
        UInt32(bigEndian: first), UInt32(bigEndian: second), UInt32(bigEndian: third),
        UInt32(bigEndian: fourth)
      )
      address =
        words.0 == 0 && words.1 == 0 && words.2 == 0xffff ? Address(ipv4: words.3) : Address(ipv6: words)
    }
    guard take(":"), let port = hex(digits: 4) else { return nil }
    return Endpoint(address, port: UInt16(port))
  }
}
