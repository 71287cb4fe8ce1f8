// SPDX-License-Identifier: Apache-2.0

import CLab
import Glibc
import IPVS
import Testing

/// Servers that leave once their connections have ended. Clients and servers are on the director, which has no other
/// network than its loopback device.
@Suite struct DrainTests {
  static let web: Service.ID = .tcp("127.0.0.1:80")
  static let one: Endpoint = "127.0.0.2:8080"
  static let two: Endpoint = "127.0.0.3:8080"

  /// Two services that share a server.
  static let table = """
    -A -t 127.0.0.1:80 -s rr
    -a -t 127.0.0.1:80 -r 127.0.0.2:8080 -m -w 5 -x 9
    -A -t 127.0.0.1:81 -s rr
    -a -t 127.0.0.1:81 -r 127.0.0.2:8080 -m -w 6

    """

  static let drain = ["-d", "-t", "127.0.0.1:80", "-r", "127.0.0.2:8080", "--drain"]

  /// Runs `body` with a table, and a server that keeps every connection. The connections are closed at the end.
  func withServers(_ table: String = table, _ body: () throws -> Void) throws {
    try inNamespace {
      let servers = ["127.0.0.2", "127.0.0.3"].map { (address: String) in unsafe clab_listen(address, 8080) }
      defer { for server in servers { close(server) } }
      try ours("-R", input: table).require()
      try body()
    }
  }

  func connection() -> Int32 { unsafe clab_connect("127.0.0.1", 80) }

  func server(_ endpoint: Endpoint = one, of id: Service.ID = web) throws -> DestinationStatus? {
    var director = try Director()
    return try director.destinations(of: id).first { $0.id == endpoint }
  }

  /// Waits until something is so, for half a minute.
  func soon(_ what: Comment, _ isSo: () throws -> Bool) throws {
    for _ in 0..<600 {
      if try isSo() { return }
      usleep(50_000)
    }
    Issue.record("half a minute passed before: \(what)")
  }

  func awaitWeight(_ weight: Int32, _ endpoint: Endpoint = one, of id: Service.ID = web) throws {
    try soon("weight \(weight)") { try server(endpoint, of: id)?.destination.settings.weight == weight }
  }

  static let silence = Outcome(output: "", errors: "", status: 0)

  // MARK: - TCP

  @Test func aServerLeavesWhenItsConnectionsHaveEnded() throws {
    try withServers {
      let client = connection()
      let program = Running(Kernel.ours, Self.drain + ["600"])
      try awaitWeight(0)
      #expect(try server()?.destination.settings.upperThreshold == 9)
      #expect(try server()?.activeConnections == 1)
      // The other service keeps the server.
      #expect(try server(of: .tcp("127.0.0.1:81"))?.destination.settings.weight == 6)
      #expect(program.isThere)
      close(client)
      #expect(program.end() == Self.silence)
      #expect(try server() == nil)
      #expect(try server(of: .tcp("127.0.0.1:81"))?.destination.settings.weight == 6)
    }
  }

