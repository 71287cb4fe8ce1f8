// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing

@testable import IPVS

/// The library as other programs use it, on the real kernel.
@Suite struct LibraryTests {
  private let web: Service.ID = .tcp("10.0.0.100:80")

  @Test func servicesAreAddedEditedAndDeleted() throws {
    try inNamespace {
      var director = try Director()
      try director.add(Service(web, scheduler: "rr"))
      try director.add(Service(.mark(7), persistence: 300))
      #expect(try director.services().count == 2)
      var service = try director.service(web).service
      service.settings.scheduler = "wrr"
      try director.edit(service)
      try director.delete(.mark(7))
      #expect(try director.services().map(\.service) == [Service(web, scheduler: "wrr")])
      try director.zeroAll()
      try director.zero(web)
      try director.clear()
      #expect(try director.services().isEmpty)
    }
  }

  @Test func serversAreAddedEditedAndDeleted() throws {
    try inNamespace {
      var director = try Director()
      try director.add(Service(web))
      var server = Destination("10.1.0.11:8080", forwarding: .masquerade)
      try director.add(server, to: web)
      try director.add(Destination("10.1.0.12:80", forwarding: .masquerade, weight: 2), to: web)
      server.settings.weight = 0
      server.settings.upperThreshold = 100
      try director.edit(server, of: web)
      try director.delete("10.1.0.12:80", from: web)
      #expect(try director.destinations(of: web).map(\.destination) == [server])
      #expect(try director.destinations(of: .mark(1)).isEmpty)
      let table = Table([
        Table.Entry(ServiceStatus(Service(web)), destinations: [DestinationStatus(server)])
      ])
      #expect(try director.table() == table)
    }
  }

  @Test func timeoutsAndDaemonsAreSet() throws {
    try inNamespace {
      var director = try Director()
      let before = try director.timeouts()
      try director.set(Timeouts(udp: 77))
      let after = Timeouts(tcp: before.tcp, tcpFin: before.tcpFin, udp: 77)
      #expect(try director.timeouts() == after)
      try director.set(Timeouts())
      #expect(try director.timeouts() == after)
      try director.start(SyncDaemon(.backup, interface: "lo", syncID: 5))
      #expect(try director.daemons().map(\.role) == [.backup])
      try director.stop(.backup)
      #expect(try director.daemons().isEmpty)
    }
  }

  @Test func aDaemonIsStoppedBeforeItHasRun() throws {
    try inNamespace {
      var director = try Director()
      let daemon = SyncDaemon(.master, interface: "lo")
      #expect(try director.apply([.startDaemon(daemon), .stopDaemon(.master)]) == [nil, nil])
      #expect(try director.daemons().isEmpty)
    }
  }

  @Test func manyChangesTellWhatWasRefused() throws {
    try inNamespace {
      var director = try Director()
      let servers = (1...3).map { Destination(Endpoint(Address(ipv4: 0x0a01_0000 + $0), port: 80)) }
      let refusals = try director.apply(
        [.addService(Service(web)), .addService(Service(web)), .deleteService(.mark(1))]
          + servers.map { .addDestination($0, to: web) })
      #expect(refusals == [nil, .serviceExists, .noService, nil, nil, nil])
      #expect(try director.destinations(of: web).count == 3)
    }
  }

