// SPDX-License-Identifier: Apache-2.0

import Glibc
import IPVS
import Testing

/// A drain while someone else changes what it is about.
@Suite struct DrainAndOthersTests {
  private let tests = DrainTests()
  private static let edit = ["-e", "-t", "127.0.0.1:80", "-r", "127.0.0.2:8080", "--keep"]

  /// Runs `body` with a program that drains the server of weight 5, which has a connection.
  private func withDrain(_ arguments: [String] = DrainTests.drain, _ body: (Running) throws -> Void) throws {
    try tests.withServers {
      let client = tests.connection()
      defer { close(client) }
      let program = Running(Kernel.ours, arguments + ["600"])
      try tests.awaitWeight(0)
      try body(program)
    }
  }

  private static let stays = Outcome(
    output: "", errors: "127.0.0.2:8080 stays: its weight is not 0 any more\n", status: 0)

  @Test func aServerThatAnotherPutsBackStays() throws {
    try withDrain { program in
      try run(Kernel.ours, Self.edit + ["-w", "9"]).require()
      #expect(program.end() == Self.stays)
      #expect(try tests.server()?.destination.settings.weight == 9)
    }
  }

  @Test func aSignalLeavesWhatAnotherHasSet() throws {
    try withDrain { program in
      try run(Kernel.ours, Self.edit + ["-x", "40"]).require()
      program.send(SIGINT)
      let outcome = program.end()
      #expect(outcome.status == 130)
      let settings = try tests.server()?.destination.settings
      #expect(settings?.weight == 5 && settings?.upperThreshold == 40)
    }
  }

  @Test func whatTheFirstOfTwoDrainsPutsBackStays() throws {
    try withDrain { first in
      let second = Running(Kernel.ours, DrainTests.drain + ["600"])
      sleep(2)
      first.send(SIGINT)
      let outcome = first.end()
      #expect(outcome.errors == "interrupted; 1 server has its weight back\n")
      #expect(second.end() == Self.stays)
      let weight = try tests.server()?.destination.settings.weight
      #expect(weight == 5)
    }
  }

  @Test func aServiceWithAnotherServerStays() throws {
    try withDrain(["-D", "-t", "127.0.0.1:80", "--drain"]) { program in
      try ours("-a", "-t", "127.0.0.1:80", "-r", "127.0.0.3:8080", "-m").require()
      try ours("-d", "-t", "127.0.0.1:80", "-r", "127.0.0.2:8080").require()
      #expect(program.end() == DrainTests.silence)
      #expect(try tests.server(DrainTests.two) != nil)
    }
  }
}
