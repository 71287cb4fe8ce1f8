// SPDX-License-Identifier: Apache-2.0

extension Text {
  /// Appends a counter, nine wide: in full below a hundred million, then in thousands, millions and so on.
  /// `isExact` writes it in full always.
  mutating func addCounter(_ value: UInt64, isExact: Bool) {
    if isExact || value < 100_000_000 {
      add(" ")
      add(value, right: 8)
    } else {
      let (divisor, unit) = Self.units.last { value >= $0.from }.map { ($0.divisor, $0.unit) } ?? (1, "")
      add(value / divisor, right: 8)
      add(unit)
    }
  }

  private static let units: [(from: UInt64, divisor: UInt64, unit: String)] = [
    (100_000_000, 1_000, "K"),
    (1_000_000_000, 1_000_000, "M"),
    (100_000_000_000, 1_000_000_000, "G"),
    (100_000_000_000_000, 1_000_000_000_000, "T"),
  ]
}
