// SPDX-License-Identifier: Apache-2.0

import TestNoise
import Testing

@testable import IPVS

@Suite struct AddressTests {
  @Test(arguments: [
    "0.0.0.0", "10.0.0.1", "255.255.255.255", "::", "::1", "2001:db8::1", "fe80::1:0:0:1",
    "::ffff:1.2.3.4", "ff02::51",
  ])
  func textThereAndBack(text: String) throws {
    #expect(try #require(Address(text)).description == text)
  }

  @Test(arguments: ["", "10.1", "1.2.3.256", "1.2.3.4 ", "[::1]", "fe80::1%lo", ":", "host"])
  func otherTextIsNoAddress(text: String) {
    #expect(Address(text) == nil)
  }

  @Test func endpoints() throws {
    #expect(Endpoint(Address(ipv4: 0x7f00_0001), port: 80).description == "127.0.0.1:80")
    #expect(Endpoint("::1", port: 80).description == "[::1]:80")
  }

  @Test(arguments: ["0.0.0.0:0", "10.0.0.1:80", "[::]:65535", "[2001:db8::1]:443"])
  func endpointThereAndBack(text: String) throws {
    #expect(try #require(Endpoint(text)).description == text)
    #expect(Endpoint("<\(text)>".dropFirst().dropLast())?.description == text)
  }

  @Test(arguments: [
    "", ":", ":80", "80", "10.0.0.1", "10.0.0.1:", "10.0.0.1:65536", "10.0.0.1:-1", "10.0.0.1:+1",
    "10.0.0.1:0x50", "10.0.0.1: 80", "10.0.0.1:http", "10.1:80", "host:80", "::1", "::1:80", "[::1]",
    "[::1]80", "[::1:80", "::1]:80", "[10.0.0.1]:80", "[]:80", "[:80", "10.0.0.1:1:1",
  ])
  func otherTextIsNoEndpoint(text: String) {
    #expect(Endpoint(text) == nil)
  }

  @Test func literals() {
    #expect(["10.0.0.1", "::1"] as [Address] == [Address(ipv4: 0x0a00_0001), Address(ipv6: (0, 0, 0, 1))])
    #expect("10.0.0.1:80" as Endpoint == Endpoint(Address(ipv4: 0x0a00_0001), port: 80))
  }

  /// The first bits are the address's, the others are zero.
  @Test(arguments: Noise.seeds)
  func prefixes(seed: UInt64) {
    var noise = Noise(seed: seed)
    for _ in 0..<5 {
      let words = (noise.number(0...UInt32.max), noise.next(), noise.number(0...UInt32.max))
      let addresses = [
        Address(ipv4: words.0),
        Address(ipv6: (words.0, UInt32(truncatingIfNeeded: words.1), UInt32(words.1 >> 32), words.2)),
      ]
      for address in addresses {
        let count = address.family == .ipv4 ? 32 : 128
        for length in 0...UInt8.max {
          let expected = bits(address, count).enumerated().map { $0.offset < Int(length) && $0.element }
          #expect(bits(address.prefix(length), count) == expected, "\(address)/\(length), SEED=\(seed)")
        }
      }
    }
  }

  private func bits(_ address: Address, _ count: Int) -> [Bool] {
    let words = [address.words.0, address.words.1, address.words.2, address.words.3]
    return (0..<count).map { (words[$0 / 32] << ($0 % 32)) >> 31 == 1 }
  }

  @Test func prefixesOfLiterals() {
    #expect(("10.1.2.3" as Address).prefix(16) == "10.1.0.0")
    #expect(("10.1.2.3" as Address).prefix(0) == "0.0.0.0")
    #expect(("2001:db8::1:2:3" as Address).prefix(96) == "2001:db8::1:0:0")
  }

  @Test func aLiteralThatIsNoneEndsTheProgram() async {
    await #expect(processExitsWith: .failure) { _ = "10.0.0.256" as Address }
    await #expect(processExitsWith: .failure) { _ = "10.0.0.1" as Endpoint }
  }

  @Test func services() {
    let ids: [Service.ID] = [
      .tcp("10.0.0.1:80"), .udp("[::1]:53"), .sctp("10.0.0.1:9"), .mark(.max), .mark(1, .ipv6),
    ]
    #expect(
      ids.map(\.description) == [
        "TCP 10.0.0.1:80", "UDP [::1]:53", "SCTP 10.0.0.1:9", "FWM 4294967295", "FWM 1 IPv6",
      ])
  }
}
