// SPDX-License-Identifier: Apache-2.0

import Glibc
import IPVS
import Testing

@testable import IPVSAdmin

/// Hints name what was typed, and what is nearest to it in the table.
@Suite struct HintTests {
  private static func endpoint(_ text: String, _ port: UInt16 = 80) -> Endpoint {
    Endpoint(Address(text) ?? Address(ipv4: 0), port: port)
  }

  private static func tcp(_ text: String, _ port: UInt16 = 80) -> Service.ID {
    .endpoint(.tcp, endpoint(text, port))
  }

  private static func entry(_ id: Service.ID, _ servers: Destination...) -> TableEntry {
    TableEntry(
      service: ServiceStatus(Service(id, scheduler: "rr")), servers: servers.map { DestinationStatus($0) })
  }

  private static let web = tcp("10.0.0.100")
  private static let table = [
    entry(
      web, Destination(endpoint("10.1.0.11"), forwarding: .masquerade, weight: 3),
      Destination(endpoint("10.1.0.12", 8080), forwarding: .masquerade)),
    entry(tcp("10.0.0.100", 443)),
    entry(.endpoint(.udp, endpoint("10.0.0.100", 53)), Destination(endpoint("10.1.0.13", 53))),
    entry(.mark(7, .ipv6)), entry(.mark(3, .ipv4)),
    entry(tcp("10.0.0.3"), Destination(endpoint("10.0.0.3"))),
  ]

  static let refusals: [(Change, Int32, String)] = [
    (
      .deleteService(tcp("10.0.0.100", 53)), ESRCH,
      "there is no TCP service 10.0.0.100:53, but UDP service 10.0.0.100:53, TCP service 10.0.0.100:80, "
        + "TCP service 10.0.0.100:443"
    ),
    (
      .zero(tcp("10.0.0.100", 8080)), ESRCH,
      "there is no TCP service 10.0.0.100:8080, but TCP service 10.0.0.100:80, TCP service 10.0.0.100:443, "
        + "UDP service 10.0.0.100:53"
    ),
    (
      .addDestination(Destination(endpoint("10.1.0.14")), to: tcp("10.1.0.11")), ESRCH,
      "10.1.0.11:80 is a real server of TCP service 10.0.0.100:80, not a virtual service"
    ),
    (
      .deleteService(tcp("10.1.0.12")), ESRCH,
      "10.1.0.12 is a real server of TCP service 10.0.0.100:80, not a virtual service"
    ),
    (
      .editService(Service(tcp("10.0.0.10"))), ESRCH,
      "there is no TCP service 10.0.0.10:80, but TCP service 10.0.0.100:80, TCP service 10.0.0.3:80"
    ),
    (
      .deleteService(tcp("10.9.9.9", 1)), ESRCH,
      "there is no TCP service 10.9.9.9:1; -Ln lists the 6 services"
    ),
    (.deleteService(.mark(7, .ipv4)), ESRCH, "there is no mark 7, but mark 7 (-6), mark 3"),
    (
      .deleteService(.endpoint(.udp, endpoint("10.0.0.3"))), ESRCH,
      "there is no UDP service 10.0.0.3:80, but TCP service 10.0.0.3:80"
    ),
    (
      .addService(Service(web)), EEXIST,
      "TCP service 10.0.0.100:80 is there, with scheduler rr; -E changes it"
    ),
    (
      .addDestination(Destination(endpoint("10.1.0.11")), to: web), EEXIST,
      "10.1.0.11:80 is a server of TCP service 10.0.0.100:80, with weight 3; -e changes it"
    ),
    (
      .deleteDestination(endpoint("10.1.0.12"), from: web), ENOENT,
      "10.1.0.12:80 is no server of TCP service 10.0.0.100:80, but 10.1.0.12:8080"
    ),
    (
      .editDestination(Destination(endpoint("10.1.0.13", 53)), of: web), ENOENT,
      "10.1.0.13:53 is no server of TCP service 10.0.0.100:80, but of UDP service 10.0.0.100:53"
    ),
    (
      .deleteDestination(endpoint("10.9.9.9"), from: web), ENOENT,
      "10.9.9.9:80 is no server of TCP service 10.0.0.100:80, but 10.1.0.11:80, 10.1.0.12:8080"
    ),
    (
      .deleteDestination(endpoint("10.9.9.9"), from: tcp("10.0.0.100", 443)), ENOENT,
      "TCP service 10.0.0.100:443 has no servers; -a adds one"
    ),
    (
      .addService(Service(web, scheduler: "rx")), ENOENT,
      "the kernel has no scheduler `rx' (module ip_vs_rx)"
    ),
    (
      .addService(Service(web, scheduler: "rx", persistence: 9, engine: "sop")), ENOENT,
      "the kernel has no scheduler `rx' (module ip_vs_rx) or no persistence engine `sop' (module ip_vs_pe_sop)"
    ),
    (
      .startDaemon(SyncDaemon(.master, interface: "eth9")), ENODEV,
      "there is no interface eth9; ip link shows those that there are"
    ),
  ]

