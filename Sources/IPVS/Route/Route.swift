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
