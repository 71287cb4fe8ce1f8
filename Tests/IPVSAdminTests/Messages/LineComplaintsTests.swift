// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import IPVSAdmin

/// Complaints about rules come by line, and never too many.
@Suite struct LineComplaintsTests {
  private static func complaints(_ lines: some Sequence<Int>, _ text: Text = "x") -> LineComplaints {
    var complaints = LineComplaints()
    for line in lines { complaints.add(text, line: line) }
    return complaints
  }

  private static func lines(_ complaints: LineComplaints) -> [String] {
    complaints.text.string.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test func oneAfterTheOther() {
    #expect(LineComplaints().isEmpty && LineComplaints().text.isEmpty)
    let complaints = Self.complaints([1, 7])
    #expect(!complaints.isEmpty)
    #expect(Self.lines(complaints) == ["line 1: x", "line 7: x"])
  }

  static let merges: [([Int], [Int], [String])] = [
    ([], [], [""]), ([1, 2], [], ["line 1: a", "line 2: a"]), ([], [1, 2], ["line 1: b", "line 2: b"]),
    ([1, 4], [2, 3, 5], ["line 1: a", "line 2: b", "line 3: b", "line 4: a", "line 5: b"]),
    ([3, 4], [1, 2], ["line 1: b", "line 2: b", "line 3: a", "line 4: a"]),
    // What came first stays first.
    ([2, 2], [2], ["line 2: a", "line 2: a", "line 2: b"]),
  ]

  @Test(arguments: merges)
  func twoBecomeOneInTheOrderOfLines(mine: [Int], theirs: [Int], lines: [String]) {
    var complaints = Self.complaints(mine, "a")
    complaints.merge(Self.complaints(theirs, "b"))
    #expect(Self.lines(complaints) == lines)
    #expect(complaints.isEmpty == (mine.isEmpty && theirs.isEmpty))
  }

  static let counts: [(Int, String?)] = [
    (999, nil), (1000, nil), (1002, "and 2 more lines"), (25_000, "and 24000 more lines"),
  ]

  @Test(arguments: counts)
  func aThousandAreToldAndTheRestCounted(count: Int, rest: String?) {
    let lines = Self.lines(Self.complaints(1...count))
    #expect(lines.prefix(1000).elementsEqual((1...min(count, 1000)).map { "line \($0): x" }))
    #expect(lines.dropFirst(1000) == (rest.map { [$0] } ?? []))
  }

  @Test func oneMoreIsOneLine() {
    #expect(Self.lines(Self.complaints(1...1001)).last == "and 1 more line")
  }

  static let merged: [(mine: Int, theirs: Int)] = [
    (600, 600), (1000, 1000), (1500, 10), (10, 1500), (2000, 3000),
  ]

  /// The first thousand of both, in order, and how many more both had.
  @Test(arguments: merged)
  func theLimitIsOfBothTogether(mine: Int, theirs: Int) {
    var complaints = Self.complaints((0..<mine).map { $0 * 2 + 1 })
    complaints.merge(Self.complaints((1...theirs).map { $0 * 2 }))
    let numbers = ((0..<mine).map { $0 * 2 + 1 } + (1...theirs).map { $0 * 2 }).sorted()
    let lines = Self.lines(complaints)
    #expect(lines.count == 1001)
    #expect(lines.prefix(1000).elementsEqual(numbers.prefix(1000).map { "line \($0): x" }))
    #expect(lines.last == "and \(mine + theirs - 1000) more lines")
  }
}
