// SPDX-License-Identifier: Apache-2.0

/// A terminal's screen, and what is written to fill it with a part of a sheet.
struct Screen {
  /// How many lines it has, the last for the status.
  var height = 24
  /// How many characters a line has. The first is for a mark.
  var width = 80

  /// What is written to begin: an empty screen beside the usual one, without a cursor.
  static let start: Text = "\u{1b}[?1049h\u{1b}[?25l\u{1b}[2J"
  /// What is written to end. Terminals with only one screen go on below it.
  static let end: StaticString = "\u{1b}[m\u{1b}[999;1H\r\n\u{1b}[?25h\u{1b}[?1049l"

  /// The rows that it shows, the first of them if possible.
  func rows(of sheet: Sheet, from first: Int) -> Range<Int> {
    let count = max(0, height - 1 - titleCount(of: sheet))
    let start = max(0, min(first, sheet.rows.count - count))
    return start..<min(sheet.rows.count, start + count)
  }

  /// What fills the screen: titles, rows from `first` on, and the status.
  ///
  /// Rows that were not in the sheet before have a `+` in front, and those that have changed since have a `*`; what
  /// has changed is reversed.
  func frame(_ sheet: Sheet, since past: Sheet?, from first: Int, status: Text) -> Text {
    var lines: [Line] = []
    let widest = sheet.titles.prefix(titleCount(of: sheet)).map { $0.bytes.count }.max()
    for title in sheet.titles.prefix(titleCount(of: sheet)) {
      var line = Line(title.bytes[...])
      if title.bytes.count == widest { add(sheet.rateTitles.bytes[...], of: sheet, to: &line) }
      lines.append(line)
    }
    for row in sheet.rows[rows(of: sheet, from: first)] { lines.append(line(row, of: sheet, since: past)) }
    let blank = Line([])
    while lines.count < height - 1 { lines.append(blank) }
    var text: Text = "\u{1b}[H"
    for line in lines.prefix(height - 1) {
      text.append(line, width: width)
      text.add("\u{1b}[m\r\n")
    }
    var last = Line(status.bytes[...], mark: nil)
    last.bytes += Array(repeating: UInt8(ascii: " "), count: max(0, width - last.bytes.count))
    last.changes = [last.bytes.indices]
    text.append(last, width: width)
    text.add("\u{1b}[m")
    return text
  }

  /// Small screens have no room for titles.
  private func titleCount(of sheet: Sheet) -> Int {
    height > sheet.titles.count + 2 ? sheet.titles.count : 0
  }

  private func line(_ row: Sheet.Row, of sheet: Sheet, since past: Sheet?) -> Line {
    let bytes = sheet.text.bytes[row.line]
    var line = Line(bytes)
    if let past {
      if let old = past.row(like: row) {
        line.changes = Self.changes(in: bytes, since: past.text.bytes[old.line], besides: sheet.clockWord)
          .map { $0.lowerBound + 1..<$0.upperBound + 1 }
        if !line.changes.isEmpty { line.bytes[0] = UInt8(ascii: "*") }
      } else {
        line.bytes[0] = UInt8(ascii: "+")
        line.changes = [line.bytes.indices]
      }
    }
    add(sheet.text.bytes[row.rates], of: sheet, to: &line)
    return line
  }

  /// Adds as many live rates as there is room for, in columns, except where the line is as long.
  private func add(_ rates: ArraySlice<UInt8>, of sheet: Sheet, to line: inout Line) {
    let size = Sheet.rateWidth
    // Lines that are longer than the titles give way to no rate.
    let titles = sheet.titles.reduce(0) { max($0, $1.bytes.count) }
    var column = 1 + min(sheet.width, max(titles, width - 1 - size))
    var rest = rates
    while !rest.isEmpty, column + size <= width {
      if line.bytes.count <= column {
        line.bytes += Array(repeating: UInt8(ascii: " "), count: column - line.bytes.count)
        line.bytes += rest.prefix(size)
      }
      rest = rest.dropFirst(size)
      column += size
    }
  }

  /// Where the words of a line are that an older one has otherwise, besides one, counted from the line's start.
  static func changes(
    in line: ArraySlice<UInt8>, since old: ArraySlice<UInt8>, besides place: Int?
  ) -> [Range<Int>] {
    let blank = UInt8(ascii: " ")
    var past = old.split(separator: blank)[...]
    var changes: [Range<Int>] = []
    for (index, word) in line.split(separator: blank).enumerated() {
      let old = past.popFirst()
      if index == place || old.map({ $0.elementsEqual(word) }) == true { continue }
      changes.append(word.startIndex - line.startIndex..<word.endIndex - line.startIndex)
    }
    if !past.isEmpty, changes.isEmpty { changes.append(0..<line.count) }
    return changes
  }
}

/// A line of a screen before it is cut.
private struct Line {
  var bytes: [UInt8]
  /// The parts that are reversed, in their order.
  var changes: [Range<Int>] = []

  /// A line with a mark before it, if it has room for one.
  init(_ bytes: ArraySlice<UInt8>, mark: UInt8? = UInt8(ascii: " ")) {
    self.bytes = (mark.map { [$0] } ?? []) + bytes
  }
}

extension Text {
  /// Appends a line, cut at the width. Anything but printable ASCII, which could have any width, is a question mark.
  fileprivate mutating func append(_ line: Line, width: Int) {
    let end = min(width, line.bytes.count)
    var position = 0
    func visible(_ range: Range<Int>) -> [UInt8] {
      line.bytes[range].map { (0x20...0x7e).contains($0) ? $0 : UInt8(ascii: "?") }
    }
    for change in line.changes where change.lowerBound < end {
      bytes += visible(position..<change.lowerBound)
      position = min(change.upperBound, end)
      add("\u{1b}[7m")
      bytes += visible(change.lowerBound..<position)
      add("\u{1b}[m")
    }
    bytes += visible(position..<end)
    // Behind a full line the cursor is still on its last character.
    if end < width { add("\u{1b}[K") }
  }
}
