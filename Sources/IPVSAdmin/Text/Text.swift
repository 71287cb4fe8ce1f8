// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import IPVS

/// Bytes that are text, in any encoding: words that were typed, names that were found, lines to be printed.
struct Text: Sendable, Hashable {
  var bytes: [UInt8] = []

  init() {}

  init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

  /// The text that a C string holds.
  init(cString: UnsafePointer<CChar>) {
    let count = unsafe strlen(cString)
    unsafe bytes.append(count: count) { _ = unsafe memcpy($0, cString, count) }
  }

  var isEmpty: Bool { bytes.isEmpty }

  /// Calls `body` with the text as a C string, which ends at the first zero.
  func withCString<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
    unsafe bytes.withCString(body)
  }
}

// MARK: - Writing

extension Text {
  /// Appends what is written in the program.
  mutating func add(_ text: StaticString) {
    unsafe bytes.append(count: text.utf8CodeUnitCount) {
      _ = unsafe memcpy($0, text.utf8Start, text.utf8CodeUnitCount)
    }
  }

  /// Appends as it is.
  mutating func append(_ text: Text) { bytes += text.bytes }

  /// Appends a value's text.
  mutating func append(_ value: some Printable) { value.append(to: &bytes) }

  /// Appends a number in decimal.
  mutating func append(_ number: some FixedWidthInteger) { bytes.append(decimal: number) }

  /// Appends texts with something between them.
  mutating func add(_ texts: [StaticString], between: StaticString) {
    add(texts.map { Text(stringLiteral: $0) }[...], between: between)
  }

  /// Appends texts with something between them.
  mutating func add(_ texts: ArraySlice<Text>, between: StaticString) {
    for (index, text) in texts.enumerated() {
      if index > 0 { add(between) }
      append(text)
    }
  }

  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }
}

extension Text: ExpressibleByStringInterpolation {
  @inline(never) init(stringLiteral text: StaticString) { add(text) }

  init(stringInterpolation: StringInterpolation) { self = stringInterpolation.text }

  // Nothing of this is inlined: there are many messages, and none is on a way where it counts.
  struct StringInterpolation: StringInterpolationProtocol {
    var text = Text()

    init(literalCapacity: Int, interpolationCount: Int) { text.bytes.reserveCapacity(literalCapacity) }

    @inline(never) mutating func appendLiteral(_ literal: StaticString) { text.add(literal) }
    @inline(never) mutating func appendInterpolation(_ value: StaticString) { text.add(value) }
    @inline(never) mutating func appendInterpolation(_ value: Text) { text.append(value) }
    @inline(never) mutating func appendInterpolation(_ value: some Printable) { text.append(value) }
    @inline(never) mutating func appendInterpolation(_ value: some FixedWidthInteger) { text.append(value) }
  }
}
