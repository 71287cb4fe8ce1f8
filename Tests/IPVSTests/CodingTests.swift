// SPDX-License-Identifier: Apache-2.0

import CLinux
import Testing

@testable import IPVS

/// Encoding and decoding are inverse, for every kind of value.
@Suite struct CodingTests {
  static let v4: Endpoint = "10.0.0.1:80"
  static let v6: Endpoint = "[2001:db8::1]:65535"
  static let statistics = Statistics(
    total: Statistics.Counters(
      connections: 1, inPackets: 1 << 33, outPackets: 3, inBytes: 4, outBytes: .max),
    rate: Statistics.Counters(connections: 6, inPackets: 7, outPackets: 1 << 32, inBytes: 9, outBytes: 10))

  static let services: [Service] = [
    Service(.tcp(v4)),
    Service(.udp(v6), scheduler: "rr", flags: .onePacket),
    Service(.sctp(v4), scheduler: "mh", flags: [.scheduler1, .scheduler2, .scheduler3]),
    Service(.mark(1), persistence: 360, netmask: .part(0xffff_ff00)),
    Service(.mark(.max, .ipv6), persistence: 1, netmask: .part(64), engine: "sip"),
  ]

  @Test(arguments: services)
  func serviceThereAndBack(service: Service) throws {
    let status = ServiceStatus(service, statistics: Self.statistics)
    #expect(try ServiceStatus(attributes: status.attributes) == status)
  }

  static let destinations: [Destination] =
    [
      Forwarding.masquerade, .local, .direct, .bypass, .tunnel(.ipip), .tunnel(.gue(port: 6080, .none)),
      .tunnel(.gue(port: 65535, .remote)), .tunnel(.gre(.full)), .tunnel(.other(9)),
    ].map { Destination(v4, forwarding: $0) } + [
      Destination(v6, weight: 0, upperThreshold: .max, lowerThreshold: 7),
      Destination(v6, weight: .max),
      Destination(v6, weight: -1),
    ]

  @Test(arguments: destinations)
  func destinationThereAndBack(destination: Destination) throws {
    let status = DestinationStatus(
      destination, activeConnections: 1, inactiveConnections: 2, persistentConnections: .max,
      statistics: Self.statistics)
    #expect(try DestinationStatus(attributes: status.attributes) == status)
  }

  static let daemons: [SyncDaemon] = [
    SyncDaemon(.master, interface: "eth0"),
    SyncDaemon(
      .backup, interface: "lo", syncID: 255, maximumLength: 65507, group: "224.0.0.81", port: 8848, ttl: 255),
    SyncDaemon(.backup, interface: "lo", group: "ff02::51"),
  ]

  @Test(arguments: daemons)
  func daemonThereAndBack(daemon: SyncDaemon) throws {
    #expect(try SyncDaemon(attributes: daemon.attributes) == daemon)
  }

  @Test func information() throws {
    let info = KernelInfo(version: 0x010201, tableSize: 4096)
    #expect(try KernelInfo(attributes: info.attributes) == info)
  }

  @Test(arguments: [Timeouts(), Timeouts(udp: 1), Timeouts(tcp: 900, tcpFin: 120, udp: .max)])
  func timeoutsThereAndBack(timeouts: Timeouts) throws {
    #expect(try Timeouts(attributes: timeouts.attributes) == timeouts)
  }

  @Test func aTimeoutThatIsToStayIsSentAsZero() throws {
    let sent = Wire.attributes(Timeouts(tcpFin: 120).encode)
    #expect(try Timeouts(attributes: sent) == Timeouts(tcp: 0, tcpFin: 120, udp: 0))
  }

  @Test(arguments: [Service(.tcp(v4), netmask: .part(.max)), Service(.tcp(v6), netmask: .part(128))])
  func theMaskOfAWholeAddressIsTheHost(service: Service) throws {
    let status = try ServiceStatus(attributes: ServiceStatus(service).attributes)
    #expect(status.service == Service(service.id))
  }

  /// A kernel that has only the older counters sends packets as 32 bits, and bytes as 64. A newer one sends both.
  @Test(arguments: [false, true])
  func counters(wide: Bool) throws {
    let attributes = Wire.attributes {
      $0.addNested(IPVS_CMD_ATTR_SERVICE) {
        Self.services[0].encode(into: &$0)
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
            for type in IPVS_STATS_ATTR_CONNS...IPVS_STATS_ATTR_OUTBPS { $0.add(type, UInt64(type) << 40) }
          }
        }
      }
    }
    let statistics = try ServiceStatus(attributes: attributes).statistics
    #expect(statistics.numbered == (1...10).map { wide ? $0 << 40 : $0 })
    #expect(try ServiceStatus(attributes: attributes, isCounting: false).statistics == Statistics())
  }

  @Test func theKernelsOwnFlagIsNotConfiguration() throws {
    let flags = UInt32(IP_VS_SVC_F_HASHED | IP_VS_SVC_F_ONEPACKET)
    let attributes = Wire.attributes {
      $0.addNested(IPVS_CMD_ATTR_SERVICE) {
        Self.services[0].encode(into: &$0)
        $0.add(IPVS_SVC_ATTR_FLAGS, (flags, UInt32.max))
      }
    }
    let settings = try ServiceStatus(attributes: attributes).service.settings
    #expect(settings.flags == .onePacket)
    #expect(settings.persistence == nil)
  }
}
