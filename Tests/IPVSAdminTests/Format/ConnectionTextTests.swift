// SPDX-License-Identifier: Apache-2.0

import IPVS
import Testing

@testable import IPVSAdmin

/// The listing of connections to the byte.
@Suite struct ConnectionTextTests {
  private static let call = Connection(
    protocolName: "UDP", client: "10.0.0.2:0", virtual: "10.0.0.100:5060", destination: "10.0.0.11:5060",
    state: "UDP",
    expires: 3605, engine: Connection.Engine(name: "sip", data: Array("abcdef-12345@host.example".utf8)))

  private static func lines(
    _ connection: Connection, showsEngine: Bool = false, names: NameTable = NameTable()
  ) -> [String] {
    var text = Text()
    let listing = ConnectionText(showsEngine: showsEngine)
    listing.addTitle(to: &text)
    listing.add(connection, names: names, to: &text)
    return text.lines
  }

  private static func plain(_ change: (inout Connection) -> Void) -> Connection {
    var connection = call
    connection.engine = nil
    change(&connection)
    return connection
  }

  @Test func withoutEngines() {
    #expect(
      Self.lines(Self.call) == [
        "IPVS connection entries",
        "pro expire state       source             virtual            destination",
        "UDP 60:05  UDP         10.0.0.2:0         10.0.0.100:5060    10.0.0.11:5060",
      ])
  }

  /// The reference's columns differ between the title and the entries.
  @Test func withEngines() {
    let titles = [
      "IPVS connection entries",
      "pro expire state       source             virtual            destination        pe name          pe_data",
    ]
    #expect(
      Self.lines(Self.call, showsEngine: true)
        == titles + [
          "UDP 60:05  UDP         10.0.0.2:0         10.0.0.100:5060    10.0.0.11:5060   sip                "
            + "abcdef-12345@host.example"
        ])
    #expect(
      Self.lines(Self.plain { _ in }, showsEngine: true)
        == titles + ["UDP 60:05  UDP         10.0.0.2:0         10.0.0.100:5060    10.0.0.11:5060"])
  }

  static let rows: [(Connection, String)] = [
    (
      plain { ($0.protocolName, $0.state, $0.expires) = ("TCP", "ESTABLISHED", 899) },
      "TCP 14:59  ESTABLISHED 10.0.0.2:0         10.0.0.100:5060    10.0.0.11:5060"
    ),
    (
      plain { ($0.protocolName, $0.state, $0.expires) = ("IP", "NONE", 0) },
      "IP  00:00  NONE        10.0.0.2:0         10.0.0.100:5060    10.0.0.11:5060"
    ),
    // Minutes may pass 99, and names their columns.
    (
      plain { ($0.protocolName, $0.state, $0.expires) = ("SCTP", "SHUTDOWN_ACK_SENT".name, 44_640 * 60 + 9) },
      "SCTP 44640:09 SHUTDOWN_ACK_SE 10.0.0.2:0         10.0.0.100:5060    10.0.0.11:5060"
    ),
    (
      plain {
        $0.client = "[2001:db8::1]:40000"
        $0.virtual = "[2001:db8::100]:80"
        $0.destination = "[::1]:80"
      },
      "UDP 60:05  UDP         [2001:db8::1]:40000 [2001:db8::100]:80 [::1]:80"
    ),
    (
      plain { ($0.client, $0.virtual) = ("255.255.255.255:65535", "255.255.255.254:65534") },
      "UDP 60:05  UDP         255.255.255.255:65535 255.255.255.254:65534 10.0.0.11:5060"
    ),
  ]

  @Test(arguments: rows)
  func entries(connection: Connection, line: String) {
    #expect(Self.lines(connection).last == line)
  }

  /// The template of a mark has no protocol for the names of ports.
  @Test func names() {
    var names = NameTable()
    names.hosts["10.0.0.2"] = Text(String(repeating: "x", count: 100))
    names.ports[.init(number: 5060, transport: .udp)] = "sip"
    let long = String(repeating: "x", count: 59)
    #expect(
      Self.lines(Self.call, names: names).last
        == "UDP 60:05  UDP         \(long) 10.0.0.100:sip     10.0.0.11:sip")
    #expect(
      Self.lines(Self.plain { $0.protocolName = "IP" }, names: names).last
        == "IP  60:05  UDP         \(long) 10.0.0.100:5060    10.0.0.11:5060")
  }

  @Test func dataOfEnginesPassAsTheyAre() {
    var connection = Self.call
    connection.engine?.data = [0xff, 0x1b, 0x20]
    var text = Text()
    ConnectionText(showsEngine: true).add(connection, names: NameTable(), to: &text)
    #expect(text.bytes.suffix(5) == [0x20, 0xff, 0x1b, 0x20, 0x0a])
  }
}

extension String {
  /// As much of the text as a name holds.
  fileprivate var name: Name { Name(prefix(Name.limit)) ?? Name() }
}
