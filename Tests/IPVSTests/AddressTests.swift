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
    #expect(Endpoint(try #require(Address("::1")), port: 80).description == "[::1]:80")
  }
}
