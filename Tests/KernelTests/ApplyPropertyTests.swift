// SPDX-License-Identifier: Apache-2.0

import TestNoise
import IPVS
import Testing

/// Rules that are applied to any table give the table that they are.
@Suite struct ApplyPropertyTests {
  /// How many pairs of tables are tried; `PAIRS` and `SEED` set it and the first.
  private static let pairs = Noise.setting("PAIRS") ?? 15
  private static let seed = Noise.seed

  @Test func applyingGivesTheTableOfTheRules() throws {
    try inNamespace {
      for seed in Self.seed..<Self.seed + Self.pairs {
        var noise = Noise(seed: seed)
        let random = RandomRules.random(&noise)
        let (old, new) = (random.text(&noise), random.other(&noise).text(&noise))
        let before: Comment = "SEED=\(seed)\n\(old)->\n\(new)"

        try reset(to: new)
        let expected = try savedTable()
        try reset(to: old)
        let changes = try ours("--apply", "--dry-run", input: new).require()
        #expect(try ours("--apply", input: new) == Outcome(output: "", errors: "", status: 0), before)
        #expect(try savedTable() == expected, before)
        // Nothing is left to do.
        #expect(try ours("--apply", "--dry-run", input: new).require() == "", before)
        #expect(try changingRequests(["--apply"], input: new) == 0, before)
        // What a dry run prints does the same.
        try reset(to: old)
        try ours("-R", input: changes).require()
        #expect(try savedTable() == expected, before)
        let lines = changes.split(separator: "\n")
        let firstRemoval = lines.firstIndex { $0.hasPrefix("-d") || $0.hasPrefix("-D") } ?? lines.endIndex
        #expect(lines[firstRemoval...].allSatisfy { $0.hasPrefix("-d") || $0.hasPrefix("-D") }, before)
      }
    }
    print("\(Self.pairs) pairs of tables, SEED=\(Self.seed)")
  }

  /// A namespace for each table would take the kernel most of the time.
  private func reset(to rules: String) throws {
    var director = try Director()
    try director.clear()
    try director.set(Timeouts(tcp: 900, tcpFin: 120, udp: 300))
    try ours("-R", input: rules).require()
  }
}

/// All that the kernel holds as rules, in an order that does not depend on its hash.
func savedTable() throws -> [String] {
  try ours("-Sn", "--all").require().split(separator: "\n").map(String.init).sorted()
}

/// How many changes our program asks the kernel for: all of `IPVS_CMD_*` that do not read. The request for the family
/// goes another way.
func changingRequests(_ arguments: [String], input: String) throws -> Int {
  let trace = "strace -e trace=sendto -e signal=none -xx -s 200 -o /run/sent \"$@\" >/run/printed"
  let count = #"grep -oE ', "\\x(01|02|03|05|06|07|09|0a|0c|0e|10|11)\\x01\\x00\\x00' /run/sent | wc -l"#
  let output = try run(
    "/bin/sh", ["-c", "\(trace) && \(count)", "sh", Kernel.ours] + arguments, input: input)
  return try #require(Int(output.require().filter(\.isNumber)))
}
