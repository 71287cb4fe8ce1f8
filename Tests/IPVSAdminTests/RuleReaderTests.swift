// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import IPVSAdmin

@Suite struct RuleReaderTests {
  private func read(_ text: String) -> [(line: Int, understood: Bool)] {
    RuleReader.read(Array(text.utf8), program: "x").map { rule in
      if case .success = rule.command { (rule.line, true) } else { (rule.line, false) }
    }
  }

  @Test(arguments: [
    "-C\n", "-C", "-C\r\n", "  -C\t\n", "ipvsadm -C\n", "-C # all\n", "-C #all",
  ])
  func oneRule(text: String) {
    let rules = read(text)
    #expect(rules.count == 1 && rules[0] == (1, true))
  }

  @Test(arguments: ["", "\n", "# -C\n", "  # -C", "#-C", "ipvsadm\n", "\r\n", " \t "])
  func noRule(text: String) {
    #expect(read(text).isEmpty)
  }

  @Test func linesAreNumbered() {
    let rules = read("# first\n-C\n\n-X\n-Z")
    #expect(rules.map(\.line) == [2, 4, 5])
    #expect(rules.map(\.understood) == [true, false, true])
  }

  @Test func aHashWithinAWordIsNoComment() {
    #expect(read("-A -t a#b:80")[0].understood)
  }
}
