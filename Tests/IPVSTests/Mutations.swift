// SPDX-License-Identifier: Apache-2.0

import TestNoise

extension [UInt8] {
  /// Random bytes.
  static func noise(using random: inout Noise) -> [UInt8] {
    (0..<Int.random(in: 0...200, using: &random)).map { _ in .random(in: 0...255, using: &random) }
  }

  /// Bytes that differ from these in a place or some: changed, missing, doubled, foreign, or cut off.
  func mutated(using random: inout Noise) -> [UInt8] {
    var bytes = self
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      guard let start = bytes.indices.randomElement(using: &random) else { return bytes }
      let end = Swift.min(bytes.count, start + Int.random(in: 1...8, using: &random))
      switch Int.random(in: 0..<8, using: &random) {
      case 0: bytes.removeSubrange(start..<end)
      case 1: bytes.insert(contentsOf: Array(bytes[start..<end]), at: start)
      case 2: bytes.insert(contentsOf: Self.noise(using: &random).prefix(8), at: start)
      case 3: bytes.removeSubrange(start...)
      case 4: bytes[start] = [0, 1, 2, 3, 4, 0x7f, 0x80, 0xff].randomElement(using: &random) ?? 0
      case 5: bytes[start] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      default: bytes[start] = .random(in: 0...255, using: &random)
      }
    }
    return bytes
  }
}
