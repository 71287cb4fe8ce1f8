// SPDX-License-Identifier: Apache-2.0

import CLinux
import Testing

@testable import IPVS

/// The structures of the older interface, byte by byte: native numbers, addresses and ports in network order, zeros
/// between the members.
@Suite struct SocketCodingTests {
  private static func native(_ numbers: UInt32...) -> [UInt8] {
    numbers.flatMap { number in unsafe withUnsafeBytes(of: number) { unsafe Array($0) } }
  }

  private static func half(_ number: UInt16) -> [UInt8] {
    unsafe withUnsafeBytes(of: number) { unsafe Array($0) }
  }

  private static func name(_ text: String) -> [UInt8] {
    Array(text.utf8) + Array(repeating: 0, count: 16 - text.utf8.count)
  }

  private static let web: [UInt8] = half(6) + [0, 0, 1, 2, 3, 4, 0x1f, 0x90, 0, 0] + native(0)
  private static let mark: [UInt8] = half(6) + [0, 0, 0, 0, 0, 0, 0, 0, 0, 0] + native(0xffff_fff9)
  private static let nothing = [UInt8](repeating: 0, count: 28)
  private static let server: [UInt8] = [10, 0, 0, 1, 0, 80, 0, 0]

  static let changes: [(change: Change, option: Int, bytes: [UInt8])] = [
    (
      .addService(Service(.tcp("1.2.3.4:8080"), scheduler: "rr")), IP_VS_SO_SET(2),
      web + name("rr") + native(0, 0) + [255, 255, 255, 255]
    ),
    (
      .editService(
        Service(
          .mark(0xffff_fff9), scheduler: "fifteen-letters", flags: [.onePacket, .scheduler2],
          persistence: 600,
          netmask: .part(0xffff_ff00))), IP_VS_SO_SET(3),
      mark + name("fifteen-letters") + native(1 | 4 | 16, 600) + [255, 255, 255, 0]
    ),
    (.deleteService(.tcp("1.2.3.4:8080")), IP_VS_SO_SET(4), web + nothing),
    (.clear, IP_VS_SO_SET(5), []),
    (
      .addDestination(
        Destination(
          "10.0.0.1:80", forwarding: .tunnel(.ipip), weight: -1, upperThreshold: 9, lowerThreshold: 5),
        to: .tcp("1.2.3.4:8080")), IP_VS_SO_SET(7),
      web + nothing + server + native(2, .max, 9, 5)
    ),
    (
      .deleteDestination("10.0.0.1:80", from: .mark(0xffff_fff9)), IP_VS_SO_SET(8),
      mark + nothing + server + native(3, 1, 0, 0)
    ),
    (
      .editDestination(Destination("10.0.0.1:80", forwarding: .masquerade), of: .tcp("1.2.3.4:8080")),
      IP_VS_SO_SET(9), web + nothing + server + native(0, 1, 0, 0)
    ),
    (.setTimeouts(Timeouts(tcp: 900, udp: 300)), IP_VS_SO_SET(10), native(900, 0, 300)),
    (
      .startDaemon(SyncDaemon(.backup, interface: "eth0", syncID: 255)), IP_VS_SO_SET(11),
      native(2) + name("eth0") + native(255)
    ),
    (.stopDaemon(.master), IP_VS_SO_SET(12), native(1) + name("") + native(0)),
    (.zero(.tcp("1.2.3.4:8080")), IP_VS_SO_SET(15), web + nothing),
    (.zeroAll, IP_VS_SO_SET(15), half(6) + [UInt8](repeating: 0, count: 42)),
  ]

  /// The number of an option: `IP_VS_BASE_CTL` and the place behind it.
  private static func IP_VS_SO_SET(_ place: Int) -> Int { 64 + 1024 + 64 + place }

  @Test(arguments: changes.indices)
  func aChangeHasItsBytes(index: Int) {
    let (change, option, bytes) = Self.changes[index]
    #expect(change.netlinkFeature == nil)
    #expect(change.command.option == option)
    #expect(change.command.bytes == bytes)
  }

