// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// What a key does on a screen.
enum Key {
  case leave, sort, up, down, pageUp, pageDown, first, last
}

/// Reads keys from what a terminal sends, of which many keys send several bytes.
struct Keys {
  /// The sequence that has begun, without its escape character.
  private var sequence: [UInt8]?

  /// The key that ends with a byte, if one does.
  mutating func take(_ byte: UInt8) -> Key? {
    if byte == 0x1b {
      sequence = []
      return nil
    }
    guard var bytes = sequence else { return Self.single.first { $0.byte == byte }?.key }
    bytes.append(byte)
    // A sequence is of `[` or `O`, perhaps digits and semicolons, and one last byte.
    let isOpen = bytes.count == 1 ? byte == UInt8(ascii: "[") || byte == UInt8(ascii: "O") : byte < 0x40
    sequence = isOpen ? bytes : nil
    // After the escape key alone comes another key.
    if bytes.count == 1, !isOpen { return take(byte) }
    if isOpen { return nil }
    bytes[0] = UInt8(ascii: "[")
    return Self.sequences.first { $0.text.bytes == bytes }?.key
  }

  private static let single: [(byte: UInt8, key: Key)] = [
    (UInt8(ascii: "q"), .leave), (UInt8(ascii: "Q"), .leave), (3, .leave), (UInt8(ascii: "s"), .sort),
    (UInt8(ascii: "k"), .up), (UInt8(ascii: "j"), .down), (UInt8(ascii: "\n"), .down),
    (UInt8(ascii: "\r"), .down), (UInt8(ascii: "b"), .pageUp), (UInt8(ascii: " "), .pageDown),
    (UInt8(ascii: "g"), .first), (UInt8(ascii: "G"), .last),
  ]

  private static let sequences: [(text: StaticString, key: Key)] = [
    ("[A", .up), ("[B", .down), ("[5~", .pageUp), ("[6~", .pageDown), ("[H", .first), ("[F", .last),
    ("[1~", .first), ("[4~", .last), ("[7~", .first), ("[8~", .last),
  ]
}
