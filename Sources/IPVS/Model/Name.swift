// SPDX-License-Identifier: Apache-2.0

/// A name in the kernel, of a scheduler, a persistence engine, an interface, a protocol or a state: up to 15 bytes,
/// none of them zero, in any encoding. `IP_VS_SCHEDNAME_MAXLEN`, `IP_VS_PENAME_MAXLEN`, `IP_VS_IFNAME_MAXLEN`.
///
/// It can be written as a literal, `let scheduler: Name = "wlc"`. For text at run time there is ``init(_:)``, which
/// returns nil if the text is too long.
public struct Name: Sendable, Hashable {
  /// The greatest number of bytes in a name.
  public static let limit = 15

  // The bytes from the lowest on, and zeros behind them.
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  /// An empty name.
  public init() {}

  /// A name from text; nil if it has more than 15 bytes, or a zero among them.
  public init?(_ text: some StringProtocol) { self.init(bytes: text.utf8) }

  /// A name from its bytes; nil if there are more than 15, or a zero among them.
  public init?(bytes: some Sequence<UInt8>) {
    var count = 0
    for byte in bytes {
      guard count < Self.limit, byte != 0 else { return nil }
      self[count] = byte
      count += 1
    }
  }

  /// How many bytes the name has.
  public var count: Int {
    let last = high != 0 ? high : low
    let used = (UInt64.bitWidth - last.leadingZeroBitCount + 7) / 8
    return high != 0 ? 8 + used : used
  }

  /// Whether the name has no bytes.
  public var isEmpty: Bool { low == 0 }

  /// A byte of the name, the first at 0; after the last one it is 0.
  public internal(set) subscript(index: Int) -> UInt8 {
    get {
      guard index < Self.limit else { return 0 }
      return UInt8(truncatingIfNeeded: (index < 8 ? low : high) >> (UInt64(index & 7) * 8))
    }
    set {
      let shift = UInt64(index & 7) * 8
      if index < 8 {
        low = low & ~(0xff << shift) | UInt64(newValue) << shift
      } else {
        high = high & ~(0xff << shift) | UInt64(newValue) << shift
      }
    }
  }

}

extension Name: ExpressibleByStringLiteral {
  /// A name from a literal in the program. One that is too long is a mistake that ends the program.
  public init(stringLiteral text: StaticString) {
    guard
      let name = unsafe Name(bytes: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    else { preconditionFailure("a name has at most 15 bytes") }
    self = name
  }
}

extension Name: CustomStringConvertible {
  /// The name as text. Bytes that are not UTF-8 are replaced.
  public var description: String { .written(by: append) }
}

extension Name: Printable {
  /// Appends the bytes as they are.
  package func append(to bytes: inout [UInt8]) {
    for index in 0..<count { bytes.append(self[index]) }
  }
}
