// SPDX-License-Identifier: Apache-2.0

internal import IPVS

extension ArraySlice<UInt8> {
  /// What stands between blanks.
  var words: [ArraySlice<UInt8>] { split(whereSeparator: { $0 <= UInt8(ascii: " ") }) }

  func isAny(of texts: [StaticString]) -> Bool { texts.contains { elementsEqual($0.bytes) } }

  /// The number of a mark, in decimal or in hex, unless a mask behind it leaves bits as they are.
  var mark: UInt32? {
    let digits = prefix { $0 != UInt8(ascii: "/") }
    if digits.count < count, suffix(from: digits.endIndex + 1).mark != .max { return nil }
    guard digits.starts(with: [UInt8(ascii: "0"), UInt8(ascii: "x")]) else { return UInt32(decimal: digits) }
    let hex = Array(digits.dropFirst(2))
    return hex.withCursor(over: hex.indices) { cursor in
      hex.count <= 8 ? cursor.hex(digits: hex.count) : nil
    }
  }
}

extension [ArraySlice<UInt8>] {
  /// Whether words stand somewhere side by side.
  func have(_ words: [StaticString]) -> Bool {
    indices.contains { self[...$0].ends(with: words) }
  }
}

extension ArraySlice<ArraySlice<UInt8>> {
  func ends(with words: [StaticString]) -> Bool {
    suffix(words.count).elementsEqual(words) { $0.elementsEqual($1.bytes) }
  }
}
