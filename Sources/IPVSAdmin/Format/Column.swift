// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// A column of a listing after the names. A new column is a row in a style.
struct Column: Sendable {
  /// What a cell holds.
  enum Cell {
    case nothing
    case number(Int64)
    /// A number that is shortened, unless exact numbers are asked for.
    case counter(UInt64)
    /// A number that is aligned like a counter, but never shortened.
    case whole(UInt64)
    /// Tenths, aligned like a counter; only few are shown as such.
    case tenths(UInt64)
    case word(StaticString)
    case tunnel(Tunnel?)
  }

  let title: StaticString
  let width: Int
  /// The cell in the line of a server.
  let cell: @Sendable (DestinationStatus) -> Cell
  /// The cell in the line of a service, in listings that have any there.
  let serviceCell: @Sendable (Statistics) -> Cell

  init(
    _ title: StaticString, _ width: Int, _ cell: @escaping @Sendable (DestinationStatus) -> Cell,
    ofService serviceCell: @escaping @Sendable (Statistics) -> Cell = { _ in .nothing }
  ) {
    self.title = title
    self.width = width
    self.cell = cell
    self.serviceCell = serviceCell
  }
}

extension Text {
  /// Appends a cell with a blank before it.
  mutating func append(_ cell: Column.Cell, width: Int, isExact: Bool) {
    switch cell {
    case .counter(let value):
      addCounter(value, isExact: isExact)
      return
    case .whole(let value):
      addCounter(value, isExact: true)
      return
    case .tenths(let value):
      guard value < 1000 else { return addCounter((value + 5) / 10, isExact: isExact) }
      add(value / 10, right: 7)
      append(".\(value % 10)")
      return
    case .nothing, .number, .word, .tunnel: break
    }
    add(" ")
    field(width: width) { text in
      switch cell {
      case .nothing, .counter, .whole, .tenths: break
      case .number(let number): text.append(number)
      case .word(let word): text.add(word)
      case .tunnel(let tunnel): text.append(tunnel)
      }
    }
  }

  /// Appends a counter, nine wide: in full below a hundred million, then in thousands, millions and so on. With
  /// `isExact` it is always in full.
  private mutating func addCounter(_ value: UInt64, isExact: Bool) {
    if value < Self.units[0].from {
      add(value, right: 9)
      return
    }
    guard !isExact, let (_, divisor, unit) = Self.units.last(where: { value >= $0.from }) else {
      add(" ")
      append(value)
      return
    }
    add(value / divisor, right: 8)
    add(unit)
  }

  private static let units: [(from: UInt64, divisor: UInt64, unit: StaticString)] = [
    (100_000_000, 1_000, "K"),
    (1_000_000_000, 1_000_000, "M"),
    (100_000_000_000, 1_000_000_000, "G"),
    (100_000_000_000_000, 1_000_000_000_000, "T"),
  ]

  /// Appends what a listing says of a tunnel.
  private mutating func append(_ tunnel: Tunnel?) {
    guard let tunnel, let name = tunnel.name else {
      add("n/a")
      return
    }
    add(name)
    switch tunnel {
    case .gue(let port, let checksum): append(":\(port):\(checksum.listName)")
    case .gre(let checksum): append(":\(checksum.listName)")
    case .ipip, .other: break
    }
  }
}

extension Tunnel.Checksum {
  fileprivate var listName: StaticString {
    switch self {
    case .none: "-c"
    case .full: "+c"
    case .remote: "r+c"
    }
  }
}
