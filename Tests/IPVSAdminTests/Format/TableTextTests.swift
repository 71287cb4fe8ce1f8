// SPDX-License-Identifier: Apache-2.0

import IPVS
import Testing

@testable import IPVSAdmin

/// The listings of services to the byte. A line may end with blanks; the bars in the tables here keep them.
@Suite struct TableTextTests {
  private static let version = "IP Virtual Server version 1.2.1 (size=4096)"

  static let titles: [(String, [String])] = [
    (
      "-L",
      [
        "Prot LocalAddress:Port Scheduler Flags|",
        "  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn|",
      ]
    ),
    (
      "-L --tun-info",
      [
        "Prot LocalAddress:Port Scheduler Flags|",
        "  -> RemoteAddress:Port           Forward TunnelInfo    Weight ActiveConn InActConn|",
      ]
    ),
    (
      "-L --stats",
      [
        "Prot LocalAddress:Port               Conns   InPkts  OutPkts  InBytes OutBytes|",
        "  -> RemoteAddress:Port|",
      ]
    ),
    (
      "-L --rate",
      [
        "Prot LocalAddress:Port                 CPS    InPPS   OutPPS    InBPS   OutBPS|",
        "  -> RemoteAddress:Port|",
      ]
    ),
    (
      "-L --thresholds",
      [
        "Prot LocalAddress:Port            Uthreshold Lthreshold ActiveConn InActConn |",
        "  -> RemoteAddress:Port|",
      ]
    ),
    (
      "-L --persistent-conn",
      [
        "Prot LocalAddress:Port            Weight    PersistConn ActiveConn InActConn |",
        "  -> RemoteAddress:Port|",
      ]
    ),
  ]

  @Test(arguments: titles)
  func titlesOf(line: String, lines: [String]) throws {
    #expect(try StoredTable([]).lines(line).map { $0 + "|" } == [Self.version + "|"] + lines)
    // For one service there is no version line.
    let one = StoredTable([Table.Entry(ServiceStatus(Service(.mark(1))))])
    #expect(try one.lines("\(line) -f 1").prefix(2).map { $0 + "|" } == lines)
  }

  static let services: [(Service, String)] = [
    (Service(.tcp("1.2.3.4:80"), scheduler: "rr"), "TCP  1.2.3.4:80 rr"),
    (Service(.udp("1.2.3.4:53"), flags: .onePacket), "UDP  1.2.3.4:53 wlc ops"),
    (Service(.sctp("[2001:db8::1]:9")), "SCTP [2001:db8::1]:9 wlc"),
    (Service(.mark(7), scheduler: "wrr"), "FWM  7 wrr"),
    (Service(.mark(7, .ipv6)), "FWM  7 IPv6 wlc"),
    // The reference prints marks as signed.
    (Service(.mark(.max)), "FWM  -1 wlc"),
    (Service(.mark(0x8000_0000, .ipv6)), "FWM  -2147483648 IPv6 wlc"),
    (Service(.tcp("1.2.3.4:0"), persistence: 360), "TCP  1.2.3.4:0 wlc persistent 360"),
    (
      Service(.mark(7), persistence: 1, netmask: .part(0xffff_ff00)),
      "FWM  7 wlc persistent 1 mask 255.255.255.0"
    ),
    (Service(.mark(7, .ipv6), persistence: 9, netmask: .part(64)), "FWM  7 IPv6 wlc persistent 9 mask 64"),
    (Service(.tcp("[::1]:80"), persistence: 9, netmask: .part(1)), "TCP  [::1]:80 wlc persistent 9 mask 1"),
    (Service(.mark(7), persistence: 9, netmask: .part(0)), "FWM  7 wlc persistent 9 mask 0.0.0.0"),
    (Service(.mark(7), persistence: 9, engine: "sip"), "FWM  7 wlc persistent 9 pe sip"),
    // Both belong to persistence.
    (Service(.mark(7), netmask: .part(1), engine: "sip"), "FWM  7 wlc"),
    (
      Service(
        .udp("1.2.3.4:80"), scheduler: "sh", flags: [.scheduler1, .scheduler2, .onePacket], persistence: 360,
        netmask: .part(0xff00_0000), engine: "sip"),
      "UDP  1.2.3.4:80 sh (sh-fallback,sh-port) persistent 360 mask 255.0.0.0 pe sip ops"
    ),
    (Service(.mark(7), scheduler: "mh", flags: .scheduler2), "FWM  7 mh (mh-port)"),
    (Service(.mark(7), scheduler: "rr", flags: .scheduler), "FWM  7 rr (flag-1,flag-2,flag-3)"),
    // Flags for which such a scheduler has no name are omitted.
    (Service(.mark(7), scheduler: "sh", flags: [.scheduler2, .scheduler3]), "FWM  7 sh (sh-port)"),
    (Service(.mark(7), scheduler: "sh", flags: .scheduler3), "FWM  7 sh ()"),
  ]

  @Test(arguments: services, ["-L", "-L --tun-info", "-L --thresholds", "-L --persistent-conn"])
  func serviceLine(service: (Service, String), line: String) throws {
    let table = StoredTable([Table.Entry(ServiceStatus(service.0))])
    #expect(try table.lines(line).last == service.1)
  }

  /// Without services there is a title only, and the kernel's order stays if it is asked for.
  @Test func listings() throws {
    let entries = [Service(.mark(2)), Service(.mark(1))].map { Table.Entry(ServiceStatus($0)) }
    #expect(try StoredTable(entries).lines("-L").suffix(2) == ["FWM  1 wlc", "FWM  2 wlc"])
    #expect(try StoredTable(entries).lines("-L --nosort").suffix(2) == ["FWM  2 wlc", "FWM  1 wlc"])
    #expect(try StoredTable([]).lines("-L").count == 3)
  }

  static let versions: [(UInt32, UInt32, String)] = [
    (0x01_0201, 4096, "1.2.1 (size=4096)"), (0xff_000a, 0, "255.0.10 (size=0)"),
    (0x01_0201, 1 << 20, "1.2.1 (size=1048576)"),
  ]

  @Test(arguments: versions)
  func versionLine(version: UInt32, size: UInt32, expected: String) throws {
    var kernel = StoredTable([])
    var report = try TableReport(nil, isUnsorted: false, from: &kernel)
    report.info = KernelInfo(version: version, tableSize: size)
    var text = Text()
    TableText(ListQuery(), names: NameTable()).add(report, to: &text)
    #expect(text.lines.first == "IP Virtual Server version \(expected)")
  }
}
