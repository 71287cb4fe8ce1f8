// SPDX-License-Identifier: Apache-2.0

/// Text on its way to a descriptor, with the fields of `printf(3)`.
struct Text {
  private(set) var bytes: [UInt8] = []

  /// Appends as it is.
  mutating func add(_ text: String) {
    bytes += text.utf8
  }

  /// Appends with blanks behind it up to a width: `%-*s`.
  mutating func add(_ text: String, width: Int) {
    let start = bytes.count
    bytes += text.utf8
    blanks(width - (bytes.count - start))
  }

  /// Appends with blanks before it up to a width: `%*s`.
  mutating func add(_ text: String, right width: Int) {
    blanks(width - text.utf8.count)
    bytes += text.utf8
  }

  /// Appends a number with blanks behind it up to a width: `%-*d`.
  mutating func add(_ number: some BinaryInteger, width: Int) {
    add(String(number), width: width)
  }

  /// Appends a number with blanks before it up to a width: `%*d`.
  mutating func add(_ number: some BinaryInteger, right width: Int) {
    add(String(number), right: width)
  }

  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  private mutating func blanks(_ count: Int) {
    if count > 0 { bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: count)) }
  }
}