  @Test(arguments: refusals)
  func refusal(change: Change, errno: Int32, hint: String) {
    #expect(Hint.refusal(of: change, Errno(rawValue: errno), in: Self.table) == hint)
  }

  @Test func anEmptyTableHasNothingNear() {
    let hint = Hint.refusal(of: .deleteService(Self.web), Errno(rawValue: ESRCH), in: [])
    #expect(hint == "there is no TCP service 10.0.0.100:80, nor any other service; -A adds one")
  }

  @Test func whatHasNoNameHasNoHint() {
    #expect(Hint.refusal(of: .clear, Errno(rawValue: EPERM), in: Self.table) == nil)
    #expect(Hint.refusal(of: .addService(Service(Self.web)), Errno(rawValue: EINVAL), in: Self.table) == nil)
  }

  static let surprises: [(line: String, old: Forwarding?, hint: String?)] = [
    (
      "-e -t 10.0.0.100:80 -r 10.1.0.11 -w 0", .masquerade,
      "10.1.0.11:80 was masqueraded and is routed now; -m keeps it so"
    ),
    (
      "-e -t 10.0.0.100:80 -r 10.1.0.11 -w 0", .tunnel(.ipip),
      "10.1.0.11:80 was tunneled and is routed now; -i keeps it so"
    ),
    ("-e -t 10.0.0.100:80 -r 10.1.0.11 -w 0 -g", .masquerade, nil),
    ("-e -t 10.0.0.100:80 -r 10.1.0.11 -w 0", .direct, nil),
    ("-a -t 10.0.0.100:80 -r 10.1.0.11 -m", nil, nil),
    ("-a -t 10.0.0.100:80 -r 10.1.0.11:9999 -m", nil, nil),
    ("-a -t 10.0.0.100:80 -r 10.1.0.11:80 -g", nil, nil),
    (
      "-a -t 10.0.0.100:80 -r 10.1.0.11:9999 -g", nil,
      "10.1.0.11 is reached on the service's port 80, not on 9999; only -m changes ports"
    ),
    ("-a -f 1 -r 10.1.0.11:9999 -g", nil, nil),
    (
      "-a -t 10.0.0.100:0 -r 10.1.0.11:9999 -g", nil,
      "10.1.0.11 is reached on the port that a client asks for, not on 9999; only -m changes ports"
    ),
    (
      "-e -t 10.0.0.100:80 -r 10.1.0.11 -i -w 0", .tunnel(.gue(port: 6080, .none)),
      "10.1.0.11:80 is tunneled by ipip now; --tun-type keeps it as it was"
    ),
    ("-e -t 10.0.0.100:80 -r 10.1.0.11 -i -w 0", .tunnel(.ipip), nil),
    ("-A -u 10.0.0.100:5060 -p 60 --pe sip", nil, nil),
    (
      "-A -t 10.0.0.100:5060 -p 60 --pe sip", nil,
      "the engine sip reads UDP only; every connection to this service hangs"
    ),
  ]

  @Test(arguments: surprises)
  func surprise(line: String, old: Forwarding?, hint: String?) throws {
    let command = try CommandParser.parse(line.split(separator: " ").map(String.init), program: "ipvsadm")
    guard case .edit(let edit) = command else { return #expect(Bool(false)) }
    let change = try edit.resolved(by: Resolver())
    let former = old.map { Destination(Self.endpoint("10.1.0.11"), forwarding: $0) }
    #expect(Hint.surprise(of: change, typed: command, old: former) == hint)
  }

  @Test func aPortThatWasReplacedIsToldFirst() throws {
    let line = "-e -t 10.0.0.100:80 -r 10.1.0.12:8080 -w 0"
    let command = try CommandParser.parse(line.split(separator: " ").map(String.init), program: "ipvsadm")
    guard case .edit(let edit) = command else { return #expect(Bool(false)) }
    let hint = Hint.refusal(
      of: try edit.resolved(by: Resolver()), Errno(rawValue: ENOENT), in: Self.table, typed: command)
    #expect(hint == "10.1.0.12 is reached on the service's port 80, not on 8080; only -m changes ports")
  }

  static let mistakes: [(line: String, hint: String?)] = [
    ("-A -t x:y:z", nil),
    ("-A -t [1.2.3.4]", nil),
    ("-A -t [nonsense]", nil),
    (
      "-a -t [fd00::1]:80 -r [fd01::1] -m",
      "an address in brackets is followed by a port: [fd01::1]:80; without one it goes without brackets"
    ),
    (
      "-e -t 10.0.0.1:80 -r [fd01::1]:80 -w 0",
      "-i makes the server a tunneled one, in edits too; where no method is given, -g is meant"
    ),
  ]

  @Test(arguments: mistakes)
  func mistake(line: String, hint: String?) throws {
    let failure = #expect(throws: CommandParser.Failure.self) {
      try CommandParser.parse(line.split(separator: " ").map(String.init), program: "ipvsadm")
    }
    #expect(failure?.error.hint == hint)
  }
}
