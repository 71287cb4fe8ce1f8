// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import IPVS

/// `host[:port]` as it was typed: addresses and numbers are parsed, names stay text.
struct HostPort: Equatable {
  enum Host: Equatable {
    case address(Address)
    /// With brackets, as saved rules have names of IPv6 addresses, it is one whose IPv6 address comes first.
    case name(Text)
  }

  enum Port: Equatable {
    case number(UInt16)
    case name(Text)
  }

  let host: Host
  /// Nil where none was given, or none that counts.
  let port: Port?

  /// Reads `1.2.3.4:80`, `10.1:http`, `name:80`, `[2001:db8::1]:80`, `2001:db8::1` and the like, or returns nil.
  init?(_ text: Text) {
    let bytes = text.bytes[...]
    let colon = UInt8(ascii: ":")
    guard bytes.first != UInt8(ascii: "[") else {
      self.init(bracketed: bytes)
      return
    }
    guard let last = bytes.lastIndex(of: colon) else {
      let isNumber = bytes.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      guard !isNumber, let host = Host(bytes) else { return nil }
      self.init(host: host, port: nil)
      return
    }
    if bytes.firstIndex(of: colon) != last {
      guard let address = Address(bytes: bytes), address.family == .ipv6 else { return nil }
      self.init(host: .address(address), port: nil)
    } else {
      guard let host = Host(bytes[..<last]), let port = Port(bytes[(last + 1)...]) else { return nil }
      self.init(host: host, port: port)
    }
  }

  /// Removes brackets around an IPv4 address, and the text after them, as the reference does.
  private init?(bracketed text: ArraySlice<UInt8>) {
    guard let close = text.firstIndex(of: UInt8(ascii: "]")) else { return nil }
    let rest = text[(close + 1)...]
    guard rest.first == UInt8(ascii: ":"), let host = Host(text[..<close].dropFirst()) else { return nil }
    let port = Port(rest.dropFirst())
    switch host {
    case .name:
      self.init(host: .name(Text(text[...close])), port: port)
    case .address(let address) where address.family == .ipv6:
      guard let port else { return nil }
      self.init(host: host, port: port)
    case .address:
      self.init(host: host, port: nil)
    }
  }

  private init(host: Host, port: Port?) {
    self.host = host
    self.port = port
  }

  /// Whether only a look-up can tell if the port counts.
  var isBracketedName: Bool {
    guard case .name(let name) = host else { return false }
    return name.isBracketed
  }

  /// The family, or nil if only a look-up can tell.
  var family: AddressFamily? {
    guard case .address(let address) = host else { return nil }
    return address.family
  }
}

extension Text {
  var isBracketed: Bool { bytes.first == UInt8(ascii: "[") }
}

extension HostPort.Host {
  /// An address in any form that `inet_aton(3)` or `inet_pton(3)` takes, or else a name.
  init?(_ bytes: ArraySlice<UInt8>) {
    let text = Text(bytes)
    if let address = Address(shorthand: text) ?? Address(bytes: bytes) {
      self = .address(address)
    } else if text.isEmpty || bytes.contains(UInt8(ascii: ":")) {
      return nil
    } else {
      self = .name(text)
    }
  }
}

extension HostPort.Port {
  fileprivate init?(_ bytes: ArraySlice<UInt8>) {
    let text = Text(bytes)
    if let number = UInt16(decimal: text) {
      self = .number(number)
    } else if text.isEmpty || Int(decimal: text) != nil {
      return nil
    } else {
      self = .name(text)
    }
  }
}

extension Address {
  /// An IPv4 address in any form that `inet_aton(3)` takes, such as `10.1` or `0x0a000001`.
  init?(shorthand text: Text) {
    var address = in_addr()
    guard unsafe text.withCString({ unsafe inet_aton($0, &address) }) != 0 else { return nil }
    self.init(ipv4: UInt32(bigEndian: address.s_addr))
  }
}
