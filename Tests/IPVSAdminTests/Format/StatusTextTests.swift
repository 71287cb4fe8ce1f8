// SPDX-License-Identifier: Apache-2.0

import IPVS
import Testing

@testable import IPVSAdmin

@Suite struct StatusTextTests {
  static let timeouts: [(Timeouts, String)] = [
    (Timeouts(tcp: 900, tcpFin: 120, udp: 300), "900 120 300"), (Timeouts(), "0 0 0"),
    (Timeouts(tcp: 2_678_400, udp: 1), "2678400 0 1"),
  ]

  @Test(arguments: timeouts)
  func line(timeouts: Timeouts, numbers: String) {
    var text = Text()
    text.append(timeouts)
    #expect(text.string == "Timeout (tcp tcpfin udp): \(numbers)\n")
  }

  static let daemons: [(SyncDaemon, String)] = [
    (SyncDaemon(.master, interface: "eth0"), "master sync daemon (mcast=eth0, syncid=0)"),
    (
      SyncDaemon(
        .backup, interface: "lo", syncID: 255, maximumLength: 1472, group: "224.0.0.81", port: 8848, ttl: 1),
      "backup sync daemon (mcast=lo, syncid=255, maxlen=1472, group=224.0.0.81, port=8848, ttl=1)"
    ),
    (
      SyncDaemon(.master, interface: "eth0", syncID: 1, group: "ff02::81", ttl: 255),
      "master sync daemon (mcast=eth0, syncid=1, group=ff02::81, ttl=255)"
    ),
    (
      SyncDaemon(.master, interface: "x", maximumLength: 65507, port: 1),
      "master sync daemon (mcast=x, syncid=0, maxlen=65507, port=1)"
    ),
  ]

  @Test(arguments: daemons)
  func line(daemon: SyncDaemon, line: String) {
    var text = Text()
    text.append(daemon)
    #expect(text.string == line + "\n")
  }
}
