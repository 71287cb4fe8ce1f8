// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// The parts of a JSON document (RFC 8259). Each puts a comma before itself where one belongs.
extension Text {
  /// Begins an object or an array, `{` or `[`, as the value of a key or as an element.
  mutating func open(_ bracket: StaticString, _ key: StaticString? = nil) {
    if let key { addKey(key) } else { addComma() }
    add(bracket)
  }

  mutating func member(_ key: StaticString, _ number: some FixedWidthInteger) {
    addKey(key)
    append(number)
  }

  mutating func member(_ key: StaticString, _ value: Bool) {
    addKey(key)
    add(value ? "true" : "false")
  }

  mutating func member(_ key: StaticString, string: some Printable) {
    addKey(key)
    addString { string.append(to: &$0.bytes) }
  }

  mutating func member(_ key: StaticString, string: Text) {
    addKey(key)
    addString { $0.append(string) }
  }

  /// An element that is a string.
  mutating func element(string: StaticString) {
    addComma()
    addString { $0.add(string) }
  }

  /// An element that is a string.
  mutating func element(string: Text) {
    addComma()
    addString { $0.append(string) }
  }

  private mutating func addKey(_ key: StaticString) {
    addComma()
    add("\"")
    add(key)
    add("\":")
  }

  private mutating func addComma() {
    switch bytes.last {
    case nil, UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: ":"), UInt8(ascii: ","), UInt8(ascii: "\n"):
      break
    default: add(",")
    }
  }

  private mutating func addString(_ body: (inout Text) -> Void) {
    add("\"")
    let start = bytes.count
    body(&self)
    if bytes[start...].contains(where: { !Self.isPlain($0) }) {
      // A copy: a slice of the text would make the next change copy all of it.
      let string = Array(bytes[start...])
      bytes.removeSubrange(start...)
      addEscaped(string[...])
    }
    add("\"")
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x7f && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  /// Bytes that are not UTF-8 become the characters of their numbers, so that a document stays valid.
  private mutating func addEscaped(_ string: ArraySlice<UInt8>) {
    var rest = string
    while let byte = rest.first {
      let count = rest.characterLength
      if count > 1 {
        bytes += rest.prefix(count)
      } else if Self.isPlain(byte) {
        bytes.append(byte)
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
        bytes += [UInt8(ascii: "\\"), byte]
      } else {
        add("\\u00")
        for digit in [byte >> 4, byte & 0xf] {
          bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
      }
      rest = rest.dropFirst(count)
    }
  }
}
