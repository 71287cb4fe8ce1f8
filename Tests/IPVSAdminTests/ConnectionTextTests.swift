// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import IPVS
@testable import IPVSAdmin

@Suite struct ConnectionTextTests {
  private func lines(showsEngine: Bool, _ engine: Connection.Engine?) -> [String] {
    let connection = Connection(
      protocolName: "UDP", client: Endpoint(Address(ipv4: 0x0a00_0002), port: 0),
      virtual: Endpoint(Address(ipv4: 0x0a00_0064), port: 5060),
      destination: Endpoint(Address(ipv4: 0x0a00_000b), port: 5060), state: "UDP", expires: 3605,
      engine: engine)
    var text = Text()
    let listing = ConnectionText(showsEngine: showsEngine)
    listing.title(into: &text)
    listing.entry(connection, names: NameTable(), into: &text)
    return String(decoding: text.bytes, as: UTF8.self).split(separator: "\n").dropFirst().map(String.init)
  }

  private let engine = Connection.Engine(name: "sip", data: "abcdef-12345@host.example")

  @Test func withoutEngines() {
    #expect(
      lines(showsEngine: false, engine) == [
        "pro expire state       source             virtual            destination",
        "UDP 60:05  UDP         10.0.0.2:0         10.0.0.100:5060    10.0.0.11:5060",
      ])
  }

  /// The reference's columns differ between the title and the entries.
  @Test func withEngines() {
    let title =
      "pro expire state       source             virtual            destination        pe name          pe_data"
    #expect(
      lines(showsEngine: true, engine) == [
        title,
        "UDP 60:05  UDP         10.0.0.2:0         10.0.0.100:5060    10.0.0.11:5060   sip                "
          + "abcdef-12345@host.example",
      ])
    #expect(
      lines(showsEngine: true, nil) == [
        title, "UDP 60:05  UDP         10.0.0.2:0         10.0.0.100:5060    10.0.0.11:5060",
      ])
  }
}
