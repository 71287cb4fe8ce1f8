// SPDX-License-Identifier: Apache-2.0

/// Text on its way to a descriptor, with the fields of `printf(3)`.
struct Text {
  private(set) var bytes: [UInt8] = []

  /// Appends as it is.
  mutating func add(_ text: String) {
    var text = text
    text.withUTF8 { unsafe bytes.append(contentsOf: $0) }
  }

  /// Appends another text.
  mutating func add(_ text: Text) {
    bytes += text.bytes
  }

  /// Appends a number in decimal.
  mutating func add(_ number: some FixedWidthInteger) {
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    var divisor = Swift.type(of: number.magnitude).init(1)
    while number.magnitude / divisor >= 10 { divisor *= 10 }
    while divisor > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number.magnitude / divisor % 10))
      divisor /= 10
    }
  }

  /// Appends what `body` appends with blanks behind it up to a width, and cut at a limit: `%-*.*s`.
  mutating func field(width: Int, limit: Int = .max, _ body: (inout Text) -> Void) {
    let start = bytes.count
    body(&self)
    if bytes.count - start > limit { bytes.removeSubrange((start + limit)...) }
    blanks(width - (bytes.count - start))
  }

  /// Appends with blanks behind it up to a width: `%-*s`.
  mutating func add(_ text: String, width: Int) {
    field(width: width) { $0.add(text) }
  }

  /// Appends a number with blanks behind it up to a width: `%-*d`.
  mutating func add(_ number: some FixedWidthInteger, width: Int) {
    field(width: width) { $0.add(number) }
  }

  /// Appends with blanks before it up to a width: `%*s`.
  mutating func add(_ text: String, right width: Int) {
    blanks(width - text.utf8.count)
    add(text)
  }

  /// Appends a number with blanks before it up to a width: `%*u`.
  mutating func add(_ number: UInt64, right width: Int) {
    var digits = 1
    var rest = number / 10
    while rest > 0 {
      digits += 1
      rest /= 10
    }
    blanks(width - digits)
    add(number)
  }

  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  private mutating func blanks(_ count: Int) {
    for _ in 0..<max(0, count) { bytes.append(UInt8(ascii: " ")) }
  }
}
