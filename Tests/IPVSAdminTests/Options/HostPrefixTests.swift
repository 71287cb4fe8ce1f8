// SPDX-License-Identifier: Apache-2.0

import IPVS
import Testing

@testable import IPVSAdmin

/// What stands for the addresses of clients.
@Suite struct HostPrefixTests {
  static let addresses: [(String, Address, UInt8?)] = [
    ("10.0.0.1", "10.0.0.1", nil), ("10.0.0.1/32", "10.0.0.1", 32), ("0.0.0.0/0", "0.0.0.0", 0),
    ("10.1.2.3/8", "10.1.2.3", 8), ("10/8", "10.0.0.0", 8), ("192.168/16", "192.168.0.0", 16),
    ("172.16.9/24", "172.16.9.0", 24), ("0/0", "0.0.0.0", 0), ("2001:db8::1", "2001:db8::1", nil),
    ("2001:db8::/32", "2001:db8::", 32), ("::/0", "::", 0), ("::1/128", "::1", 128),
    ("[2001:db8::1]", "2001:db8::1", nil), ("[fe80::]/10", "fe80::", 10), ("10.0.0.0/08", "10.0.0.0", 8),
  ]

  @Test(arguments: addresses)
  func isAnAddress(text: String, address: Address, length: UInt8?) throws {
    let prefix = try #require(HostPrefix(Text(text)))
    #expect(prefix.host == .address(address) && prefix.length == length)
  }

  @Test(arguments: ["web.test", "localhost", "a-1", "www.eu.west.example.com", "10.0.0.0.0"])
  func isAName(name: String) throws {
    for (text, length) in [(name, nil), ("\(name)/24", 24), ("\(name)/128", 128)] as [(String, UInt8?)] {
      let prefix = try #require(HostPrefix(Text(text)))
      #expect(prefix.host == .name(Text(name)) && prefix.length == length)
    }
  }

  @Test(arguments: [
    "", "/", "/8", "10", "10.1", "0x0a000001", "10.0.0.1/", "10.0.0.1/33", "10.0.0.1/-1", "10.0.0.1/+8",
    "10.0.0.1/8/8", "10.0.0.1/8 ", "10.0.0.1/255.0.0.0", "10.0.0.1/999", "::1/129", "10.0.0.1:80", "[::1]:80",
    "[::1",
    ":", ":::", "1:2/16",
  ])
  func isRefused(text: String) {
    #expect(HostPrefix(Text(text)) == nil)
  }
}
