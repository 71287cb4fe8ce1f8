// SPDX-License-Identifier: Apache-2.0

import TestNoise
import IPVS
import Testing

@testable import IPVSAdmin

@Suite struct HostPortTests {
  static let forms: [(String, HostPort.Host, HostPort.Port?)] = [
    ("1.2.3.4:80", .address("1.2.3.4"), .number(80)),
    ("1.2.3.4", .address("1.2.3.4"), nil),
    ("10.1:0", .address("10.0.0.1"), .number(0)),
    ("0x0a010101:80", .address("10.1.1.1"), .number(80)),
    ("0xff.1:80", .address("255.0.0.1"), .number(80)),
    ("167838209:65535", .address("10.1.2.1"), .number(65535)),
    ("010.0.0.1:80", .address("8.0.0.1"), .number(80)),
    ("1.2.3.4: 80", .address("1.2.3.4"), .number(80)),
    ("1.2.3.4:+80", .address("1.2.3.4"), .number(80)),
    ("1.2.3.4:0080", .address("1.2.3.4"), .number(80)),
    ("1.2.3.4:http", .address("1.2.3.4"), .name("http")),
    ("1.2.3.4:80x", .address("1.2.3.4"), .name("80x")),
    ("host:http", .name("host"), .name("http")),
    ("host", .name("host"), nil),
    ("1.2.3.256:80", .name("1.2.3.256"), .number(80)),
    ("[::1]:80", .address("::1"), .number(80)),
    ("[::ffff:1.2.3.4]:80", .address("::ffff:1.2.3.4"), .number(80)),
    ("[2001:db8::1]:http", .address("2001:db8::1"), .name("http")),
    ("2001:db8::1:80", .address("2001:db8::1:80"), nil),
    ("::", .address("::"), nil),
    ("[10.0.0.1]:8080", .address("10.0.0.1"), nil),
    ("[host]:8080", .name("[host]"), .number(8080)),
    ("[host]:", .name("[host]"), nil),
  ]

  @Test(arguments: forms)
  func reads(text: String, host: HostPort.Host, port: HostPort.Port?) throws {
    let read = try #require(HostPort(Text(text)))
    #expect(read.host == host)
    #expect(read.port == port)
  }

  @Test(arguments: [
    "", "80", ":80", ":", "1.2.3.4:", "1.2.3.4:65536", "1.2.3.4:-1", "[::1]", "[::1]:", "[::1]x:80", "[]:80",
    "[:80", "[", "[fe80::1%lo]:80", "fe80::1%lo:80", "a:b:c", "::1:http", "[::1]:65536",
    // A mark that combines with a colon or a bracket is a character of its own.
    "[::1]\u{301}:80", "[::1\u{301}]:80",
  ])
  func refuses(text: String) {
    #expect(HostPort(Text(text)) == nil)
  }

  /// They are not numbers, so they can only be names, and there are no such names.
  @Test(arguments: ["1.2.3.4:\u{200c}80", "1.2.3.4:\u{301}80", "1.2.3.4:80\u{301}", "1.2.3.4:８０"])
  func portsOfOtherCharactersAreNames(text: String) throws {
    let read = try #require(HostPort(Text(text)))
    #expect(read.host == .address("1.2.3.4"))
    #expect(read.port == .name(Text(text.utf8.drop { $0 != UInt8(ascii: ":") }.dropFirst())))
  }

  @Test func familiesAreKnownOfAddressesOnly() throws {
    for (text, family) in [("1.2.3.4", .ipv4), ("::1", .ipv6), ("host:80", nil)] as [(String, AddressFamily?)]
    {
      #expect(try #require(HostPort(Text(text))).family == family, "\(text)")
    }
  }

  @Test(arguments: Noise.seeds)
  func endpointsAreReadAsTheyAreWritten(seed: UInt64) {
    var noise = Noise(seed: seed)
    for _ in 0..<50 {
      for entry in Table.random(&noise).entries {
        for endpoint in entry.destinations.map(\.id) {
          var text = Text()
          text.append(endpoint)
          let read = HostPort(text)
          #expect(read?.host == .address(endpoint.address), "seed \(seed): \(endpoint)")
          #expect(read?.port == .number(endpoint.port), "seed \(seed): \(endpoint)")
        }
      }
    }
  }

  @Test(arguments: Noise.seeds)
  func noiseIsReadOrRefused(seed: UInt64) {
    var noise = Noise(seed: seed)
    let bytes = Array("[]::.0123456789abcdefx% \u{301}".utf8) + [0, 0xff]
    for _ in 0..<5_000 {
      let text = Text((0..<Int.random(in: 0...14, using: &noise)).map { _ in noise.pick(bytes) })
      guard let read = HostPort(text), case .name(let name) = read.host else { continue }
      #expect(!name.isEmpty && !name.bytes.contains(UInt8(ascii: ":")), "seed \(seed): \(text.bytes)")
    }
  }
}
