// SPDX-License-Identifier: Apache-2.0

extension ByteCursor {
  /// Whether a field ends here.
  private var isAtBlank: Bool { isAtEnd || byte == UInt8(ascii: " ") }

  /// Takes a field that is a number in decimal.
  mutating func decimalField(_ range: ClosedRange<UInt32> = 0 ... .max) -> UInt32? {
    skipBlanks()
    guard let number = decimal(range), isAtBlank else { return nil }
    return number
  }

  /// Takes a field that is a number of eight hex digits.
  mutating func hexField() -> UInt32? {
    skipBlanks()
    guard let number = hex(digits: 8), isAtBlank else { return nil }
    return number
  }

  /// Takes a field that is a number of up to sixteen hex digits.
  mutating func longHexField() -> UInt64? {
    skipBlanks()
    var number: UInt64 = 0
    var count = 0
    while !isAtBlank {
      guard count < 16, let digit = hex(digits: 1) else { return nil }
      number = number << 4 | UInt64(digit)
      count += 1
    }
    return count > 0 ? number : nil
  }

  /// Takes an address and a port, with a text between them: `0A000064:0050`, or eight groups of IPv6, perhaps in
  /// brackets.
  mutating func endpointField(_ separator: StaticString) -> Endpoint? {
    skipBlanks()
    let isBracketed = take("[")
    guard let address = hexAddress(), !isBracketed || take("]"), take(separator), let port = hex(digits: 4),
      isAtBlank
    else { return nil }
    return Endpoint(address, port: UInt16(port))
  }

  private mutating func hexAddress() -> Address? {
    guard let first = hex(digits: 4) else { return nil }
    if byte != UInt8(ascii: ":") { return hex(digits: 4).map { Address(ipv4: first << 16 | $0) } }
    var words: InlineArray<4, UInt32> = [first, 0, 0, 0]
    for group in 1..<8 {
      guard take(":"), let bits = hex(digits: 4) else { return nil }
      words[group / 2] = words[group / 2] << 16 | bits
    }
    return Address(ipv6: (words[0], words[1], words[2], words[3]))
  }
}
