// SPDX-License-Identifier: Apache-2.0

import CIPVS
import Testing

@testable import IPVS

/// Encoding and decoding are inverse, for every kind of value.
@Suite struct CodingTests {
  static let v4 = Endpoint(Address(ipv4: 0x0a00_0001), port: 80)
  static let v6 = Endpoint(Address(ipv6: (0x2001_0db8, 0, 0, 1)), port: 65535)

  static let services: [Service] = [
    Service(.endpoint(.tcp, v4)),
    Service(.endpoint(.udp, v6), scheduler: "rr", flags: .onePacket),
    Service(.endpoint(.sctp, v4), scheduler: "mh", flags: [.scheduler1, .scheduler2, .scheduler3]),
    Service(.mark(1, .ipv4), persistence: 360, netmask: .ipv4(0xffff_ff00)),
    Service(.mark(.max, .ipv6), persistence: 1, netmask: .ipv6(64), engine: "sip"),
  ]

  @Test(arguments: services)
  func serviceThereAndBack(service: Service) throws {
    let request = Request.service(1, service.encode)
    #expect(try request.attributes.decoded(ServiceStatus.init(decoding:)).service == service)
  }

  static let destinations: [Destination] =
    [
      Forwarding.masquerade, .local, .direct, .bypass, .tunnel(.ipip), .tunnel(.gue(port: 6080, .none)),
      .tunnel(.gue(port: 65535, .remote)), .tunnel(.gre(.full)), .tunnel(.other(9)),
    ].map { Destination(v4, forwarding: $0) } + [
      Destination(v6, weight: 0, upperThreshold: .max, lowerThreshold: 7),
      Destination(v6, weight: .max),
    ]

  @Test(arguments: destinations)
  func destinationThereAndBack(destination: Destination) throws {
    let request = Request.destination(1, .mark(1, .ipv4), destination.encode)
    let status = try request.attributes.decoded { try DestinationStatus(decoding: $0, of: .mark(1, .ipv4)) }
    #expect(status.destination == destination)
  }

  static let daemons: [SyncDaemon] = [
    SyncDaemon(.master, interface: "eth0"),
    SyncDaemon(
      .backup, interface: "lo", syncID: 255, maximumLength: 65507, group: Address(ipv4: 0xe000_0051),
      port: 8848, ttl: 255),
    SyncDaemon(.backup, interface: "lo", group: Address(ipv6: (0xff02_0000, 0, 0, 0x51))),
  ]

  @Test(arguments: daemons)
  func daemonThereAndBack(daemon: SyncDaemon) throws {
    let request = Request.daemon(1, daemon.encode)
    #expect(try request.attributes.decoded(SyncDaemon.init(decoding:)) == daemon)
  }

  @Test func timeoutsThereAndBack() throws {
    let timeouts = Timeouts(tcp: 900, tcpFin: 120, udp: .max)
    let request = Request(1, timeouts.encode)
    #expect(try request.attributes.decoded(Timeouts.init(decoding:)) == timeouts)
  }

  @Test func information() throws {
    var request = Request(1)
    request.add(IPVS_INFO_ATTR_VERSION, UInt32(0x010201))
    request.add(IPVS_INFO_ATTR_CONN_TAB_SIZE, UInt32(4096))
    let info = try request.attributes.decoded(KernelInfo.init(decoding:))
    #expect(info == KernelInfo(version: 0x010201, tableSize: 4096))
  }

  /// A service with counters of both widths; the wide ones count.
  static func serviceWithCounters(wide: Bool) -> Request {
    Request(1) {
      $0.addNested(IPVS_CMD_ATTR_SERVICE) {
        services[0].encode(into: &$0)
        $0.addNested(IPVS_SVC_ATTR_STATS) {
          for type in IPVS_STATS_ATTR_CONNS...IPVS_STATS_ATTR_OUTBPS {
            if type == IPVS_STATS_ATTR_INBYTES || type == IPVS_STATS_ATTR_OUTBYTES {
              $0.add(type, UInt64(type))
            } else {
              $0.add(type, UInt32(type))
            }
          }
        }
        if wide {
          $0.addNested(IPVS_SVC_ATTR_STATS64) {
            for type in IPVS_STATS_ATTR_CONNS...IPVS_STATS_ATTR_OUTBPS {
              $0.add(type, UInt64(type) << 40)
            }
          }
        }
      }
    }
  }

  @Test(arguments: [false, true])
  func counters(wide: Bool) throws {
    let request = Self.serviceWithCounters(wide: wide)
    let statistics = try request.attributes.decoded(ServiceStatus.init(decoding:)).statistics
    let all = [
      statistics.connections, statistics.inPackets, statistics.outPackets, statistics.inBytes,
      statistics.outBytes, statistics.connectionRate, statistics.inPacketRate, statistics.outPacketRate,
      statistics.inByteRate, statistics.outByteRate,
    ]
    #expect(all == (1...10).map { wide ? UInt64($0) << 40 : UInt64($0) })
  }

  @Test func theKernelsOwnFlagIsNotConfiguration() throws {
    var bytes: [UInt8] = []
    bytes.appendNative(UInt32(IP_VS_SVC_F_HASHED | IP_VS_SVC_F_ONEPACKET))
    bytes.appendNative(UInt32.max)
    let request = Request.service(1) {
      Self.services[0].encode(into: &$0)
      $0.add(IPVS_SVC_ATTR_FLAGS, bytes: bytes)
    }
    let service = try request.attributes.decoded(ServiceStatus.init(decoding:)).service
    #expect(service.flags == .onePacket)
    #expect(service.persistence == nil)
  }

  @Test func anOlderKernelDoesNotTellAServersFamily() throws {
    let request = Request.destination(1, .mark(1, .ipv6)) {
      $0.add(IPVS_DEST_ATTR_ADDR, bytes: Self.v6.address.bytes)
      $0.add(IPVS_DEST_ATTR_PORT, Self.v6.port.bigEndian)
      $0.add(IPVS_DEST_ATTR_FWD_METHOD, UInt32(3))
      $0.add(IPVS_DEST_ATTR_WEIGHT, UInt32(1))
    }
    let status = try request.attributes.decoded { try DestinationStatus(decoding: $0, of: .mark(1, .ipv6)) }
    #expect(status.destination.endpoint == Self.v6)
  }
}
