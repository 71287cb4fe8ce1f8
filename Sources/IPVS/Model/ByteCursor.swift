// SPDX-License-Identifier: Apache-2.0

internal import CLinux

/// A place in a line of text, from which the next part is taken. It lives no longer than the line.
@safe package struct ByteCursor {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0

  fileprivate init(_ bytes: UnsafeBufferPointer<UInt8>) { unsafe self.bytes = unsafe bytes }

  /// Whether nothing is left.
  package var isAtEnd: Bool { unsafe position == bytes.count }

  /// The next byte, or 0 at the end.
  package var byte: UInt8 { unsafe isAtEnd ? 0 : bytes[position] }

  /// What is left.
  package var rest: [UInt8] { unsafe withBytes { unsafe Array($0) } }

  fileprivate func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    unsafe body(UnsafeBufferPointer(rebasing: bytes[position...]))
  }

  /// Takes a text if it comes next.
  @inline(__always)
  package mutating func take(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard unsafe bytes.count - position >= count, let start = unsafe bytes.baseAddress,
      unsafe memcmp(start + position, text.utf8Start, count) == 0
    else { return false }
    position += count
    return true
  }

  /// Takes bytes as long as they are of a kind.
  @inline(__always)
  package mutating func take(while isWanted: (UInt8) -> Bool) -> ByteCursor {
    var end = position
    while unsafe end < bytes.count && isWanted(bytes[end]) { end += 1 }
    defer { position = end }
    return unsafe ByteCursor(UnsafeBufferPointer(rebasing: bytes[position..<end]))
  }

  /// Takes blanks, and what follows them up to the next blank.
  package mutating func word() -> ByteCursor {
    skipBlanks()
    return take { $0 != UInt8(ascii: " ") }
  }

  /// Takes blanks.
  package mutating func skipBlanks() {
    while !isAtEnd, byte == UInt8(ascii: " ") { position += 1 }
  }

  /// Takes a number without a sign, and without zeros before it; nil if there is none in the range.
  package mutating func decimal(_ range: ClosedRange<UInt32>) -> UInt32? {
    var end = position
    var value: UInt64 = 0
    while unsafe end < bytes.count, case let digit = unsafe bytes[end] &- UInt8(ascii: "0"), digit < 10 {
      value = value &* 10 &+ UInt64(digit)
      end += 1
    }
    let count = end - position
    guard (1...10).contains(count), count == 1 || byte != UInt8(ascii: "0"),
      value <= UInt64(range.upperBound), value >= UInt64(range.lowerBound)
    else { return nil }
    position = end
    return UInt32(value)
  }

  /// Takes so many hex digits, 8 at most; nil if there are fewer.
  package mutating func hex(digits count: Int) -> UInt32? {
    guard unsafe bytes.count - position >= count else { return nil }
    var value: UInt32 = 0
    for index in position..<position + count {
      let byte = unsafe bytes[index]
      var digit = byte &- UInt8(ascii: "0")
      if digit > 9 {
        digit = (byte | 0x20) &- UInt8(ascii: "a") &+ 10
        guard digit > 9, digit < 16 else { return nil }
      }
      value = value << 4 | UInt32(digit)
    }
    position += count
    return value
  }
}

extension Array<UInt8> {
  /// Calls `body` with a cursor at the start of a part of the bytes.
  @inline(__always)
  package func withCursor<Result>(
    over range: Range<Int>, _ body: (inout ByteCursor) -> Result
  ) -> Result {
    unsafe withUnsafeBufferPointer { bytes in
      var cursor = unsafe ByteCursor(UnsafeBufferPointer(rebasing: bytes[range]))
      return body(&cursor)
    }
  }
}

extension Name {
  /// A name from all that is left of a text; nil if that has more than 15 bytes, or a zero among them.
  package init?(_ text: ByteCursor) {
    guard let name = unsafe text.withBytes({ unsafe Name(bytes: $0) }) else { return nil }
    self = name
  }
}
