// SPDX-License-Identifier: Apache-2.0

import IPVS
import Testing

@testable import IPVSAdmin

/// The lines of servers to the byte, in each style. The bars keep the blanks at their ends.
@Suite struct ServerTextTests {
  private static func line(
    _ options: String, _ status: DestinationStatus, of id: Service.ID = .tcp("1.2.3.4:80"),
    names: NameTable = NameTable()
  ) throws -> String? {
    let table = StoredTable([Table.Entry(ServiceStatus(Service(id)), destinations: [status])])
    return try table.lines("-L \(options)", names: names).last.map { $0 + "|" }
  }

  private static let busy = DestinationStatus(
    Destination("10.0.0.1:80", forwarding: .masquerade, weight: 5, upperThreshold: 9, lowerThreshold: 8),
    activeConnections: 1, inactiveConnections: 2, persistentConnections: 3)
  /// The largest numbers that there are, wider than some columns.
  private static let full = DestinationStatus(
    Destination(
      "[2001:db8:1111:2222:3333:4444:5555:6666]:80", forwarding: .tunnel(.gue(port: 65535, .remote)),
      weight: .max,
      upperThreshold: .max, lowerThreshold: .max),
    activeConnections: .max, inactiveConnections: .max, persistentConnections: .max)

  static let styles: [(String, DestinationStatus, String)] = [
    ("", busy, "  -> 10.0.0.1:80                  Masq    5      1          2         |"),
    (
      "--tun-info", busy,
      "  -> 10.0.0.1:80                  Masq    n/a           5      1          2         |"
    ),
    ("--thresholds", busy, "  -> 10.0.0.1:80                  9          8          1          2         |"),
    (
      "--persistent-conn", busy,
      "  -> 10.0.0.1:80                  5         3           1          2         |"
    ),
    (
      "", full,
      "  -> [2001:db8:1111:2222:3333:4444:5555:6666]:80 Tunnel  2147483647 4294967295 4294967295|"
    ),
    (
      "--tun-info", full,
      "  -> [2001:db8:1111:2222:3333:4444:5555:6666]:80 Tunnel  gue:65535:r+c 2147483647 4294967295 4294967295|"
    ),
    (
      "--thresholds", full,
      "  -> [2001:db8:1111:2222:3333:4444:5555:6666]:80 4294967295 4294967295 4294967295 4294967295|"
    ),
    (
      "--persistent-conn", full,
      "  -> [2001:db8:1111:2222:3333:4444:5555:6666]:80 2147483647 4294967295  4294967295 4294967295|"
    ),
  ]

  @Test(arguments: styles)
  func inEachStyle(options: String, status: DestinationStatus, line: String) throws {
    #expect(try Self.line(options, status) == line)
  }

  static let methods: [(Forwarding, String, String)] = [
    (.masquerade, "Masq", "n/a"), (.local, "Local", "n/a"), (.direct, "Route", "n/a"),
    (.bypass, "Bypass", "n/a"),
    (.tunnel(.ipip), "Tunnel", "ipip"), (.tunnel(.other(9)), "Tunnel", "n/a"),
    (.tunnel(.gue(port: 6080, .none)), "Tunnel", "gue:6080:-c"),
    (.tunnel(.gue(port: 1, .full)), "Tunnel", "gue:1:+c"),
    (.tunnel(.gue(port: 80, .remote)), "Tunnel", "gue:80:r+c"),
    (.tunnel(.gre(.none)), "Tunnel", "gre:-c"), (.tunnel(.gre(.full)), "Tunnel", "gre:+c"),
  ]

  @Test(arguments: methods)
  func ofEachMethod(method: Forwarding, name: String, tunnel: String) throws {
    let status = DestinationStatus(Destination("10.0.0.1:80", forwarding: method, weight: 0))
    let server = "  -> 10.0.0.1:80                  " + name.padded(to: 7)
    let numbers = " 0      0          0         |"
    #expect(try Self.line("", status) == server + numbers)
    #expect(try Self.line("--tun-info", status) == server + " " + tunnel.padded(to: 13) + numbers)
  }

  /// Names of IPv4 are cut at their column, those of IPv6 at what the reference has room for.
  @Test func longNames() throws {
    let long = String(repeating: "x", count: 100)
    var names = NameTable()
    for address in ["1.2.3.4", "10.0.0.1", "2001:db8::1", "2001:db8::2"] as [Address] {
      names.hosts[address] = Text(long)
    }
    let (four, six) = (long.prefix(28), "[" + long.prefix(58))
    for (endpoint, virtual, name) in [
      ("10.0.0.1:80", "1.2.3.4:80", String(four)), ("[2001:db8::2]:80", "[2001:db8::1]:80", six),
    ] as [(Endpoint, Endpoint, String)] {
      let table = StoredTable([
        Table.Entry(
          ServiceStatus(Service(.tcp(virtual))), destinations: [DestinationStatus(Destination(endpoint))])
      ])
      #expect(
        try table.lines("-L", names: names).suffix(2) == [
          "TCP  \(name) wlc", "  -> \(name) Route   1      0          0         ",
        ])
      let zeros = String(repeating: "        0", count: 5)
      #expect(
        try table.lines("-L --stats", names: names).suffix(2) == [
          "TCP  \(name)\(zeros)", "  -> \(name)\(zeros)",
        ])
    }
  }

  /// 28 characters are not cut, and 29 are.
  @Test(arguments: [22, 23, 24, 25])
  func theCutIsAtTheColumn(length: Int) throws {
    var names = NameTable()
    names.hosts["10.0.0.1"] = Text(String(repeating: "x", count: length))
    names.ports[.init(number: 80, transport: .tcp)] = "http"
    let name = String((String(repeating: "x", count: length) + ":http").prefix(28)).padded(to: 28)
    let line = try Self.line("", DestinationStatus(Destination("10.0.0.1:80")), names: names)
    #expect(line == "  -> \(name) Route   1      0          0         |")
  }

  /// A mark's servers have ports without names.
  @Test func serversOfMarks() throws {
    var names = NameTable()
    names.hosts["10.0.0.1"] = "real"
    names.ports[.init(number: 80, transport: .tcp)] = "http"
    let status = DestinationStatus(Destination("10.0.0.1:80"))
    #expect(
      try Self.line("", status, of: .mark(1), names: names)
        == "  -> real:80                      Route   1      0          0         |")
    #expect(
      try Self.line("", status, of: .tcp("1.2.3.4:80"), names: names)
        == "  -> real:http                    Route   1      0          0         |")
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