  static let features: [(Change, NetlinkFeature?)] = [
    (.addService(Service(.tcp("[::1]:80"))), .ipv6), (.deleteService(.mark(1, .ipv6)), .ipv6),
    (.zero(.mark(1, .ipv6)), .ipv6), (.addDestination(Destination("[::1]:80"), to: .mark(1)), .ipv6),
    (.deleteDestination("[::1]:80", from: .mark(1)), .ipv6),
    (.editService(Service(.mark(1), engine: "sip")), .engine),
    (.addDestination(Destination("1.2.3.4:80", forwarding: .tunnel(.gre(.none))), to: .mark(1)), .tunnelType),
    (.editDestination(Destination("1.2.3.4:80", forwarding: .tunnel(.other(9))), of: .mark(1)), .tunnelType),
    (.startDaemon(SyncDaemon(.master, interface: "lo", maximumLength: 1472)), .maximumLength),
    (.startDaemon(SyncDaemon(.master, interface: "lo", group: "224.0.0.81")), .group),
    (.startDaemon(SyncDaemon(.master, interface: "lo", port: 8848)), .port),
    (.startDaemon(SyncDaemon(.master, interface: "lo", ttl: 1)), .ttl),
    (.zero(.udp("0.0.0.0:0")), .zeroAddress), (.zero(.udp("0.0.0.0:53")), nil), (.zero(.mark(1)), nil),
    (.deleteService(.tcp("0.0.0.0:0")), nil), (.clear, nil), (.zeroAll, nil), (.stopDaemon(.backup), nil),
  ]

  @Test(arguments: features.indices)
  func whatOnlyNetlinkCarriesIsKnown(index: Int) {
    let (change, feature) = Self.features[index]
    #expect(change.netlinkFeature == feature)
  }

  private static let counters: [UInt8] =
    native(1, 2, 3, 0) + native(4, 1, 5, 2) + native(6, 7, 8, 9, 10, 0)
  private static let statistics = Statistics(
    total: Statistics.Counters(
      connections: 1, inPackets: 2, outPackets: 3, inBytes: 4 + 1 << 32, outBytes: 5 + 2 << 32),
    rate: Statistics.Counters(connections: 6, inPackets: 7, outPackets: 8, inBytes: 9, outBytes: 10))

  @Test func aServiceIsRead() throws {
    let settings = Self.native(1 | 2 | 16, 600) + [255, 255, 0, 0] + Self.native(3)
    let bytes = Self.web + Self.name("sh") + settings + Self.counters
    try #require(bytes.count == MemoryLayout<ip_vs_service_entry>.size)
    let status = try #require(ServiceStatus(bytes.structure() as ip_vs_service_entry))
    #expect(
      status.service
        == Service(
          .tcp("1.2.3.4:8080"), scheduler: "sh", flags: .scheduler2, persistence: 600,
          netmask: .part(0xffff_0000)))
    #expect(status.statistics == Self.statistics)
  }

  @Test func aMarkIsReadAndAnUnknownProtocolIsNot() throws {
    let rest = Self.name("rr") + Self.native(0, 600) + [255, 255, 255, 255] + Self.native(0) + Self.counters
    let mark = try #require(ServiceStatus((Self.mark + rest).structure() as ip_vs_service_entry))
    #expect(mark.service == Service(.mark(0xffff_fff9), scheduler: "rr"))
    var bytes = Self.web + rest
    bytes.replaceSubrange(0..<2, with: Self.half(47))
    #expect(ServiceStatus(bytes.structure() as ip_vs_service_entry) == nil)
  }

  @Test func aServerIsRead() throws {
    let numbers = Self.native(3 | 0x100, 7, 9, 5, 11, 12, 13, 0)
    let bytes = Self.server + numbers + Self.counters
    try #require(bytes.count == MemoryLayout<ip_vs_dest_entry>.size)
    let status = try #require(DestinationStatus(bytes.structure() as ip_vs_dest_entry))
    #expect(
      status
        == DestinationStatus(
          Destination("10.0.0.1:80", forwarding: .direct, weight: 7, upperThreshold: 9, lowerThreshold: 5),
          activeConnections: 11, inactiveConnections: 12, persistentConnections: 13,
          statistics: Self.statistics))
    var unknown = bytes
    unknown.replaceSubrange(8..<12, with: Self.native(7))
    #expect(DestinationStatus(unknown.structure() as ip_vs_dest_entry) == nil)
  }

  @Test func daemonsAndTimeoutsAreRead() {
    let bytes = Self.native(1) + Self.name("fifteen-letters") + Self.native(255)
    #expect(
      SyncDaemon(bytes.structure() as ip_vs_daemon_user)
        == SyncDaemon(.master, interface: "fifteen-letters", syncID: 255))
    #expect(SyncDaemon([UInt8](repeating: 0, count: 24).structure() as ip_vs_daemon_user) == nil)
    #expect(
      Timeouts(Self.native(900, 120, 300).structure() as ip_vs_timeout_user)
        == Timeouts(tcp: 900, tcpFin: 120, udp: 300))
  }
}