  @Test(arguments: ["0", "1"])
  func theDeadlineCutsConnectionsOff(seconds: String) throws {
    try withServers {
      let clients = [connection(), connection()]
      defer { for client in clients { close(client) } }
      let outcome = try run(Kernel.ours, Self.drain + [seconds])
      let told = "127.0.0.2:8080: 2 connections and 0 persistent clients cut off\n"
      #expect(outcome == Outcome(output: "", errors: told, status: 0))
      #expect(try server() == nil)
    }
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGQUIT, SIGALRM, SIGUSR1, SIGUSR2, SIGXCPU])
  func aSignalPutsTheWeightBack(signal: Int32) throws {
    try withServers {
      let client = connection()
      defer { close(client) }
      let program = Running(Kernel.ours, Self.drain + ["600"])
      try awaitWeight(0)
      program.send(signal)
      let told = "interrupted; 1 server has its weight back\n"
      #expect(program.end() == Outcome(output: "", errors: told, status: 130))
      #expect(
        try server()?.destination
          == Destination(Self.one, forwarding: .masquerade, weight: 5, upperThreshold: 9))
    }
  }

  @Test func aServiceLeavesAfterAllOfItsServers() throws {
    try withServers(Self.table + "-a -t 127.0.0.1:80 -r 127.0.0.3:8080 -m -w 0\n") {
      let client = connection()
      let program = Running(Kernel.ours, ["-D", "-t", "127.0.0.1:80", "--drain", "600"])
      try soon("the idle server is gone") { try server(Self.two) == nil }
      #expect(try server()?.destination.settings.weight == 0)
      #expect(program.isThere)
      close(client)
      #expect(program.end() == Self.silence)
      let rest = Self.table.split(separator: "\n").suffix(2).joined(separator: "\n")
      #expect(try ours("-Sn").require() == rest + "\n")
    }
  }

  /// What is no longer there when its turn comes has been deleted by someone else.
  @Test func aServerThatAnotherDeletesIsGone() throws {
    try withServers {
      let client = connection()
      defer { close(client) }
      let program = Running(Kernel.ours, Self.drain + ["600"])
      try awaitWeight(0)
      try ours("-d", "-t", "127.0.0.1:80", "-r", "127.0.0.2:8080").require()
      #expect(program.end() == Self.silence)
    }
  }

  static let mistakes: [([String], String)] = [
    (["-d", "-t", "127.0.0.1:80", "-r", "127.0.0.9:8080", "--drain", "5"], "No such destination\n"),
    (["-d", "-t", "127.0.0.9:80", "-r", "127.0.0.2:8080", "--drain", "5"], "Service not defined\n"),
    (["-D", "-t", "127.0.0.9:80", "--drain", "5"], "No such service\n"),
    (
      ["-a", "-t", "127.0.0.1:80", "-r", "127.0.0.2:8080", "-m", "--slow-start", "5"],
      "Destination already exists\n"
    ),
    (
      ["-a", "-t", "127.0.0.9:80", "-r", "127.0.0.2:8080", "-m", "--slow-start", "5"], "Service not defined\n"
    ),
  ]

  @Test(arguments: mistakes)
  func whatIsNotThereIsRefused(arguments: [String], errors: String) throws {
    try withServers {
      let outcome = try run(Kernel.ours, arguments)
      #expect(outcome == Outcome(output: "", errors: errors, status: 255))
      let inRules = try ours("-R", input: arguments.joined(separator: " ") + "\n")
      #expect(inRules == Outcome(output: "", errors: "line 1: \(errors)", status: 255))
    }
  }

  @Test func aPersonSeesHowFarItIs() throws {
    try withServers {
      let client = connection()
      defer { close(client) }
      let command = "\(Kernel.ours) \(Self.drain.joined(separator: " ")) 1"
      for (terminal, isShown) in [("TERM=xterm", true), ("TERM=dumb", false)] {
        let text = try run("/usr/bin/env", [terminal, "script", "-qec", command, "/dev/null"]).require()
        #expect(
          text.contains("draining 1 server: 1 active, 0 persistent; 1 s left") == isShown, "\(terminal)")
        #expect(text.hasSuffix("127.0.0.2:8080: 1 connection and 0 persistent clients cut off\r\n"))
        try ours("-a", "-t", "127.0.0.1:80", "-r", "127.0.0.2:8080", "-m").require()
      }
    }
  }

  // MARK: - UDP and persistence

  @Test func udpIsWaitedForUntilItIsForgotten() throws {
    let table = "-A -u 127.0.0.1:53 -s rr\n-a -u 127.0.0.1:53 -r 127.0.0.2:53 -m\n"
    let drain = ["-d", "-u", "127.0.0.1:53", "-r", "127.0.0.2:53", "--drain"]
    try withServers(table) {
      #expect(unsafe clab_send("127.0.0.1", 53) == 0)
      let told = "127.0.0.2:53: 1 connection and 0 persistent clients cut off\n"
      let outcome = try run(Kernel.ours, drain + ["0"])
      #expect(outcome == Outcome(output: "", errors: told, status: 0))
    }
    try withServers("--set 0 0 1\n\(table)") {
      #expect(unsafe clab_send("127.0.0.1", 53) == 0)
      let outcome = try run(Kernel.ours, drain + ["600"])
      #expect(outcome == Self.silence)
    }
  }

  /// A client that persistence binds is waited for: its next connection would come to the server, too.
  @Test func persistentClientsAreWaitedFor() throws {
    let table = "--set 0 0 1\n-A -u 127.0.0.1:53 -s rr -p 2\n-a -u 127.0.0.1:53 -r 127.0.0.2:53 -m\n"
    try withServers(table) {
      let drain = ["-d", "-u", "127.0.0.1:53", "-r", "127.0.0.2:53", "--drain"]
      #expect(unsafe clab_send("127.0.0.1", 53) == 0)
      let program = Running(Kernel.ours, drain + ["600"])
      try soon("the connection has ended") {
        guard let status = try server("127.0.0.2:53", of: .udp("127.0.0.1:53")) else { return true }
        return status.inactiveConnections == 0
      }
      #expect(program.end() == Self.silence)
      #expect(try server("127.0.0.2:53", of: .udp("127.0.0.1:53")) == nil)
    }
    try withServers(table.replacing("-p 2", with: "-p 600").replacing("--set 0 0 1\n", with: "")) {
      #expect(unsafe clab_send("127.0.0.1", 53) == 0)
      let outcome = try ours("-d", "-u", "127.0.0.1:53", "-r", "127.0.0.2:53", "--drain", "1")
      let told = "127.0.0.2:53: 1 connection and 1 persistent client cut off\n"
      #expect(outcome == Outcome(output: "", errors: told, status: 0))
    }
  }

  /// With this switch, clients do not come back to a server of weight 0, though the kernel still counts them.
  @Test func persistentClientsThatDoNotComeBackAreNotWaitedFor() throws {
    let table = "--set 0 0 1\n-A -u 127.0.0.1:53 -s rr -p 600\n-a -u 127.0.0.1:53 -r 127.0.0.2:53 -m\n"
    try withServers(table) {
      let set = "echo 1 >/proc/sys/net/ipv4/vs/expire_quiescent_template"
      try run("/bin/sh", ["-c", set]).require()
      #expect(unsafe clab_send("127.0.0.1", 53) == 0)
      let outcome = try ours("-d", "-u", "127.0.0.1:53", "-r", "127.0.0.2:53", "--drain", "600")
      #expect(outcome == Self.silence)
    }
  }
}
