// SPDX-License-Identifier: Apache-2.0

import IPVS
import Testing

@testable import IPVSAdmin

@Suite struct FormatTests {
  static let counters: [(UInt64, String, String)] = [
    (0, "        0", "        0"),
    (99_999_999, " 99999999", " 99999999"),
    (100_000_000, "  100000K", " 100000000"),
    (999_999_999, "  999999K", " 999999999"),
    (1_000_000_000, "    1000M", " 1000000000"),
    (99_999_999_999, "   99999M", " 99999999999"),
    (100_000_000_000, "     100G", " 100000000000"),
    (99_999_999_999_999, "   99999G", " 99999999999999"),
    (100_000_000_000_000, "     100T", " 100000000000000"),
    (.max, "18446744T", " 18446744073709551615"),
  ]

  @Test(arguments: counters)
  func counter(value: UInt64, short: String, exact: String) {
    var text = Text()
    text.addCounter(value, isExact: false)
    #expect(text.string == short)
    text.removeAll()
    text.addCounter(value, isExact: true)
    #expect(text.string == exact)
  }

  private static let service = ServiceStatus(
    Service(
      .endpoint(.tcp, Endpoint(Address(ipv4: 0x0102_0304), port: 80)), scheduler: "sh",
      flags: [.scheduler1, .scheduler2, .onePacket], persistence: 360, netmask: .ipv4(0xffff_ff00),
      engine: "sip"))

  private static let tunnels: [Forwarding] = [
    .tunnel(.gue(port: 6080, .remote)), .tunnel(.gre(.none)), .tunnel(.ipip), .local,
  ]

  private static let entry = TableEntry(
    service: service,
    servers: tunnels.enumerated().map { (index, forwarding) in
      DestinationStatus(
        Destination(
          Endpoint(Address(ipv4: 0x0a00_0001 + UInt32(index)), port: 80), forwarding: forwarding,
          weight: 2_147_483_647, upperThreshold: 5, lowerThreshold: 3),
        active: 1, inactive: 2, persistent: 4)
    })

  private func listing(_ style: ListFormat.Style, _ names: NameTable = NameTable()) -> String {
    var text = Text()
    let table = TableText(format: ListFormat(style: style), names: names)
    table.title(into: &text)
    table.entry(Self.entry, into: &text)
    return text.string
  }

  private let serviceLine =
    "TCP  1.2.3.4:80 sh (sh-fallback,sh-port) persistent 360 mask 255.255.255.0 pe sip ops\n"

  @Test func plain() {
    #expect(
      listing(.plain) == """
        Prot LocalAddress:Port Scheduler Flags
          -> RemoteAddress:Port           Forward Weight ActiveConn InActConn
        \(serviceLine)\
          -> 10.0.0.1:80                  Tunnel  2147483647 1          2         \("")
          -> 10.0.0.2:80                  Tunnel  2147483647 1          2         \("")
          -> 10.0.0.3:80                  Tunnel  2147483647 1          2         \("")
          -> 10.0.0.4:80                  Local   2147483647 1          2         \("")

        """)
  }

  @Test func tunnel() {
    #expect(
      listing(.tunnel) == """
        Prot LocalAddress:Port Scheduler Flags
          -> RemoteAddress:Port           Forward TunnelInfo    Weight ActiveConn InActConn
        \(serviceLine)\
          -> 10.0.0.1:80                  Tunnel  gue:6080:r+c  2147483647 1          2         \("")
          -> 10.0.0.2:80                  Tunnel  gre:-c        2147483647 1          2         \("")
          -> 10.0.0.3:80                  Tunnel  ipip          2147483647 1          2         \("")
          -> 10.0.0.4:80                  Local   n/a           2147483647 1          2         \("")

        """)
  }

  @Test func thresholds() {
    #expect(
      listing(.thresholds).hasPrefix(
        """
        Prot LocalAddress:Port            Uthreshold Lthreshold ActiveConn InActConn \("")
          -> RemoteAddress:Port
        \(serviceLine)\
          -> 10.0.0.1:80                  5          3          1          2         \("")

        """))
  }

  @Test func persistentConnections() {
    #expect(
      listing(.persistentConnections).hasPrefix(
        """
        Prot LocalAddress:Port            Weight    PersistConn ActiveConn InActConn \("")
          -> RemoteAddress:Port
        \(serviceLine)\
          -> 10.0.0.1:80                  2147483647 4           1          2         \("")

        """))
  }

  @Test func names() throws {
    var names = NameTable()
    names.hosts[Address(ipv4: 0x0102_0304)] = String(repeating: "a", count: 50)
    names.hosts[Address(ipv4: 0x0a00_0001)] = String(repeating: "b", count: 50)
    names.ports[NameTable.Port(number: 80, transport: .tcp)] = "http"
    let lines = listing(.plain, names).split(separator: "\n")
    #expect(lines[2].hasPrefix("TCP  \(String(repeating: "a", count: 28)) sh "))
    #expect(lines[3].hasPrefix("  -> \(String(repeating: "b", count: 28)) Tunnel"))
    #expect(lines[4].hasPrefix("  -> 10.0.0.2:http                Tunnel"))
    var text = Text()
    RuleWriter(names: names).entry(Self.entry, into: &text)
    #expect(text.string.contains(" -r \(String(repeating: "b", count: 50)):http "))
  }

  @Test func rules() {
    var text = Text()
    RuleWriter(names: NameTable()).entry(Self.entry, into: &text)
    #expect(
      text.string == """
        -A -t 1.2.3.4:80 -s sh -p 360 -M 255.255.255.0 --pe sip -o -b sh-fallback,sh-port
        -a -t 1.2.3.4:80 -r 10.0.0.1:80 -i -w 2147483647 --tun-type gue --tun-port 6080 --tun-remcsum -x 5 -y 3
        -a -t 1.2.3.4:80 -r 10.0.0.2:80 -i -w 2147483647 --tun-type gre --tun-nocsum -x 5 -y 3
        -a -t 1.2.3.4:80 -r 10.0.0.3:80 -i -w 2147483647 --tun-type ipip -x 5 -y 3
        -a -t 1.2.3.4:80 -r 10.0.0.4:80 -g -w 2147483647 -x 5 -y 3

        """)
  }

  @Test func theOrderIsTheReferences() throws {
    func order(_ addresses: String...) throws -> [String] {
      var entries = [
        TableEntry(
          service: Self.service,
          servers: try addresses.map {
            DestinationStatus(Destination(Endpoint(try #require(Address($0)), port: 80)))
          })
      ]
      SortOrder.sort(&entries)
      return entries[0].servers.map { $0.destination.endpoint.address.description }
    }
    #expect(try order("10.0.0.1", "192.168.0.1") == ["192.168.0.1", "10.0.0.1"])
    #expect(try order("200.1.1.1", "1.1.1.1") == ["200.1.1.1", "1.1.1.1"])
    #expect(try order("255.0.0.1", "127.0.0.1") == ["255.0.0.1", "127.0.0.1"])
    #expect(try order("8000::", "7000::") == ["7000::", "8000::"])
  }
}

extension Text {
  fileprivate var string: String { String(decoding: bytes, as: UTF8.self) }
}
