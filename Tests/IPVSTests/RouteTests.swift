// SPDX-License-Identifier: Apache-2.0

import TestNoise
import CLinux
import Testing

@testable import IPVS

/// What `rtnetlink(7)` tells of interfaces, addresses and routes.
@Suite struct RouteTests {
  // MARK: - What is read

  private static func decode<Value>(
    _ message: [UInt8], _ kind: RouteKind,
    _ body: (RawSpan, Int, Range<Int>) throws(IPVSError.Reason) -> Value
  ) throws -> Value {
    var rest = message.indices
    let answer = try unsafe Message(from: message.span.bytes, &rest, kind.types)
    guard case .entry(let attributes) = answer.kind else { throw IPVSError.Reason.malformed(.message) }
    return try unsafe body(message.span.bytes, attributes.lowerBound - kind.types.header, attributes)
  }

  private static func interface(_ message: [UInt8]) throws -> Interface {
    try decode(message, .link) { (bytes, header, attributes) throws(IPVSError.Reason) in
      try Interface(decoding: bytes, header: header, attributes)
    }
  }

  private static func readRoute(_ message: [UInt8]) throws -> Route {
    try #require(
      try decode(message, .route) { (bytes, header, attributes) throws(IPVSError.Reason) in
        try Route(decoding: bytes, header: header, attributes)
      })
  }

  private static func assignment(_ message: [UInt8]) throws -> Interface.Assignment? {
    try decode(message, .address) { (bytes, header, attributes) throws(IPVSError.Reason) in
      try Interface.Assignment(decoding: bytes, header: header, attributes)
    }
  }

  @Test func headersHaveTheSizesOfTheirStructures() {
    #expect(MessageTypes.links.header == 16)
    #expect(MessageTypes.addresses.header == 8)
    #expect(MessageTypes.routes.header == 12)
    #expect(MessageTypes.neighbours.header == 12)
  }

  @Test func interfaces() throws {
    let loopback = try Self.interface(RouteMessages.loopback)
    #expect(loopback.id == 1 && loopback.name == "lo" && loopback.mtu == 65536 && loopback.kind.isEmpty)
    #expect(loopback.isUp && loopback.isLoopback && !loopback.answersARP && !loopback.hasMulticast)
    #expect(loopback.inputErrors == 9)
    let device = try Self.interface(
      RouteMessages.link(7, IFF_MULTICAST | IFF_BROADCAST) { $0.add(Int(IFLA_IFNAME), "a.b" as Name) })
    #expect(!device.isUp && device.answersARP && device.hasMulticast && device.name == "a.b")
    #expect(device.mtu == 0 && device.inputErrors == 0)
    // Counters that are too few to have the errors.
    let short = try Self.interface(
      RouteMessages.link(7, 0) {
        $0.add(Int(IFLA_STATS64), bytes: [UInt8](repeating: 1, count: clinux_input_errors))
      })
    #expect(short.inputErrors == 0)
  }

  @Test func tunnels() throws {
    let protocols = [("ip6tnl", 4), ("ip6tnl", 41), ("ip6tnl", 0), ("sit", 0)] as [(Name, UInt8)]
    for (kind, expected) in protocols {
      let wanted = kind == "sit" ? 41 : expected
      let tunnel = try Self.interface(RouteMessages.tunnel(kind, Int(IFLA_IPTUN_PROTO), wanted))
      #expect(tunnel.kind == kind && tunnel.tunnelProtocol == expected && !tunnel.answersARP)
    }
    let flags =
      [("gre", 0x8000, true), ("gre", 0x2000, false), ("gre", 0xa000, true), ("erspan", 0x8000, false)]
      as [(Name, UInt16, Bool)]
    for (kind, flags, wants) in flags {
      let tunnel = try Self.interface(RouteMessages.tunnel(kind, Int(IFLA_GRE_IFLAGS), flags.bigEndian))
      #expect(tunnel.kind == kind && tunnel.wantsChecksum == wants)
    }
  }

  @Test func assignments() throws {
    // At the end of a line between two machines the other attribute is the peer's.
    let own = try #require(try Self.assignment(RouteMessages.samples[3].message))
    #expect(own.address == "10.0.0.1" && own.length == 24 && !own.isDeprecated)
    #expect(own.contains("10.0.0.255") && !own.contains("10.0.1.0") && !own.contains("::"))
    let deprecated = try #require(
      try Self.assignment(
        RouteMessages.address(AF_INET6, 128, Int(IFA_F_DEPRECATED)) {
          $0.add(Int(IFA_ADDRESS), bytes: RouteMessages.bytes("fd00::100"))
        }))
    #expect(deprecated.address == "fd00::100" && deprecated.isDeprecated && deprecated.length == 128)
    #expect(try Self.assignment(RouteMessages.address(AF_BRIDGE, 0) { _ in }) == nil)
    #expect(throws: IPVSError.Reason.self) {
      try Self.assignment(RouteMessages.address(AF_INET, 24) { _ in })
    }
    #expect(throws: IPVSError.Reason.self) {
      try Self.assignment(RouteMessages.address(AF_INET, 24) { $0.add(Int(IFA_LOCAL), bytes: [1, 2, 3]) })
    }
  }

  @Test func routes() throws {
    let route = try Self.readRoute(RouteMessages.gateway)
    #expect(route.family == .ipv4 && !route.isLocal && route.length == 0 && route.table == 1000)
    #expect(route.interface == 3 && route.gateway == "10.0.0.1" && route.source == "10.0.0.2")
    #expect(route.mtu == 1400)
    let local = try Self.readRoute(
      RouteMessages.route(AF_INET, 32, table: 255, type: Int(RTN_LOCAL)) { _ in })
    #expect(local.isLocal && local.table == 255 && local.length == 32 && local.interface == 0)
    #expect(local.gateway == nil && local.source == nil && local.mtu == nil)
    // An IPv4 network behind a router that has IPv6.
    let via = try Self.readRoute(
      RouteMessages.route(AF_INET, 0) {
        $0.add(Int(RTA_VIA.rawValue), bytes: [UInt8(AF_INET6), 0] + RouteMessages.bytes("fe80::1"))
      })
    #expect(via.gateway == "fe80::1")
  }

  @Test func otherFamiliesHaveNoRoute() throws {
    let bytes = RouteMessages.route(AF_BRIDGE, 0) { _ in }
    #expect(try RouteKind.route.decode(bytes) == "none")
  }

  // MARK: - What is asked

  @Test func queries() {
    var query = RouteQuery(to: "10.0.0.9")
    var outbox = Outbox()
    query.encode(into: &outbox)
    #expect(outbox.bytes == [2, 32, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 1, 0, 10, 0, 0, 9])
    query = RouteQuery(to: "::9")
    query.source = "::8"
    (query.mark, query.input, query.output) = (1, 2, 3)
    outbox = Outbox()
    query.encode(into: &outbox)
    let expected = Wire.attributes {
      $0.add(Int(RTA_DST.rawValue), bytes: RouteMessages.bytes("::9"))
      $0.add(Int(RTA_SRC.rawValue), bytes: RouteMessages.bytes("::8"))
      $0.add(Int(RTA_MARK.rawValue), UInt32(1))
      $0.add(Int(RTA_IIF.rawValue), Int32(2))
      $0.add(Int(RTA_OIF.rawValue), Int32(3))
    }
    #expect(outbox.bytes == [10, 128, 128, 0, 0, 0, 0, 0, 0, 0, 0, 0] + expected)
  }

  // MARK: - Bytes that no kernel sends

  /// What is made of bytes, which must not depend on those around them; nil for an error.
  private static func outcome(_ kind: RouteKind, _ message: [UInt8], _ comment: Comment) -> String? {
    let (one, other) = (try? kind.decode(message), try? kind.decode(message, among: 0xff))
    #expect(one == other, comment)
    return one ?? nil
  }

  @Test(arguments: RouteMessages.samples.indices)
  func changedBytesAreReadOrRefused(index: Int) {
    let (kind, message) = RouteMessages.samples[index]
    var (values, errors) = (0, 0)
    for trial in 0..<3000 as Range<UInt64> {
      let seed = Noise.seed &+ trial
      var random = Noise(seed: seed)
      let bytes = message.mutated(using: &random)
      if Self.outcome(kind, bytes, "SEED=\(seed)") == nil { errors += 1 } else { values += 1 }
    }
    // The test proves nothing if only one of them happens.
    #expect(values > 100 && errors > 100, "\(values), \(errors), SEED=\(Noise.seed)")
  }

  @Test(arguments: RouteMessages.samples.indices)
  func noiseIsReadOrRefused(index: Int) {
    let kind = RouteMessages.samples[index].kind
    for trial in 0..<2000 as Range<UInt64> {
      let seed = Noise.seed &+ trial
      var random = Noise(seed: seed)
      let noise = [UInt8].noise(using: &random)
      _ = Self.outcome(kind, noise, "SEED=\(seed)")
      // With a header that is right.
      _ = Self.outcome(kind, Wire.message(kind.types.answer, noise), "SEED=\(seed)")
    }
  }

  @Test(arguments: RouteMessages.samples.indices)
  func everyTruncationIsAnError(index: Int) {
    let (kind, message) = RouteMessages.samples[index]
    for length in message.indices {
      #expect(Self.outcome(kind, Array(message[..<length]), "\(length)") == nil, "\(length)")
    }
  }
}
