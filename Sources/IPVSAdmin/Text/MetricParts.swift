// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// The parts of Prometheus' text format.
extension Text {
  /// Appends a line with a value. The labels are what ``addLabel(_:isFirst:_:)`` has made.
  mutating func addSample(_ name: StaticString, _ labels: Text, _ value: UInt64) {
    addSample(name, labels, 0..<labels.bytes.count, value)
  }

  /// Appends a line with a value. The labels are a part of a text.
  mutating func addSample(_ name: StaticString, _ labels: Text, _ part: Range<Int>, _ value: UInt64) {
    add(name)
    if !part.isEmpty {
      add("{")
      append(labels, part)
      add("}")
    }
    add(" ")
    append(value)
    add("\n")
  }

  /// Appends a part of a text.
  mutating func append(_ text: Text, _ part: Range<Int>) {
    unsafe text.bytes[part].withUnsafeBytes { source in
      unsafe bytes.append(count: source.count) {
        unsafe UnsafeMutableRawBufferPointer(start: $0, count: source.count).copyMemory(from: source)
      }
    }
  }

  /// Appends a label with what `body` appends as its value, after a comma unless it is the first.
  mutating func addLabel(_ name: StaticString, isFirst: Bool = false, _ body: (inout Text) -> Void) {
    if !isFirst { add(",") }
    add(name)
    add("=\"")
    let start = bytes.count
    body(&self)
    if bytes[start...].contains(where: { !Self.isPlain($0) }) {
      let value = Array(bytes[start...])
      bytes.removeSubrange(start...)
      addEscaped(value[...])
    }
    add("\"")
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    byte < 0x80 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") && byte != UInt8(ascii: "\n")
  }

  /// Bytes that are not UTF-8 become the characters of their numbers, because the format is UTF-8.
  private mutating func addEscaped(_ value: ArraySlice<UInt8>) {
    var rest = value
    while let byte = rest.first {
      let count = rest.characterLength
      switch byte {
      case _ where count > 1: bytes += rest.prefix(count)
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case UInt8(ascii: "\n"): add("\\n")
      case ..<0x80: bytes.append(byte)
      default: bytes += [0xc0 | byte >> 6, 0x80 | byte & 0x3f]
      }
      rest = rest.dropFirst(count)
    }
  }

  /// Appends a number as eight hex digits: `%08X`.
  mutating func add(hex number: UInt32) {
    for shift in stride(from: 28 as UInt32, through: 0, by: -4) {
      let digit = UInt8(truncatingIfNeeded: number >> shift & 0xf)
      bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "A") + digit - 10)
    }
  }
}
