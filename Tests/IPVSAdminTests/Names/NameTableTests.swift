// SPDX-License-Identifier: Apache-2.0

import IPVS
import Testing

@testable import IPVSAdmin

/// Endpoints with the names that were found for them.
@Suite struct NameTableTests {
  private static let names: NameTable = {
    var names = NameTable()
    names.hosts["10.0.0.1"] = "web.example"
    names.hosts["2001:db8::1"] = "six.example"
    names.ports[.init(number: 53, transport: .udp)] = "domain"
    return names
  }()

  static let endpoints: [(Endpoint, TransportProtocol?, String)] = [
    ("10.0.0.1:53", .udp, "web.example:domain"), ("10.0.0.1:53", .tcp, "web.example:53"),
    ("10.0.0.1:53", nil, "web.example:53"), ("10.0.0.2:53", .udp, "10.0.0.2:domain"),
    ("[2001:db8::1]:53", .udp, "[six.example]:domain"), ("[2001:db8::2]:80", .udp, "[2001:db8::2]:80"),
  ]

  @Test(arguments: endpoints)
  func reads(endpoint: Endpoint, transport: TransportProtocol?, text: String) {
    var found = Text()
    Self.names.add(endpoint, transport, to: &found)
    #expect(found.string == text)
    var numeric = Text()
    NameTable().add(endpoint, transport, to: &numeric)
    #expect(numeric.string == endpoint.description)
  }

  /// A name with a blank in it would be two words of a rule, and `6.6.6.6` another host.
  @Test func namesThatAreReadAsSomethingElseAreNone() {
    for (name, isHost, isPort) in [
      ("a", true, true), ("ä-1.example", true, true), ("9p", true, true), ("", false, false),
      ("a b", false, false), ("a\n", false, false), ("\u{1b}[m", false, false), ("\u{7f}", false, false),
      ("6.6.6.6", false, true), ("10.1", false, true), ("80", false, false), ("a:b", false, false),
      ("::1", false, false), ("[a]", false, true), ("#a", false, true),
    ] {
      let host = unsafe Text(name).withCString { unsafe Text(hostName: $0) }
      let port = unsafe Text(name).withCString { unsafe Text(portName: $0) }
      #expect((host != nil) == isHost && (port != nil) == isPort, "\(name.debugDescription)")
    }
  }

  @Test func whatIsNotAskedForHasNoName() {
    var cache = NameCache(nil)
    cache.learn([("127.0.0.1:80", .tcp)])
    #expect(cache.table.hosts.isEmpty && cache.table.ports.isEmpty)
  }
}
