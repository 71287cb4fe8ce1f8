// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// What is nearest to an option that does not exist.
extension Hint {
  /// What is nearest to a long option that does not exist.
  static func nearest(toOption word: Text) -> Text? {
    guard word.bytes.starts(with: "--".utf8) else { return nil }
    return nearest(to: word, among: Option.table).map { "there is no option \(word), but \($0)" }
  }

  /// What is nearest to a word that stands where the command should.
  static func nearest(toCommand word: Text) -> Text? {
    let commands = Option.table.filter { if case .command = $0.role { true } else { false } }
    return nearest(to: word, among: commands).map { "\(word) is no command, but \($0) is one" }
  }

  private static func nearest(to word: Text, among options: [Option]) -> Text? {
    let name = word.bytes.drop { $0 == UInt8(ascii: "-") }.prefix { $0 != UInt8(ascii: "=") }
    if name.count == 1, word.bytes.count == 1 {
      return options.contains { $0.short.bytes.contains(name[0]) } ? "-\(word)" : nil
    }
    var best: (option: Option, distance: Int)?
    for option in options where option.long.utf8CodeUnitCount > 0 {
      let distance = distance(name, option.long.bytes)
      if distance <= name.count / 3, best.map({ distance < $0.distance }) ?? true {
        best = (option, distance)
      }
    }
    return best.map { "--\($0.option.long)" }
  }

  /// How many letters have to be replaced, added or left out, or swapped with their neighbour, to come from what was
  /// typed to a name. What comes after the typed letters counts as one.
  static func distance(_ typed: some Collection<UInt8>, _ name: [UInt8]) -> Int {
    let typed = typed.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "-") : $0 | 0x20 }
    if name.starts(with: typed) { return typed.count == name.count ? 0 : 1 }
    var rows = [Array(0...name.count)]
    for (row, letter) in typed.enumerated() {
      var next = [row + 1]
      for (column, other) in name.enumerated() {
        var cost = min(
          rows[row][column] + (letter == other ? 0 : 1), rows[row][column + 1] + 1, next[column] + 1)
        if row > 0, column > 0, letter == name[column - 1], typed[row - 1] == other {
          cost = min(cost, rows[row - 1][column - 1] + 1)
        }
        next.append(cost)
      }
      rows.append(next)
    }
    return rows[typed.count][name.count]
  }
}
