// SPDX-License-Identifier: Apache-2.0

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
