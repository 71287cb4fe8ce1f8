// SPDX-License-Identifier: Apache-2.0

internal import CLinux

/// The way that this machine's packets take to an address: `RTM_NEWROUTE`.
package struct Route: Sendable {
  package let family: AddressFamily
  /// Whether the address is one of this machine: `RTN_LOCAL`.
  package let isLocal: Bool
  /// How many bits of addresses it is for: `rtm_dst_len`.
  let length: UInt8
  /// The addresses that it is for, or nil for all: `RTA_DST`.
  private var destination: Address?
  /// Its table: `RTA_TABLE`.
  package var table: UInt32
  /// The number of the interface that they leave by, 0 for several: `RTA_OIF`.
  package var interface: Int32 = 0
  /// The next router, or nil if the address is on the interface's network: `RTA_GATEWAY`, `RTA_VIA`.
  package var gateway: Address?
  /// The source that the kernel chooses: `RTA_PREFSRC`.
  package var source: Address?
  /// The longest packet in bytes, if the route says so: `RTAX_MTU`.
  package var mtu: UInt32?
}

extension Route {
  /// Whether it is for an address.
  package func isFor(_ address: Address) -> Bool {
    family == address.family && destination.map { $0.prefix(length) == address.prefix(length) } ?? true
  }

  /// Whether it is for all addresses.
  package var isDefault: Bool { length == 0 }
}

/// A neighbour that was asked for its hardware address, and did not answer: `NUD_INCOMPLETE`, `NUD_FAILED`.
package struct SilentNeighbour {
  /// The interface by which it was asked.
  package let interface: Int32
  package let address: Address

  /// Decodes a `struct ndmsg` and the attributes behind it; nil for one that answers.
  init?(decoding bytes: RawSpan, header: Int, _ attributes: Range<Int>) throws(IPVSError.Reason) {
    guard let family = AddressFamily(number: UInt16(bytes.native(at: header, as: UInt8.self))),
      bytes.native(at: header + 8, as: UInt16.self) & UInt16(NUD_INCOMPLETE | NUD_FAILED) != 0
    else { return nil }
    interface = bytes.native(at: header + 4, as: Int32.self)
    var cursor = AttributeCursor(attributes)
    while let attribute = try cursor.next(in: bytes) {
      if attribute.type == Int(NDA_DST) {
        address = try bytes.address(attribute, family)
        return
      }
    }
    return nil
  }
}

/// Which packets a route is asked for.
package struct RouteQuery {
  package var destination: Address
  /// The source, if it is known already.
  package var source: Address?
  /// The firewall mark.
  package var mark: UInt32 = 0
  /// The interface that they came by, 0 if this machine makes them.
  package var input: Int32 = 0
  /// The interface that they must leave by, 0 for any.
  package var output: Int32 = 0

  /// A question for the packets that this machine sends to an address.
  package init(to destination: Address) { self.destination = destination }

  /// Adds the `struct rtmsg` and the attributes behind it.
  func encode(into outbox: inout Outbox) {
    let family = destination.family
    let length: UInt8 = family == .ipv4 ? 32 : 128
    outbox.bytes += [UInt8(family.number), length, source == nil ? 0 : length, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    outbox.add(Int(RTA_DST.rawValue), destination)
    if let source { outbox.add(Int(RTA_SRC.rawValue), source) }
    if mark != 0 { outbox.add(Int(RTA_MARK.rawValue), mark) }
    if input != 0 { outbox.add(Int(RTA_IIF.rawValue), input) }
    if output != 0 { outbox.add(Int(RTA_OIF.rawValue), output) }
  }
}

extension Outbox {
  /// Adds an address in as many bytes as its family has.
  fileprivate mutating func add(_ type: Int, _ address: Address) {
    if address.family == .ipv4 {
      add(type, address.words.0.bigEndian)
    } else {
      add(type, address.networkOrder)
    }
  }
}

extension Route {
  /// Decodes a `struct rtmsg` and the attributes behind it; nil for a route of another family.
  init?(decoding bytes: RawSpan, header: Int, _ attributes: Range<Int>) throws(IPVSError.Reason) {
    guard let family = AddressFamily(number: UInt16(bytes.native(at: header, as: UInt8.self))) else {
      return nil
    }
    self.family = family
    length = bytes.native(at: header + 1, as: UInt8.self)
    table = UInt32(bytes.native(at: header + 4, as: UInt8.self))
    isLocal = bytes.native(at: header + 7, as: UInt8.self) == UInt8(RTN_LOCAL)
    var cursor = AttributeCursor(attributes)
    while let attribute = try cursor.next(in: bytes) {
      switch rtattr_type_t(rawValue: UInt32(attribute.type)) {
      case RTA_DST: destination = try bytes.address(attribute, family)
      case RTA_OIF: interface = try bytes.integer(attribute)
      case RTA_TABLE: table = try bytes.integer(attribute)
      case RTA_GATEWAY: gateway = try bytes.address(attribute, family)
      case RTA_VIA where attribute.count == 18: gateway = try bytes.address(attribute.behind(2), .ipv6)
      case RTA_PREFSRC: source = try bytes.address(attribute, family)
      case RTA_METRICS:
        var metrics = AttributeCursor(attribute.value)
        while let metric = try metrics.next(in: bytes) {
          if metric.type == Int(RTAX_MTU) { mtu = try bytes.integer(metric) }
        }
      default: break
      }
    }
  }
}

extension Attribute {
  /// The attribute without its first bytes.
  fileprivate func behind(_ length: Int) -> Attribute {
    Attribute(type: type, start: start + length, count: count - length)
  }
}