  @Test func whatTheKernelRefusesHasAName() throws {
    try inNamespace {
      var director = try Director()
      let server = Destination("10.1.0.11:80")
      expect(.noService) { () throws(IPVSError) in _ = try director.service(web) }
      expect(.noService) { () throws(IPVSError) in try director.edit(Service(web)) }
      expect(.noService) { () throws(IPVSError) in try director.delete(web) }
      expect(.noService) { () throws(IPVSError) in try director.zero(web) }
      expect(.noService) { () throws(IPVSError) in try director.add(server, to: web) }
      expect(.noSchedulerOrEngine) { () throws(IPVSError) in
        try director.add(Service(web, scheduler: "nosuch"))
      }
      try director.add(Service(web))
      expect(.serviceExists) { () throws(IPVSError) in try director.add(Service(web)) }
      expect(.noSchedulerOrEngine) { () throws(IPVSError) in
        try director.edit(Service(web, scheduler: "nosuch"))
      }
      expect(.noDestination) { () throws(IPVSError) in try director.edit(server, of: web) }
      expect(.noDestination) { () throws(IPVSError) in try director.delete(server.endpoint, from: web) }
      expect(.outOfRange) { () throws(IPVSError) in
        try director.add(Destination("10.1.0.11:80", weight: -1), to: web)
      }
      expect(.outOfRange) { () throws(IPVSError) in
        try director.add(Destination("10.1.0.11:80", upperThreshold: 1, lowerThreshold: 2), to: web)
      }
      try director.add(server, to: web)
      expect(.destinationExists) { () throws(IPVSError) in try director.add(server, to: web) }
      expect(.invalid) { () throws(IPVSError) in try director.add(Destination("224.0.0.1:80"), to: web) }
      expect(.invalid) { () throws(IPVSError) in try director.set(Timeouts(tcp: .max)) }
      try director.set(Timeouts(tcp: 2_000_000))
      try director.set(Timeouts(tcp: 900))
      expect(.noInterface) { () throws(IPVSError) in
        try director.start(SyncDaemon(.master, interface: "nosuch"))
      }
      expect(.noDaemon) { () throws(IPVSError) in try director.stop(.master) }
      try director.start(SyncDaemon(.master, interface: "lo"))
      expect(.daemonExists) { () throws(IPVSError) in
        try director.start(SyncDaemon(.master, interface: "lo"))
      }
      #expect(try director.services().map(\.service.id) == [web])
    }
  }

  private func expect(
    _ refusal: Refusal, _ body: () throws(IPVSError) -> Void, at location: SourceLocation = #_sourceLocation
  ) {
    do throws(IPVSError) {
      try body()
      Issue.record("was not refused", sourceLocation: location)
    } catch {
      #expect(error.reason == .refused(refusal), "\(error)", sourceLocation: location)
    }
  }
}

/// Answers that make no sense, received in the same way as those of the real kernel.
@Suite struct NonsenseTests {
  /// A service that is not understood when its mark is 150.
  private struct Obscure: Answer, Identifiable {
    let id: Service.ID

    init(decoding bytes: RawSpan, _ attributes: Range<Int>, isCounting: Bool) throws(IPVSError.Reason) {
      id = try ServiceStatus(decoding: bytes, attributes, isCounting: isCounting).id
      if id == .mark(150) { throw .malformed(.service) }
    }
  }

  @Test func aDumpThatMakesNoSenseLeavesTheNextRequestWhole() throws {
    try inNamespace {
      let socket = try NetlinkSocket()
      var exchange = Exchange(socket, MessageTypes(family: try socket.family()))
      let marks = Set((1...300).map { Service.ID.mark($0) })
      #expect(try exchange.perform(marks.map { .addService(Service($0)) }).allSatisfy { $0 == nil })
      for _ in 0..<3 {
        #expect(throws: IPVSError.Reason.malformed(.service)) { _ = try exchange.all(.services) as [Obscure] }
        // The kernel refuses a dump with EBUSY as long as the socket has another one.
        #expect(Set(try (exchange.all(.services) as [ServiceStatus]).map(\.id)) == marks)
      }
    }
  }

  @Test func aConnectionThatMakesNoSenseDoesNotEndTheList() throws {
    let title = "Pro FromIP   FPrt ToIP     TPrt DestIP   DPrt State       Expires PEName PEData\n"
    let lines = (1...2000).map {
      "UDP 0A000002 0000 0A000064 13C4 0A01000B 13C4 UDP   \($0) sip call\nwhat is left of line \($0)\n"
    }
    try inNamespace {
      try withConnections(title + lines.joined()) {
        var reader = try ConnectionReader()
        for number in 1...2000 as ClosedRange<UInt32> {
          #expect(try reader.next()?.expires == number)
          #expect(throws: IPVSError(.listConnections, .malformed(.connection))) { try reader.next() }
          #expect(reader.line == Array("what is left of line \(number)".utf8))
        }
        #expect(try reader.next() == nil)
        #expect(try reader.next() == nil)
      }
    }
  }

