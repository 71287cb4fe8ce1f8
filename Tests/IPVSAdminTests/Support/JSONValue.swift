// SPDX-License-Identifier: Apache-2.0

@testable import IPVSAdmin

/// A JSON document as RFC 8259 has it, and not more: UTF-8, no key twice, whole numbers that are not negative.
indirect enum JSONValue: Equatable {
  case object([String: JSONValue])
  case array([JSONValue])
  case string(String)
  case number(UInt64)
  case bool(Bool)

  struct Mistake: Error { let offset: Int }

  /// The document that a line is, which has to end.
  init(_ text: Text) throws(Mistake) {
    var parser = Parser(bytes: text.bytes)
    self = try parser.value()
    try parser.take("\n")
    if parser.offset != text.bytes.count { throw parser.mistake }
  }

  subscript(key: String) -> JSONValue? { if case .object(let members) = self { members[key] } else { nil } }

  var keys: Set<String> { if case .object(let members) = self { Set(members.keys) } else { [] } }

  var elements: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
  init(stringLiteral string: String) { self = .string(string) }
  init(integerLiteral number: UInt64) { self = .number(number) }
  init(booleanLiteral value: Bool) { self = .bool(value) }
}

private struct Parser {
  let bytes: [UInt8]
  var offset = 0

  var mistake: JSONValue.Mistake { JSONValue.Mistake(offset: offset) }

  private var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private func isNext(_ character: Unicode.Scalar) -> Bool { next == UInt8(ascii: character) }

  mutating func take(_ word: StaticString) throws(JSONValue.Mistake) {
    let word = Text(stringLiteral: word).bytes
    guard bytes[offset...].starts(with: word) else { throw mistake }
    offset += word.count
  }

  mutating func value() throws(JSONValue.Mistake) -> JSONValue {
    switch next {
    case UInt8(ascii: "{"): return .object(try members())
    case UInt8(ascii: "["): return .array(try elements())
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"):
      try take("true")
      return true
    case UInt8(ascii: "f"):
      try take("false")
      return false
    default: return .number(try number())
    }
  }

  private mutating func members() throws(JSONValue.Mistake) -> [String: JSONValue] {
    var members: [String: JSONValue] = [:]
    try take("{")
    while !isNext("}") {
      if !members.isEmpty { try take(",") }
      let key = try string()
      try take(":")
      if members.updateValue(try value(), forKey: key) != nil { throw mistake }
    }
    try take("}")
    return members
  }

  private mutating func elements() throws(JSONValue.Mistake) -> [JSONValue] {
    var elements: [JSONValue] = []
    try take("[")
    while !isNext("]") {
      if !elements.isEmpty { try take(",") }
      elements.append(try value())
    }
    try take("]")
    return elements
  }

  private mutating func number() throws(JSONValue.Mistake) -> UInt64 {
    let digits = bytes[offset...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard let number = UInt64(String(decoding: digits, as: UTF8.self)),
      digits.count == 1 || digits.first != UInt8(ascii: "0")
    else { throw mistake }
    offset += digits.count
    return number
  }

  private mutating func string() throws(JSONValue.Mistake) -> String {
    var content: [UInt8] = []
    try take("\"")
    while let byte = next, byte != UInt8(ascii: "\""), byte >= 0x20 {
      offset += 1
      if byte != UInt8(ascii: "\\") {
        content.append(byte)
      } else if isNext("u") {
        let digits = bytes[offset...].dropFirst().prefix(4)
        guard digits.count == 4, let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16),
          let scalar = Unicode.Scalar(code)
        else { throw mistake }
        content += Array("\(scalar)".utf8)
        offset += 5
      } else {
        guard let escaped = next, Array("\"\\/".utf8).contains(escaped) else { throw mistake }
        content.append(escaped)
        offset += 1
      }
    }
    try take("\"")
    guard let string = String(validating: content, as: UTF8.self) else { throw mistake }
    return string
  }
}
