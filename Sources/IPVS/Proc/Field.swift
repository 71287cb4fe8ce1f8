// SPDX-License-Identifier: Apache-2.0

extension ArraySlice<UInt8> {
  /// Takes off the blanks at the start and what follows them up to the next blank.
  mutating func field() -> ArraySlice<UInt8> {
    let blank = UInt8(ascii: " ")
    let start = firstIndex { $0 != blank } ?? endIndex
    let end = self[start...].firstIndex(of: blank) ?? endIndex
    defer { self = self[end...] }
    return self[start..<end]
  }
}

extension Endpoint {
  /// An address of eight hex digits, or of eight groups of four with colons, and a port of four.
  init?(hex address: ArraySlice<UInt8>, _ port: ArraySlice<UInt8>) {
    guard port.count == 4, let number = UInt16(hex: port) else { return nil }
    if address.count == 8 {
      guard let bits = UInt32(hex: address) else { return nil }
      self.init(Address(ipv4: bits), port: number)
      return
    }
    guard address.count == 39 else { return nil }
    var words: InlineArray<4, UInt32> = .init(repeating: 0)
    for group in 0..<8 {
      let start = address.startIndex + 5 * group
      guard let bits = UInt32(hex: address[start..<start + 4]),
        group == 7 || address[start + 4] == UInt8(ascii: ":")
      else { return nil }
      words[group / 2] = words[group / 2] << 16 | bits
    }
    self.init(Address(ipv6: (words[0], words[1], words[2], words[3])), port: number)
  }
}

extension FixedWidthInteger {
  /// The number that the hex digits stand for, or nil. The caller has checked that they fit.
  init?(hex digits: ArraySlice<UInt8>) {
    var value: Self = 0
    for digit in digits {
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | Self(digit - UInt8(ascii: "0"))
      case UInt8(ascii: "A")...UInt8(ascii: "F"): value = value << 4 | Self(digit - UInt8(ascii: "A") + 10)
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | Self(digit - UInt8(ascii: "a") + 10)
      default: return nil
      }
    }
    self = value
  }
}
