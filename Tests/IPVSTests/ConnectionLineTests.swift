// SPDX-License-Identifier: Apache-2.0

import TestNoise
import Testing

@testable import IPVS

@Suite struct ConnectionLineTests {
  private static let sip = "UDP 0A000002 0000 0A000064 13C4 0A01000B 13C4 UDP              59 sip "
  private static let ipv6 =
    "UDP 2001:0DB8:0000:0000:0000:0000:0000:0001 0035 2001:0DB8:0000:0000:0000:0000:0000:0002 0035 "
    + "2001:0DB8:0000:0000:0000:0000:0000:0003 0035 UDP             299"

  private func parse(_ line: String, _ data: [UInt8] = []) throws -> Connection {
    // A line is a part of what was read, and does not begin with it.
    let bytes = [0x0a] + Array(line.utf8) + data
    return try #require(Connection(bytes.dropFirst()))
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
    let connection = try parse(Self.ipv6)
    #expect(connection.client.description == "[2001:db8::1]:53")
    #expect(connection.destination.description == "[2001:db8::3]:53")
  }

  @Test func theTemplateOfAMark() throws {
    let connection = try parse("IP  0A000002 0000 00000001 0000 0A01000B 0000 NONE            600")
    #expect(connection.transport == nil)
    #expect(connection.virtual.description == "0.0.0.1:0")
  }

  @Test(arguments: ["", "call", "a call @ host", "  two blanks before, one behind ", "\u{0}\t\r"])
  func anEngine(data: String) throws {
    let connection = try parse(Self.sip + data)
    #expect(connection.engine == Connection.Engine(name: "sip", data: Array(data.utf8)))
  }

  @Test func anEnginesDataIsAnyBytes() throws {
    let data = (1...255).filter { $0 != UInt8(ascii: "\n") } as [UInt8]
    #expect(try parse(Self.sip, data).engine?.data == data)
  }

  /// A director that sends its connections to this one can put a newline into the data.
  @Test func aLineBrokenByItsData() throws {
    let lines = Array((Self.sip + "first\nsecond part").utf8).split(separator: UInt8(ascii: "\n"))
    #expect(Connection(lines[0])?.engine?.data == Array("first".utf8))
    #expect(Connection(lines[1]) == nil)
  }

  @Test(arguments: [
    "", " ", "TCP", "TCP 0A000002 D2F0 0A000064 0050 0A01000B 1F90 ESTABLISHED",
    "TCP 0A000002 D2F0 0A000064 0050 0A01000B 1F90 ESTABLISHED x",
    "TCP 0A000002 D2F0 0A000064 0050 0A01000B 1F90 ESTABLISHED -1",
    "TCP 0A000002 D2F0 0A000064 0050 0A01000B 1F90 ESTABLISHED 4294967296",
    "TCP 0A000002 D2F0 0A000064 0050 0A01000B 1F90 A-STATE-TOO-LONG 1",
    "A-PROTOCOL-TOO-LONG 0A000002 D2F0 0A000064 0050 0A01000B 1F90 ESTABLISHED 1",
    "UDP 0A000002 D2F0 0A000064 0050 0A01000B 1F90 UDP 1 a-name-too-long-",
    "TCP 0A00000 D2F0 0A000064 0050 0A01000B 1F90 ESTABLISHED 1",
    "TCP 0A000002 D2F 0A000064 0050 0A01000B 1F90 ESTABLISHED 1",
    "TCP 2001:0DB8:0000:0000:0000:0000:0001 D2F0 0A000064 0050 0A01000B 1F90 ESTABLISHED 1",
    "TCP 2001:0DB8:0000:0000:0000:0000:0000.0001 D2F0 0A000064 0050 0A01000B 1F90 ESTABLISHED 1",
    "TCP 2001:0DB8:0000:0000:0000:0000:0000:001: D2F0 0A000064 0050 0A01000B 1F90 ESTABLISHED 1",
    "TCP 0A00000G D2F0 0A000064 0050 0A01000B 1F90 ESTABLISHED 1",
    "Pro FromIP   FPrt ToIP     TPrt DestIP   DPrt State       Expires PEName PEData",
  ])
  func otherLinesAreNone(line: String) {
    #expect(Connection(Array(line.utf8)[...]) == nil)
  }

  /// A line that was changed anywhere is not an entry, or is one that can be written and read again.
  @Test func garbage() {
    let good = [Array((Self.sip + "a call").utf8), Array(Self.ipv6.utf8)]
    var count = 0
    for trial in 0..<5000 as Range<UInt64> {
      let seed = Noise.seed &+ trial
      var random = Noise(seed: seed)
      let line = good[Int(trial % 2)].mutated(using: &random)
      guard let connection = Connection(line[...]) else { continue }
      #expect(Connection(connection.line[...]) == connection, "SEED=\(seed)")
      count += 1
    }
    #expect(count > 100, "SEED=\(Noise.seed)")
  }
}

extension Connection {
  /// The entry in a line, which is a part of other bytes.
  fileprivate init?(_ line: ArraySlice<UInt8>) {
    guard let entry = Array(line).withCursor(over: 0..<line.count, { Connection(line: &$0) }) else {
      return nil
    }
    self = entry
  }

  /// The line for the entry.
  fileprivate var line: [UInt8] {
    var bytes: [UInt8] = []
    protocolName.append(to: &bytes)
    for endpoint in [client, virtual, destination] {
      var address: [UInt8] = []
      address.appendNative(endpoint.address.networkOrder)
      if endpoint.address.family == .ipv4 { address.removeLast(12) }
      let groups = stride(from: 0, to: address.count, by: 2).map {
        Self.hex(UInt16(address[$0]) << 8 | UInt16(address[$0 + 1]))
      }
      bytes += " \(groups.joined(separator: address.count == 4 ? "" : ":")) \(Self.hex(endpoint.port)) ".utf8
    }
    state.append(to: &bytes)
    bytes += " \(expires)".utf8
    guard let engine else { return bytes }
    bytes.append(UInt8(ascii: " "))
    engine.name.append(to: &bytes)
    return bytes + [UInt8(ascii: " ")] + engine.data
  }

  private static func hex(_ number: UInt16) -> String {
    let digits = String(number, radix: 16, uppercase: true)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }
}
