// SPDX-License-Identifier: Apache-2.0

import CLinux

@testable import IPVS

/// A kind of message, with what its decoder makes of it, as text.
struct RouteKind: Sendable {
  let types: MessageTypes
  let read: @Sendable (RawSpan, Int, Range<Int>) throws(IPVSError.Reason) -> String

  static let link = RouteKind(types: .links) {
    (bytes, header, attributes) throws(IPVSError.Reason) in
    "\(try Interface(decoding: bytes, header: header, attributes))"
  }
  static let address = RouteKind(types: .addresses) {
    (bytes, header, attributes) throws(IPVSError.Reason) in
    "\(try Interface.Assignment(decoding: bytes, header: header, attributes), default: "none")"
  }
  static let route = RouteKind(types: .routes) {
    (bytes, header, attributes) throws(IPVSError.Reason) in
    "\(try Route(decoding: bytes, header: header, attributes), default: "none")"
  }

  /// What a message says that stands between other bytes, as in an inbox; nil for one of another type.
  func decode(_ message: [UInt8], among other: UInt8 = 0) throws(IPVSError.Reason) -> String? {
    let around = [UInt8](repeating: other, count: 16)
    let bytes = around + message + around
    var rest = 16..<16 + message.count
    guard
      case .entry(let attributes) = try unsafe Message(
        from: bytes.span.bytes, &rest, types
      ).kind
    else { return nil }
    return try unsafe read(bytes.span.bytes, attributes.lowerBound - types.header, attributes)
  }
}

/// Messages of `rtnetlink(7)` as the kernel writes them.
enum RouteMessages {
  static func link(
    _ number: Int32, _ flags: Int, _ attributes: (inout Outbox) -> Void
  ) -> [UInt8] {
    var header: [UInt8] = []
    header.appendNative((UInt32(0), number, UInt32(flags), UInt32(0)))
    return Wire.message(UInt16(RTM_NEWLINK), header + Wire.attributes(attributes))
  }

  static func address(
    _ family: Int32, _ length: UInt8, _ flags: Int = 0, _ attributes: (inout Outbox) -> Void
  ) -> [UInt8] {
    let header: [UInt8] = [UInt8(family), length, UInt8(flags), 0, 7, 0, 0, 0]
    return Wire.message(UInt16(RTM_NEWADDR), header + Wire.attributes(attributes))
  }

  static func route(
    _ family: Int32, _ length: UInt8, table: UInt8 = 254, type: Int = Int(RTN_UNICAST),
    _ attributes: (inout Outbox) -> Void
  ) -> [UInt8] {
    let header: [UInt8] = [UInt8(family), length, 0, 0, table, 0, 0, UInt8(type), 0, 0, 0, 0]
    return Wire.message(UInt16(RTM_NEWROUTE), header + Wire.attributes(attributes))
  }

  static let loopback = link(1, IFF_UP | IFF_LOOPBACK) {
    $0.add(Int(IFLA_IFNAME), "lo" as Name)
    $0.add(Int(IFLA_MTU), UInt32(65536))
    $0.add(Int(IFLA_STATS64), bytes: [UInt8](repeating: 0xee, count: clinux_input_errors) + number(9))
  }

  static func number(_ value: UInt64) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.appendNative(value)
    return bytes
  }

  /// An interface of a kind, with a detail.
  static func tunnel(_ kind: Name, _ type: Int, _ value: some BitwiseCopyable) -> [UInt8] {
    link(4, IFF_NOARP) {
      $0.add(Int(IFLA_IFNAME), kind)
      $0.addNested(Int(IFLA_LINKINFO)) {
        // The kind comes first, but need not.
        $0.addNested(Int(IFLA_INFO_DATA)) { $0.add(type, value) }
        $0.add(Int(IFLA_INFO_KIND), kind)
      }
    }
  }

  static func bytes(_ address: Address) -> [UInt8] {
    var bytes: [UInt8] = []
    if address.family == .ipv4 {
      bytes.appendNative(address.words.0.bigEndian)
    } else {
      bytes.appendNative(address.networkOrder)
    }
    return bytes
  }

  static let gateway = route(AF_INET, 0) {
    $0.add(Int(RTA_TABLE.rawValue), UInt32(1000))
    $0.add(Int(RTA_OIF.rawValue), Int32(3))
    $0.add(Int(RTA_GATEWAY.rawValue), bytes: bytes("10.0.0.1"))
    $0.add(Int(RTA_PREFSRC.rawValue), bytes: bytes("10.0.0.2"))
    $0.addNested(Int(RTA_METRICS.rawValue)) {
      $0.add(Int(RTAX_HOPLIMIT), UInt32(64))
      $0.add(Int(RTAX_MTU), UInt32(1400))
    }
  }

  static let samples: [(kind: RouteKind, message: [UInt8])] = [
    (.link, loopback), (.link, tunnel("ip6tnl", Int(IFLA_IPTUN_PROTO), UInt8(IPPROTO_IPIP))),
    (.link, tunnel("gre", Int(IFLA_GRE_IFLAGS), UInt16(0x8000).bigEndian)),
    (
      .address,
      address(AF_INET, 24) {
        $0.add(Int(IFA_ADDRESS), bytes: bytes("10.0.0.9"))
        $0.add(Int(IFA_LOCAL), bytes: bytes("10.0.0.1"))
      }
    ),
    (.address, address(AF_INET6, 64) { $0.add(Int(IFA_ADDRESS), bytes: bytes("fd00::1")) }),
    (.route, gateway),
    (
      .route,
      route(AF_INET6, 128) {
        $0.add(Int(RTA_OIF.rawValue), Int32(2))
        $0.add(Int(RTA_PREFSRC.rawValue), bytes: bytes("fd00::100"))
      }
    ),
  ]
}
