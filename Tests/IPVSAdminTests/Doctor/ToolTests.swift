// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import IPVSAdmin

/// Programs that the doctor asks.
@Suite struct ToolTests {
  @Test func whatItPrints() {
    #expect(Tool("echo", "a b", "c").output() == Array("a b c\n".utf8))
    #expect(Tool("true").output() == [])
  }

  @Test func whatFailsOrIsMissingPrintsNothing() {
    #expect(Tool("false").output() == nil)
    #expect(Tool("no-such-program").output() == nil)
    #expect(Tool([]).output() == nil)
  }

  @Test func moreThanIsReadIsNothing() {
    #expect(Tool("yes").output() == nil)
  }

  /// The last descriptor is the directory that is listed.
  @Test func itGetsNothingOfThisProgram() {
    #expect(Tool("env").output() == [])
    #expect(Tool("cat").output() == [])
    #expect(Tool("ls", "/proc/self/fd").output() == Array("0\n1\n2\n3\n".utf8))
  }
}
