// SPDX-License-Identifier: Apache-2.0

import IPVS
import Testing

@testable import IPVSAdmin

/// The spelling of a value means that value.
@Suite struct SpellingTests {
  @Test(arguments: TransportProtocol.allCases)
  func transports(transport: TransportProtocol) throws {
    let id = Service.ID.endpoint(transport, "1.2.3.4:80")
    #expect(try Change(line: "-A \(transport.option) 1.2.3.4:80") == .addService(Service(id)))
  }

  static let methods: [(Forwarding, Forwarding)] = [
    (.masquerade, .masquerade), (.direct, .direct), (.tunnel(.ipip), .tunnel(.ipip)),
    // There are no options for them; the kernel makes them of direct routing.
    (.local, .direct), (.bypass, .direct),
  ]

  @Test(arguments: methods)
  func forwarding(method: Forwarding, read: Forwarding) throws {
    #expect(
      try Change(line: "-a -f 1 -r 10.0.0.1:80 \(method.option)")
        == .addDestination(Destination("10.0.0.1:80", forwarding: read), to: .mark(1)))
  }

  @Test(arguments: Tunnel.Checksum.allCases)
  func checksums(checksum: Tunnel.Checksum) throws {
    let forwarding = Forwarding.tunnel(.gue(port: 9, checksum))
    #expect(
      try Change(line: "-a -f 1 -r 10.0.0.1:80 -i --tun-type gue --tun-port 9 \(checksum.option)")
        == .addDestination(Destination("10.0.0.1:80", forwarding: forwarding), to: .mark(1)))
  }

  @Test(arguments: TunnelKind.allCases)
  func tunnels(kind: TunnelKind) throws {
    let port = kind == .gue ? " --tun-port 9" : ""
    let change = try Change(line: "-a -f 1 -r 10.0.0.1:80 -i --tun-type \(kind.name)\(port)")
    guard case .addDestination(let server, _) = change, case .tunnel(let tunnel) = server.settings.forwarding
    else {
      Issue.record("no tunnel: \(change)")
      return
    }
    #expect("\(try #require(tunnel.name))" == "\(kind.name)")
  }

  /// The options that are spelled out are those of the table.
  @Test func theyAreOptions() {
    let spelled =
      TransportProtocol.allCases.map(\.option) + Self.methods.map { $0.0.option }
      + Tunnel.Checksum.allCases.map(\.option)
    let spellings = Set(Option.table.flatMap(\.spellings))
    for option in spelled { #expect(spellings.contains("\(option)")) }
  }
}
