// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import IPVS

@Suite struct ConnectionLineTests {
  private func parse(_ line: String) throws -> Connection {
    try Connection(line: Array(line.utf8)[...])
  }

  @Test func ipv4() throws {
    let connection = try parse("TCP 0A000002 D2F0 0A000064 0050 0A01000B 1F90 ESTABLISHED     899")
    #expect(connection.transport == .tcp)
    #expect(connection.client.description == "10.0.0.2:54000")
    #expect(connection.virtual.description == "10.0.0.100:80")
    #expect(connection.destination.description == "10.1.0.11:8080")
    #expect(connection.state == "ESTABLISHED")
    #expect(connection.expires == 899)
    #expect(connection.engine == nil)
  }

  @Test func ipv6() throws {
    let connection = try parse(
      "UDP 2001:0DB8:0000:0000:0000:0000:0000:0001 0035 2001:0DB8:0000:0000:0000:0000:0000:0002 0035 "
        + "2001:0DB8:0000:0000:0000:0000:0000:0003 0035 UDP             299")
    #expect(connection.client.description == "[2001:db8::1]:53")
    #expect(connection.destination.description == "[2001:db8::3]:53")
  }

  @Test func theTemplateOfAMark() throws {
    let connection = try parse("IP  0A000002 0000 00000001 0000 0A01000B 0000 NONE            600")
    #expect(connection.transport == nil)
    #expect(connection.virtual.description == "0.0.0.1:0")
  }

  @Test func anEngine() throws {
    let connection = try parse("UDP 0A000002 0000 0A000064 13C4 0A01000B 13C4 UDP  59 sip a call @ host")
    #expect(connection.engine == Connection.Engine(name: "sip", data: "a call @ host"))
  }

  @Test(arguments: [
    "", "TCP", "TCP 0A000002 D2F0 0A000064 0050 0A01000B 1F90 ESTABLISHED",
    "TCP 0A000002 D2F0 0A000064 0050 0A01000B 1F90 ESTABLISHED x",
    "TCP 0A00000 D2F0 0A000064 0050 0A01000B 1F90 ESTABLISHED 1",
    "TCP 0A000002 D2F 0A000064 0050 0A01000B 1F90 ESTABLISHED 1",
    "TCP 2001:0DB8:0000:0000:0000:0000:0001 D2F0 0A000064 0050 0A01000B 1F90 ESTABLISHED 1",
    "TCP 0A00000G D2F0 0A000064 0050 0A01000B 1F90 ESTABLISHED 1",
  ])
  func otherLinesAreNone(line: String) {
    #expect(throws: NetlinkError.self) { try parse(line) }
  }
}