  /// Puts a file in place of this thread's connection table.
  private func withConnections(_ text: String, _ body: () throws -> Void) throws {
    var thread = [UInt8](repeating: 0, count: 64)
    let count = unsafe readlink("/proc/thread-self", &thread, thread.count)
    let directory = "/proc/\(String(decoding: thread.prefix(count), as: UTF8.self))/net"
    let script = "mkdir $0 && cat >$0/ip_vs_conn && mount --bind $0 $1"
    try run("/bin/sh", ["-c", script, "/run/connections", directory], input: text).require()
    defer { _ = try? run("/bin/umount", [directory]) }
    try body()
  }
}

/// The program of `Examples`, which an outsider would write.
@Suite struct ExampleTests {
  private static let program = projectPath(".build/examples/debug/weights")
  private static let rules = """
    -A -t 10.0.0.100:80 -s rr
    -a -t 10.0.0.100:80 -r 10.1.0.11:80 -m
    -a -t 10.0.0.100:80 -r 10.1.0.12:80 -m -x 9
    -A -f 7
    """

  private func weights(_ words: [String] = []) throws -> Outcome {
    try #require(unsafe access(Self.program, X_OK) == 0, "not built; `make examples` does that")
    return try run(Self.program, words)
  }

  private func sorted(_ text: String) -> [String] { text.split(separator: "\n").map(String.init).sorted() }

  @Test func listsWhatIsThere() throws {
    try inNamespace {
      try reference("-R", input: Self.rules).require()
      #expect(
        sorted(try weights().require()) == [
          "  10.1.0.11:80 weight 1", "  10.1.0.12:80 weight 1", "FWM 7 wlc", "TCP 10.0.0.100:80 rr",
        ])
    }
  }

  @Test func changesAWeightAndNothingElse() throws {
    try inNamespace {
      try reference("-R", input: Self.rules).require()
      let before = try listings()
      let output = try weights(["10.0.0.100:80", "10.1.0.12:80", "5"]).require()
      #expect(sorted(output).contains("  10.1.0.12:80 weight 5"))
      let line = "-> 10.1.0.12:80                 Masq    "
      #expect(before[0].contains("\(line)1"))
      #expect(try listings() == [before[0].replacing("\(line)1", with: "\(line)5"), before[1]])
    }
  }

  /// What ipvsadm shows of weights and thresholds.
  private func listings() throws -> [String] {
    try [ours("-Ln").require(), ours("-Ln", "--thresholds").require()]
  }

  static let mistakes = [
    (["10.0.0.100:80"], "give a service, a server and a weight"),
    (["web", "10.1.0.11:80", "1"], "give a service, a server and a weight"),
    (["10.0.0.100:80", "10.1.0.13:80", "1"], "TCP 10.0.0.100:80 has no server 10.1.0.13:80"),
    (["10.0.0.100:80", "10.1.0.11:80", "-1"], "Numerical result out of range"),
  ]

  @Test func tellsAnyoneButRootThatItMayNot() throws {
    try inNamespace {
      let outcome = try run("/usr/bin/setpriv", ["--reuid=65534", "--clear-groups", Self.program])
      #expect(outcome == Outcome(output: "weights: Operation not permitted\n", errors: "", status: 1))
    }
  }

  @Test(arguments: mistakes)
  func tellsWhatIsWrong(words: [String], reason: String) throws {
    try inNamespace {
      try reference("-R", input: Self.rules).require()
      #expect(try weights(words) == Outcome(output: "weights: \(reason)\n", errors: "", status: 1))
    }
  }
}
