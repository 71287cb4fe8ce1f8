// SPDX-License-Identifier: Apache-2.0

import TestNoise
import Testing

/// Commands, one after the other, do the same by Debian's program and by ours, but for what is in `MeantDifference`.
@Suite struct SequenceTests {
  /// How many random sequences are played; `SEQUENCES` sets it.
  private static let count = Noise.setting("SEQUENCES") ?? 10
  /// The seed of the first: `SEED`. Without a setting they are the same each time, so that only a change makes them fail.
  private static let first = Noise.setting("SEQUENCES") == nil ? Noise.setting("SEED") ?? 1 : Noise.seed

  @Test func randomCommandsDoTheSame() throws {
    var reasons: Set<String> = []
    for seed in Self.first..<Self.first + Self.count {
      let sequence = RandomCommands.sequence(50, seed: seed)
      guard let (last, text) = try Pair.difference(of: sequence, noting: &reasons) else { continue }
      print("SEED=\(seed):", text)
      let shortest = try Case(lines: Array(sequence.lines[...last])).shrunk {
        try Pair.difference(of: $0, noting: &reasons) != nil
      }
      let difference = try Pair.difference(of: shortest, noting: &reasons)?.text ?? "none any more"
      Issue.record("SEED=\(seed) SEQUENCES=1, or in Cases/sequences:\n\n\(shortest.fileText)\n\(difference)")
    }
    print("\(Self.count) sequences, SEED=\(Self.first); differences that are meant to be:", reasons.sorted())
  }

  @Test func knownSequencesDoTheSame() throws {
    var reasons: Set<String> = []
    for sequence in Case.all("sequences") {
      let difference = try Pair.difference(of: sequence, noting: &reasons)
      #expect(difference == nil, "\(sequence.fileText)\n\(difference?.text ?? "")")
    }
    for reason in MeantDifference.allReasons.subtracting(reasons) {
      Issue.record("no difference any more: \(reason)")
    }
  }
}
