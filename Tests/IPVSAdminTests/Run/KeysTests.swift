// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import IPVSAdmin

/// Keys, as terminals send them.
@Suite struct KeysTests {
  static let keys: [(String, [Key])] = [
    ("q", [.leave]), ("\u{3}", [.leave]), ("jk", [.down, .up]), ("\u{1b}[A\u{1b}[B", [.up, .down]),
    ("\u{1b}OA\u{1b}OB", [.up, .down]), ("\u{1b}[5~\u{1b}[6~", [.pageUp, .pageDown]),
    ("b ", [.pageUp, .pageDown]),
    ("\u{1b}[H\u{1b}[F\u{1b}[1~\u{1b}[4~\u{1b}OH\u{1b}OF", [.first, .last, .first, .last, .first, .last]),
    ("gG", [.first, .last]), ("s", [.sort]),
    // Other keys, also with shift or control, mean nothing; what follows them does.
    ("x\u{1b}[3~\u{1b}[1;5A\u{1b}[15~\u{1b}OPs", [.sort]), ("\u{1b}q", [.leave]), ("\u{1b}\u{1b}s", [.sort]),
    ("\u{1b}\u{1b}[A", [.up]), ("ä\u{0}", []),
  ]

  @Test(arguments: keys.indices)
  func areRead(index: Int) {
    let (bytes, expected) = Self.keys[index]
    // In whatever pieces they come: a byte at a time.
    var keys = Keys()
    #expect(bytes.utf8.compactMap { keys.take($0) } == expected)
  }
}
