// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// `ADDRESS[/LENGTH]` as it was typed: one host, or all addresses that begin with the same bits.
struct HostPrefix: Equatable {
  let host: HostPort.Host
  /// How many bits count, or nil for all.
  let length: UInt8?

  /// Reads `10.0.0.1`, `10.0.0.0/8`, `10/8`, `2001:db8::/32`, `[2001:db8::1]`, `name` and the like, or returns nil.
  /// Bits after the length may be set; they do not count.
  init?(_ text: Text) {
    let parts = text.bytes.split(
      separator: UInt8(ascii: "/"), maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count > 1 {
      guard let number = UInt8(decimal: parts[1]) else { return nil }
      length = number
    } else {
      length = nil
    }
    // 10.1 is 10.0.0.1 to some programs and 10.1.0.0 to others. With a length it can only be the latter.
    if let address = Address(bytes: parts[0].withoutBrackets)
      ?? (length == nil ? nil : Address(leadingParts: parts[0]))
    {
      guard length ?? 0 <= address.family.bitCount else { return nil }
      host = .address(address)
    } else {
      guard case .name(let name)? = HostPort.Host(parts[0]) else { return nil }
      host = .name(name)
    }
  }
}

extension AddressFamily {
  /// How many bits an address has.
  var bitCount: UInt8 { self == .ipv4 ? 32 : 128 }
}

extension Address {
  /// An IPv4 address that may lack its last parts, which are then zero.
  fileprivate init?(leadingParts bytes: ArraySlice<UInt8>) {
    var whole = Text(bytes)
    let dots = bytes.count { $0 == UInt8(ascii: ".") }
    for _ in 0..<max(0, 3 - dots) { whole.add(".0") }
    self.init(bytes: whole.bytes[...])
  }
}

extension ArraySlice<UInt8> {
  /// The bytes inside of brackets, if they are around all of them.
  fileprivate var withoutBrackets: ArraySlice<UInt8> {
    first == UInt8(ascii: "[") && last == UInt8(ascii: "]") && contains(UInt8(ascii: ":"))
      ? dropFirst().dropLast() : self
  }
}
