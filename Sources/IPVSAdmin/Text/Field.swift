// SPDX-License-Identifier: Apache-2.0

/// Fields as `printf(3)` has them.
extension Text {
  /// Appends what `body` appends, padded with blanks on the right to a width, and cut at a limit: `%-*.*s`.
  mutating func field(width: Int, limit: Int = .max, _ body: (inout Text) -> Void) {
    let start = bytes.count
    body(&self)
    if bytes.count - start > limit { bytes.removeSubrange((start + limit)...) }
    addBlanks(width - (bytes.count - start))
  }

  /// Appends text, padded with blanks on the left to a width: `%*s`.
  mutating func add(_ text: StaticString, right width: Int) {
    addBlanks(width - text.utf8CodeUnitCount)
    add(text)
  }

  /// Appends a number, padded with blanks on the left to a width: `%*u`.
  mutating func add(_ number: UInt64, right width: Int) {
    var digits = 1
    var rest = number / 10
    while rest > 0 {
      digits += 1
      rest /= 10
    }
    addBlanks(width - digits)
    append(number)
  }

  private mutating func addBlanks(_ count: Int) {
    for _ in 0..<max(0, count) { bytes.append(UInt8(ascii: " ")) }
  }
}
