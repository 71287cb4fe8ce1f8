// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import IPVS

/// `host[:port]` as it was typed: addresses and numbers are understood, names are kept.
struct HostPort: Equatable {
  enum Host: Equatable {
    case address(Address)
    case name(String)
  }

  enum Port: Equatable {
    case number(UInt16)
    case name(String)
  }

  let host: Host
  /// Nil where none was given.
  let port: Port?

  /// Reads `1.2.3.4:80`, `10.1:http`, `name:80`, `[2001:db8::1]:80`, `2001:db8::1` and the like, or returns nil.
  init?(_ text: String) {
    let bytes = text.utf8
    guard bytes.first != UInt8(ascii: "[") else {
      self.init(bracketed: text)
      return
    }
    guard let colon = bytes.lastIndex(of: UInt8(ascii: ":")) else {
      guard !text.isDigits, let host = Host(text) else { return nil }
      self.init(host: host, port: nil)
      return
    }
    if bytes.firstIndex(of: UInt8(ascii: ":")) != colon {
      guard let address = Address(text), address.family == .ipv6 else { return nil }
      self.init(host: .address(address), port: nil)
    } else {
      guard let host = Host(String(text[..<colon])), let port = Port(String(text[colon...].dropFirst()))
      else { return nil }
      self.init(host: host, port: port)
    }
  }

  /// Brackets around anything but an IPv6 address are taken off together with what follows them, as the
  /// reference does.
  private init?(bracketed text: String) {
    guard let close = text.utf8.firstIndex(of: UInt8(ascii: "]")) else { return nil }
    let rest = text[close...].dropFirst()
    guard rest.hasPrefix(":"), let host = Host(String(text[..<close].dropFirst())) else { return nil }
    guard case .address(let address) = host, address.family == .ipv6 else {
      self.init(host: host, port: nil)
      return
    }
    guard let port = Port(String(rest.dropFirst())) else { return nil }
    self.init(host: host, port: port)
  }

  private init(host: Host, port: Port?) {
    self.host = host
    self.port = port
  }

  /// The family, unless it takes a look-up to know it.
  var family: AddressFamily? {
    guard case .address(let address) = host else { return nil }
    return address.family
  }

  /// Whether anything needs looking up.
  var hasName: Bool {
    if case .name = host { return true }
    if case .name = port { return true }
    return false
  }
}

extension HostPort.Host {
  /// An address in any form that `inet_aton(3)` or `inet_pton(3)` takes, or else a name.
  fileprivate init?(_ text: String) {
    var address = in_addr()
    if unsafe text.withCString({ unsafe inet_aton($0, &address) }) != 0 {
      self = .address(Address(ipv4: UInt32(bigEndian: address.s_addr)))
    } else if let address = Address(text) {
      self = .address(address)
    } else if text.isEmpty || text.contains(":") {
      return nil
    } else {
      self = .name(text)
    }
  }
}

extension HostPort.Port {
  fileprivate init?(_ text: String) {
    if let number = UInt16(decimal: text) {
      self = .number(number)
    } else if text.isEmpty || Int(decimal: text) != nil {
      return nil
    } else {
      self = .name(text)
    }
  }
}

extension String {
  fileprivate var isDigits: Bool { utf8.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") } }
}
