// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import IPVS

/// Lines of `/proc/net/ip_vs`.
@Suite struct TableLineTests {
  private func read<Value>(_ line: String, _ body: (inout ByteCursor) -> Value?) -> Value? {
    Array(line.utf8).withCursor(over: 0..<line.utf8.count, body)
  }

  /// A number of seconds in ticks of this machine's clock.
  private static func ticks(_ seconds: UInt32) -> UInt32 { seconds * Clock.ticksPerSecond }

  static let services: [(line: String, service: Service)] = [
    ("TCP  0A000064:0050 rr  ", Service(.tcp("10.0.0.100:80"), scheduler: "rr")),
    ("UDP  0A000064:0035 wlc ops ", Service(.udp("10.0.0.100:53"), flags: .onePacket)),
    (
      "SCTP  0A000064:0009 sh  persistent \(ticks(360)) FFFF0000",
      Service(.sctp("10.0.0.100:9"), scheduler: "sh", persistence: 360, netmask: .part(0xffff_0000))
    ),
    (
      "UDP  0A000064:0035 wlc ops persistent \(ticks(60)) FFFFFFFF",
      Service(.udp("10.0.0.100:53"), flags: .onePacket, persistence: 60)
    ),
    (
      "TCP  [2001:0db8:0000:0000:0000:0000:0000:0001]:0050 lc persistent \(ticks(360)) 40000000",
      Service(.tcp("[2001:db8::1]:80"), scheduler: "lc", persistence: 360)
    ),
    ("FWM  00000007 wlc ", Service(.mark(7))),
    ("FWM  00000007 wlc persistent \(ticks(5)) 30000000", Service(.mark(7), persistence: 5)),
    ("FWM  FFFFFFFF nq ", Service(.mark(.max), scheduler: "nq")),
  ]

  @Test(arguments: services)
  func readsServices(line: String, service: Service) {
    #expect(read(line) { Service(line: &$0) } == service)
  }

  static let destinations: [(line: String, status: DestinationStatus)] = [
    (
      "  -> 0A01000B:0050      Masq    1      2          3         ",
      DestinationStatus(
        Destination("10.1.0.11:80", forwarding: .masquerade), activeConnections: 2, inactiveConnections: 3)
    ),
    (
      "  -> [2001:0db8:0000:0000:0000:0000:0000:0009]:0050      Tunnel  2147483647 0          0         ",
      DestinationStatus(Destination("[2001:db8::9]:80", forwarding: .tunnel(.ipip), weight: .max))
    ),
    (
      "  -> 7F000001:0050      Local   1      0          0         ",
      DestinationStatus(Destination("127.0.0.1:80", forwarding: .local))
    ),
    (
      "  -> 0A01000B:0000      Route   0      0          0         ",
      DestinationStatus(Destination("10.1.0.11:0", weight: 0))
    ),
  ]

  @Test(arguments: destinations)
  func readsDestinations(line: String, status: DestinationStatus) {
    #expect(read(line) { DestinationStatus(line: &$0) } == status)
  }

  @Test func title() {
    let info = read("IP Virtual Server version 1.2.1 (size=4096)") { KernelInfo(line: &$0) }
    #expect(info == KernelInfo(version: 0x010201, tableSize: 4096))
  }

  @Test(arguments: [
    "", " ", "TCP", "TCP  0A000064:0050", "TCP  0A000064 rr", "TCP  0A00006:0050 rr", "TCP  0A00006G:0050 rr",
    "ICMP  0A000064:0050 rr",
    "FWM  7 rr", "TCP  0A000064:0050 a-name-of-16-byt", "TCP  0A000064:0050 rr persistent",
    "TCP  [0A000064]:0050:1 rr",
    "  -> 0A01000B:0050", "  -> 0A01000B:0050 Magic 1 2 3", "  -> 0A01000B:0050 Masq 1 2",
    "  -> 0A01000B:0050 Masq 1 2 4294967296",
    "IP Virtual Server version 1.2 (size=4096)", "IP Virtual Server version 1.2.256 (size=4096)",
  ])
  func nonsenseIsNone(line: String) {
    #expect(read(line) { Service(line: &$0) } == nil)
    #expect(read(line) { DestinationStatus(line: &$0) } == nil)
    #expect(read(line) { KernelInfo(line: &$0) } == nil)
  }
}
