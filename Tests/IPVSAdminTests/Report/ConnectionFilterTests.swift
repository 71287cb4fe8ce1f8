// SPDX-License-Identifier: Apache-2.0

import IPVS
import Testing

@testable import IPVSAdmin

/// Which connections a listing with filters has.
@Suite struct ConnectionFilterTests {
  private static func connection(
    _ protocolName: Name, _ client: Endpoint, _ virtual: Endpoint, _ server: Endpoint, _ state: Name
  ) -> Connection {
    Connection(
      protocolName: protocolName, client: client, virtual: virtual, destination: server, state: state,
      expires: 9)
  }

  static let connections = [
    connection("TCP", "10.0.0.2:40000", "10.9.0.1:80", "10.1.0.11:8080", "ESTABLISHED"),
    connection("TCP", "10.0.1.2:40000", "10.9.0.1:443", "10.1.0.12:8443", "TIME_WAIT"),
    connection("UDP", "10.0.0.2:40001", "10.9.0.1:80", "10.1.0.11:80", "UDP"),
    connection("SCTP", "10.0.0.3:40002", "10.9.0.1:80", "10.1.0.11:80", "ESTABLISHED"),
    // Templates: of a port, of all ports, of marks.
    connection("TCP", "10.0.0.2:0", "10.9.0.1:80", "10.1.0.11:8080", "NONE"),
    connection("TCP", "10.0.0.2:0", "10.9.0.2:0", "10.1.0.11:0", "ASSURED"),
    connection("IP", "10.0.0.2:0", "0.0.0.7:0", "10.1.0.11:0", "NONE"),
    connection("IP", "[2001:db8::2]:0", "[0:7::]:0", "[fd00::11]:0", "NONE"),
    connection("TCP", "[2001:db8::2]:40000", "[2001:db8:9::1]:80", "[fd00::11]:80", "SYN_RECV"),
    // A tunnel to the other family.
    connection("TCP", "10.0.0.4:40000", "10.9.0.3:80", "[fd00::11]:80", "ESTABLISHED"),
  ]

  static let filters: [(String, [Int])] = [
    ("", Array(0...9)),
    ("-t 10.9.0.1:80", [0, 4]), ("-t 10.9.0.1", [0, 1, 4]), ("-t 10.9.0.1:0", [0, 1, 4]),
    ("-u 10.9.0.1:80", [2]), ("--sctp-service 10.9.0.1:80", [3]), ("-t 10.9.0.2", [5]),
    ("-t 10.9.0.2:80", []), ("-t [2001:db8:9::1]:80", [8]), ("-t 2001:db8:9::1", [8]),
    ("-f 7", [6]), ("-f 7 -6", [7]), ("-f 8", []), ("-t 0.0.0.7", []),
    ("-r 10.1.0.11", [0, 2, 3, 4, 5, 6]), ("-r 10.1.0.11:80", [2, 3]),
    ("-r 10.1.0.11:0", [0, 2, 3, 4, 5, 6]),
    ("-r fd00::11", [7, 8, 9]), ("-r [fd00::11]:80", [8, 9]),
    ("--client 10.0.0.2", [0, 2, 4, 5, 6]), ("--client 10.0.0.0/24", [0, 2, 3, 4, 5, 6, 9]),
    ("--client 10.0.0.9/31", []), ("--client 10.0.0.3/31", [0, 2, 3, 4, 5, 6]),
    ("--client 0/0", [0, 1, 2, 3, 4, 5, 6, 9]), ("--client ::/0", [7, 8]),
    ("--client 2001:db8::/32", [7, 8]), ("--client 2001:db9::/32", []),
    ("--state established", [0, 3, 9]), ("--state none", [4, 6, 7]), ("--state SYN_SENT", []),
    ("-t 10.9.0.1:80 --state established", [0]), ("-r 10.1.0.11 --client 10.0.0.2 --state NONE", [4, 6]),
    ("-t 10.9.0.3:80 -r [fd00::11]:80 --client 10.0.0.4/32 --state ESTABLISHED", [9]),
    ("-t 10.9.0.1:80 -r 10.1.0.12", []),
  ]

  @Test(arguments: filters)
  func matches(options: String, expected: [Int]) throws {
    let filter = try ListQuery(line: "-L -c \(options)").selection.resolved(by: Resolver())
    #expect(Self.connections.indices.filter { filter.matches(Self.connections[$0]) } == expected)
  }

  /// A port's name is that of the service's protocol, or else of TCP.
  @Test func namesOfPorts() throws {
    #expect(
      try ListQuery(line: "-Lc -r 10.1.0.1:http").selection.resolved(by: Resolver()).server == "10.1.0.1:80")
    #expect(
      try ListQuery(line: "-Lc -u 10.9.0.1:53 -r 10.1.0.1:tftp").selection.resolved(by: Resolver()).server
        == "10.1.0.1:69")
    let query = try ListQuery(line: "-Lc -r 10.1.0.1:no-such-port")
    #expect(throws: Misuse.destination(Text())) { try query.selection.resolved(by: Resolver()) }
  }

  /// As many bits as the length says count, and no more.
  @Test(arguments: ["10.170.85.255", "2001:db8:aaaa:5555:ffff:0:1234:8001"] as [Address])
  func everyLength(address: Address) {
    let bits = Int(address.family.bitCount)
    for length in 0...bits {
      let range = AddressRange(address, length: UInt8(length))
      for bit in 0..<bits {
        #expect(range.contains(address.flipping(bit)) == (bit >= length), "/\(length), bit \(bit)")
      }
    }
  }
}

extension Address {
  /// The address with one bit changed; the first is the most significant one.
  fileprivate func flipping(_ bit: Int) -> Address {
    let flip = { (index: Int) in bit / 32 == index ? UInt32(1) << UInt32(31 - bit % 32) : 0 }
    return family == .ipv4
      ? Address(ipv4: words.0 ^ flip(0))
      : Address(ipv6: (words.0 ^ flip(0), words.1 ^ flip(1), words.2 ^ flip(2), words.3 ^ flip(3)))
  }
}
