// SPDX-License-Identifier: Apache-2.0

/// What is wrong with rules, by line. Past a limit it only counts, so that even a long broken file takes little
/// memory and few lines on the screen.
struct LineComplaints {
  private static let limit = 1000

  private var lines: [(number: Int, text: Text)] = []
  private var untold = 0

  var isEmpty: Bool { lines.isEmpty }

  /// Adds what is wrong with a line, after all others.
  mutating func add(_ text: Text, line: Int) {
    guard lines.count < Self.limit else {
      untold += 1
      return
    }
    lines.append((line, text))
  }

  /// Adds what is wrong with other lines, in the order of the lines.
  mutating func merge(_ others: LineComplaints) {
    var mine = lines[...]
    var theirs = others.lines[...]
    untold += others.untold
    lines = []
    while let first = mine.first ?? theirs.first {
      let isMine = !mine.isEmpty && (theirs.first.map { first.number <= $0.number } ?? true)
      guard let line = isMine ? mine.popFirst() : theirs.popFirst() else { return }
      add(line.text, line: line.number)
    }
  }

  var text: Text {
    var text = Text()
    for (number, line) in lines {
      if !text.isEmpty { text.add("\n") }
      text.append("line \(number): \(line)")
    }
    if untold > 0 { text.append(untold == 1 ? "\nand 1 more line" : "\nand \(untold) more lines") }
    return text
  }
}
