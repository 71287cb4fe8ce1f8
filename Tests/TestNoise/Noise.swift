// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Pseudo-random numbers, which repeat with their seed: SplitMix64.
public struct Noise: RandomNumberGenerator {
  /// Where a run begins. `SEED=…` sets it, which is how a failure is repeated: the failure names the seed.
  public static let seed = setting("SEED") ?? .random(in: 1_000...9_999_999)

  /// The seeds of a run: some that every run has, and one of its own. `SEED=…` runs with that one alone.
  public static let seeds: [UInt64] = setting("SEED").map { [$0] } ?? [1, 2, 3, seed]

  private var state: UInt64

  /// The numbers that follow from a seed.
  public init(seed: UInt64) { state = seed }

  /// The next number, all of whose bits are random.
  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var number = state
    number = (number ^ number >> 30) &* 0xbf58_476d_1ce4_e5b9
    number = (number ^ number >> 27) &* 0x94d0_49bb_1331_11eb
    return number ^ number >> 31
  }

  /// True once in so many times.
  public mutating func once(in times: Int) -> Bool { Int.random(in: 0..<times, using: &self) == 0 }

  /// One of the values, which must not be empty.
  public mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: values.indices, using: &self)]
  }

  /// A number of a range, its ends more often than others.
  public mutating func number<Value: FixedWidthInteger>(_ range: ClosedRange<Value>) -> Value {
    switch Int.random(in: 0..<6, using: &self) {
    case 0: range.lowerBound
    case 1: range.upperBound
    case 2: .random(in: range.lowerBound...min(range.upperBound, range.lowerBound + 99), using: &self)
    default: .random(in: range, using: &self)
    }
  }

  /// A number from the environment, such as how often something is tried.
  public static func setting(_ name: String) -> UInt64? {
    unsafe getenv(name).flatMap { unsafe UInt64(String(cString: $0)) }
  }
}
