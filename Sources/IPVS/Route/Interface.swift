// SPDX-License-Identifier: Apache-2.0

internal import CLinux

/// A network interface of this machine with its addresses: `RTM_NEWLINK`, `RTM_NEWADDR`.
package struct Interface: Sendable, Identifiable {
  /// An address that an interface has.
  package struct Assignment: Sendable {
    package var address: Address
    /// How many of its bits name the network: `ifa_prefixlen`.
    package var length: UInt8
    /// Whether the kernel avoids it as a source: `IFA_F_DEPRECATED`.
    package var isDeprecated: Bool

    /// Whether an address is in the network.
    package func contains(_ other: Address) -> Bool {
      other.prefix(length) == address.prefix(length)
    }
  }

  /// Its number: `ifi_index`.
  package let id: Int32
  package var name = Name()
  /// What it is, such as `ipip`, where the kernel tells: `IFLA_INFO_KIND`.
  package var kind = Name()
  /// The longest packet in bytes: `IFLA_MTU`.
  package var mtu: UInt32 = 0
  /// How many packets it received and dropped as wrong: `rx_errors`.
  package var inputErrors: UInt64 = 0
  /// The only protocol that an IPv6 tunnel takes, 0 for any: `IFLA_IPTUN_PROTO`.
  package var tunnelProtocol: UInt8 = 0
  /// Whether a GRE tunnel takes only packets with a checksum: `GRE_CSUM`.
  package var wantsChecksum = false
  package var assignments: [Assignment] = []

  private let flags: UInt32

  /// Whether it is switched on.
  package var isUp: Bool { has(IFF_UP) }
  /// Whether it is `lo`.
  package var isLoopback: Bool { has(IFF_LOOPBACK) }
  /// Whether neighbours can ask it for the hardware address of its addresses.
  package var answersARP: Bool { !has(IFF_NOARP) && !isLoopback }
  /// Whether it sends and receives multicast.
  package var hasMulticast: Bool { has(IFF_MULTICAST) }

  private func has(_ flag: Int) -> Bool { flags & UInt32(flag) != 0 }

  /// Whether an address is in one of its networks.
  package func isOnNetwork(of address: Address) -> Bool { assignments.contains { $0.contains(address) } }
}

extension Interface {
  /// Decodes a `struct ifinfomsg` and the attributes behind it.
  init(decoding bytes: RawSpan, header: Int, _ attributes: Range<Int>) throws(IPVSError.Reason) {
    id = bytes.native(at: header + 4, as: Int32.self)
    flags = bytes.native(at: header + 8, as: UInt32.self)
    var cursor = AttributeCursor(attributes)
    while let attribute = try cursor.next(in: bytes) {
      switch attribute.type {
      case Int(IFLA_IFNAME): name = try bytes.name(attribute)
      case Int(IFLA_MTU): mtu = try bytes.integer(attribute)
      case Int(IFLA_LINKINFO): try decodeInfo(in: bytes, attribute.value)
      case Int(IFLA_STATS64) where attribute.count >= clinux_input_errors + 8:
        inputErrors = bytes.native(at: attribute.start + clinux_input_errors, as: UInt64.self)
      default: break
      }
    }
  }

  private mutating func decodeInfo(in bytes: RawSpan, _ attributes: Range<Int>) throws(IPVSError.Reason) {
    var details: Range<Int>?
    var cursor = AttributeCursor(attributes)
    while let attribute = try cursor.next(in: bytes) {
      switch attribute.type {
      case Int(IFLA_INFO_KIND): kind = (try? bytes.name(attribute)) ?? Name()  // it may be longer
      case Int(IFLA_INFO_DATA): details = attribute.value
      default: break
      }
    }
    // What an attribute means depends on the kind.
    guard let details else { return }
    cursor = AttributeCursor(details)
    while let attribute = try cursor.next(in: bytes) {
      switch (kind, attribute.type) {
      case ("ip6tnl", Int(IFLA_IPTUN_PROTO)): tunnelProtocol = try bytes.integer(attribute)
      case ("gre", Int(IFLA_GRE_IFLAGS)):
        wantsChecksum = try bytes.integer(attribute, as: UInt16.self) & UInt16(clinux_gre_checksum) != 0
      default: break
      }
    }
  }
}

extension Interface.Assignment {
  /// Decodes a `struct ifaddrmsg` and the attributes behind it; nil for an address of another family.
  init?(decoding bytes: RawSpan, header: Int, _ attributes: Range<Int>) throws(IPVSError.Reason) {
    guard let family = AddressFamily(number: UInt16(bytes.native(at: header, as: UInt8.self))) else {
      return nil
    }
    length = bytes.native(at: header + 1, as: UInt8.self)
    isDeprecated = bytes.native(at: header + 2, as: UInt8.self) & UInt8(IFA_F_DEPRECATED) != 0
    var local: Address?
    var peer: Address?
    var cursor = AttributeCursor(attributes)
    while let attribute = try cursor.next(in: bytes) {
      switch attribute.type {
      case Int(IFA_LOCAL): local = try bytes.address(attribute, family)
      case Int(IFA_ADDRESS): peer = try bytes.address(attribute, family)
      default: break
      }
    }
    guard let address = local ?? peer else { throw .malformed(.attribute) }
    self.address = address
  }
}

extension Address {
  /// The address with zeros behind its first bits.
  package func prefix(_ length: UInt8) -> Address {
    // A shift by 32 or more leaves nothing.
    func first(_ bits: Int, of word: UInt32) -> UInt32 { bits <= 0 ? 0 : word & ~(UInt32.max >> bits) }
    let bits = Int(length)
    if family == .ipv4 { return Address(ipv4: first(bits, of: words.0)) }
    return Address(
      ipv6: (
        first(bits, of: words.0), first(bits - 32, of: words.1), first(bits - 64, of: words.2),
        first(bits - 96, of: words.3)
      ))
  }
}
