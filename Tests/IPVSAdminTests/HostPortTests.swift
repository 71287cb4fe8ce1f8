// SPDX-License-Identifier: Apache-2.0

import IPVS
import Testing

@testable import IPVSAdmin

@Suite struct HostPortTests {
  private static func address(_ text: String) -> HostPort.Host? { Address(text).map { .address($0) } }

  static let forms: [(String, HostPort.Host?, HostPort.Port?)] = [
    ("1.2.3.4:80", address("1.2.3.4"), .number(80)),
    ("1.2.3.4", address("1.2.3.4"), nil),
    ("10.1:0", address("10.0.0.1"), .number(0)),
    ("0x0a010101:80", address("10.1.1.1"), .number(80)),
    ("167838209:65535", address("10.1.2.1"), .number(65535)),
    ("1.2.3.4: 80", address("1.2.3.4"), .number(80)),
    ("1.2.3.4:http", address("1.2.3.4"), .name("http")),
    ("host:http", .name("host"), .name("http")),
    ("host", .name("host"), nil),
    ("[::1]:80", address("::1"), .number(80)),
    ("[2001:db8::1]:http", address("2001:db8::1"), .name("http")),
    ("2001:db8::1:80", address("2001:db8::1:80"), nil),
    ("[10.0.0.1]:8080", address("10.0.0.1"), nil),
    ("[host]:8080", .name("host"), nil),
  ]

  @Test(arguments: forms.indices)
  func reads(index: Int) throws {
    let (text, host, port) = Self.forms[index]
    let read = try #require(HostPort(text))
    #expect(read.host == host)
    #expect(read.port == port)
  }

  @Test(arguments: [
    "", "80", ":80", "1.2.3.4:", "1.2.3.4:65536", "1.2.3.4:-1", "[::1]", "[::1]:", "[::1]x:80", "[]:80",
    "[:80", "[fe80::1%lo]:80", "fe80::1%lo:80", "a:b:c", "::1:http",
  ])
  func refuses(text: String) {
    #expect(HostPort(text) == nil)
  }
}

@Suite struct DecimalTests {
  static let numbers: [(String, Int?)] = [
    ("0", 0), ("10", 10), ("+5", 5), ("-5", -5), (" \t\n5", 5), ("010", 10), ("", nil), (" ", nil),
    ("5 ", nil), ("0x5", nil), ("5.5", nil), ("99999999999999999999", nil), ("- 5", nil), ("+", nil),
    ("１", nil),
  ]

  @Test(arguments: numbers)
  func reads(text: String, number: Int?) {
    #expect(Int(decimal: text) == number)
  }

  @Test func ranges() {
    #expect(UInt8(decimal: "256") == nil)
    #expect(UInt8(decimal: "-1") == nil)
    #expect(Int(decimal: "5", in: 0...4) == nil)
  }
}
