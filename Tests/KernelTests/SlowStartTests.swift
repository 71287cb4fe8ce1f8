// SPDX-License-Identifier: Apache-2.0

import Glibc
import IPVS
import Testing

/// Servers that come to their weight in steps.
@Suite struct SlowStartTests {
  private static let one: Endpoint = "10.0.0.1:0"
  private static let two: Endpoint = "10.0.0.2:0"

  private func weight(_ server: Endpoint) throws -> Int32? {
    var director = try Director()
    return try director.destinations(of: .mark(1)).first { $0.id == server }?.destination.settings.weight
  }

  /// The weights that a server has until the program ends.
  private func weights(_ server: Endpoint, during program: Running) throws -> [Int32] {
    var weights: [Int32] = []
    while program.isThere {
      if let weight = try weight(server), weight != weights.last { weights.append(weight) }
      usleep(20_000)
    }
    #expect(program.end() == Outcome(output: "", errors: "", status: 0))
    if let weight = try weight(server), weight != weights.last { weights.append(weight) }
    return weights
  }

  static let commands: [([String], String)] = [
    (["-a", "-f", "1", "-r", "10.0.0.1", "-w", "100", "-m", "--slow-start", "3"], ""),
    (
      ["--apply", "--slow-start", "3"],
      "-A -f 1 -s wrr\n-a -f 1 -r 10.0.0.1 -w 100 -m\n-a -f 1 -r 10.0.0.2 -w 7 -m\n"
    ),
  ]

  @Test(arguments: commands)
  func aNewServerComesToItsWeightInSteps(arguments: [String], rules: String) throws {
    try inNamespace {
      try ours("-R", input: "-A -f 1 -s wrr\n-a -f 1 -r 10.0.0.2 -w 5 -m\n").require()
      let program = Running(Kernel.ours, arguments, input: rules)
      let weights = try weights(Self.one, during: program)
      #expect(weights.first == 1)
      #expect(weights.last == 100)
      #expect(weights == weights.sorted() && weights.count > 2, "\(weights)")
      // The one that was there has its weight at once.
      #expect(try weight(Self.two) == (rules.isEmpty ? 5 : 7))
    }
  }

  @Test(arguments: ["0", "1"])
  func smallWeightsHaveNoSteps(weight: String) throws {
    try inNamespace {
      try ours("-A", "-f", "1").require()
      try ours("-a", "-f", "1", "-r", "10.0.0.1", "-w", weight, "--slow-start", "600").require()
      #expect(try self.weight(Self.one) == Int32(weight))
      try ours("--apply", "--slow-start", "600", input: "-A -f 1\n-a -f 1 -r 10.0.0.2 -w \(weight)\n")
        .require()
      #expect(try self.weight(Self.two) == Int32(weight))
    }
  }

  @Test func aWeightThatSomeoneElseSetsStays() throws {
    try inNamespace {
      try ours("-A", "-f", "1").require()
      let program = Running(
        Kernel.ours, ["-a", "-f", "1", "-r", "10.0.0.1", "-w", "1000000", "--slow-start", "600"])
      while try weight(Self.one) ?? 0 <= 1 { usleep(20_000) }
      var director = try Director()
      try director.edit(Destination(Self.one, weight: 3), of: .mark(1))
      #expect(program.end() == Outcome(output: "", errors: "", status: 0))
      #expect(try weight(Self.one) == 3)
    }
  }

  @Test func aSignalLeavesTheWeightThatItHas() throws {
    try inNamespace {
      try ours("-A", "-f", "1").require()
      let program = Running(
        Kernel.ours, ["-a", "-f", "1", "-r", "10.0.0.1", "-w", "1000000", "--slow-start", "600"])
      while try weight(Self.one) ?? 0 <= 1 { usleep(20_000) }
      program.send(SIGINT)
      let told = "interrupted; 1 server stays below the weight\n"
      #expect(program.end() == Outcome(output: "", errors: told, status: 130))
      #expect(try (2..<1_000_000).contains(weight(Self.one) ?? 0))
    }
  }
}
