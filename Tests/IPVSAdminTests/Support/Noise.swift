// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Pseudo-random numbers, which repeat with their seed: SplitMix64.
struct Noise: RandomNumberGenerator {
  /// The seeds of a run: some that every run has, and one of its own. `SEED=…` runs with that one alone, which is
  /// how a failure is repeated: the failure names the seed.
  static let seeds: [UInt64] = {
    if let text = unsafe getenv("SEED"), let seed = UInt64(unsafe String(cString: text)) { return [seed] }
    return [1, 2, 3, .random(in: 1_000...9_999_999)]
  }()

  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var number = state
    number = (number ^ number >> 30) &* 0xbf58_476d_1ce4_e5b9
    number = (number ^ number >> 27) &* 0x94d0_49bb_1331_11eb
    return number ^ number >> 31
  }

  /// True once in so many times.
  mutating func once(in times: Int) -> Bool { Int.random(in: 0..<times, using: &self) == 0 }

  mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: values.indices, using: &self)]
  }

  /// A number of a range, its ends more often than others.
  mutating func number<Value: FixedWidthInteger>(_ range: ClosedRange<Value>) -> Value {
    switch Int.random(in: 0..<6, using: &self) {
    case 0: range.lowerBound
    case 1: range.upperBound
    case 2: .random(in: range.lowerBound...min(range.upperBound, range.lowerBound + 99), using: &self)
    default: .random(in: range, using: &self)
    }
  }
}
