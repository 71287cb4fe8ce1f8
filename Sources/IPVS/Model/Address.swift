// SPDX-License-Identifier: Apache-2.0

internal import CLinux

/// An IPv4 or IPv6 address, the kernel's `union nf_inet_addr`.
///
/// It can be written as a literal, `let server: Address = "10.1.0.11"`. For text at run time there is ``init(_:)``,
/// which returns nil if the text is not an address.
public struct Address: Sendable, Hashable {
  /// The family that the address belongs to.
  public let family: AddressFamily

  /// The address as four words of 32 bits, the most significant first. An IPv4 address is the first word,
  /// and the others are zero.
  public let words: (UInt32, UInt32, UInt32, UInt32)

  /// An IPv4 address from its 32 bits: `0x7f000001` is 127.0.0.1.
  public init(ipv4 bits: UInt32) {
    family = .ipv4
    words = (bits, 0, 0, 0)
  }

  /// An IPv6 address from its four words, the most significant first.
  public init(ipv6 words: (UInt32, UInt32, UInt32, UInt32)) {
    family = .ipv6
    self.words = words
  }

  /// An address from its usual text: dotted decimal with four parts, or IPv6 without brackets and scope.
  /// `inet_pton(3)`.
  public init?(_ text: some StringProtocol) { self.init(bytes: Array(text.utf8)[...]) }

  /// An address from the bytes of its usual text.
  package init?(bytes: ArraySlice<UInt8>) {
    // No address has more characters than this, and a zero among them would end the text early.
    guard bytes.count < Int(INET6_ADDRSTRLEN), !bytes.contains(0) else { return nil }
    let text = bytes + [0]
    var words: (UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0)
    let family: AddressFamily? = unsafe text.withUnsafeBytes { text in
      let text = unsafe text.assumingMemoryBound(to: CChar.self).baseAddress.unsafelyUnwrapped
      if unsafe inet_pton(AF_INET, text, &words) == 1 { return .ipv4 }
      return unsafe inet_pton(AF_INET6, text, &words) == 1 ? .ipv6 : nil
    }
    switch family {
    case .ipv4: self.init(ipv4: words.0.bigEndian)
    case .ipv6:
      self.init(ipv6: (words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian))
    case nil: return nil
    }
  }

  /// Whether two addresses are the same, family included: `::` is not `0.0.0.0`.
  public static func == (left: Address, right: Address) -> Bool {
    left.family == right.family && left.words == right.words
  }

  /// Feeds the address to a hasher.
  public func hash(into hasher: inout Hasher) { hash(into: &hasher, with: 0) }

  /// Feeds the address and a number to a hasher, in as few steps as possible: tables have many addresses.
  func hash(into hasher: inout Hasher, with number: UInt32) {
    hasher.combine(UInt64(words.0) << 32 | UInt64(number))
    if family == .ipv4 { return }
    hasher.combine(UInt64(words.1) << 32 | UInt64(words.2))
    hasher.combine(words.3)
  }
}

extension Address: ExpressibleByStringLiteral {
  /// An address from a literal in the program. Any other text is a mistake that ends the program.
  public init(stringLiteral text: StaticString) {
    guard let address = Address(bytes: text.bytes[...]) else { preconditionFailure("not an address") }
    self = address
  }
}

extension Address: CustomStringConvertible {
  /// The address as `inet_ntop(3)` writes it, without brackets.
  public var description: String { .written(by: append) }
}

extension Address: Printable {
  /// Appends the address as `inet_ntop(3)` writes it.
  package func append(to bytes: inout [UInt8]) {
    switch family {
    case .ipv4:
      // Listings of large tables have tens of thousands of these, and the C library takes ten times as long.
      bytes.append(addingCapacity: Int(INET_ADDRSTRLEN)) { text in
        var shift: UInt32 = 32
        while shift > 0 {
          shift -= 8
          let part = words.0 >> shift & 0xff
          if part >= 100 { text.append(UInt8(ascii: "0") + UInt8(part / 100)) }
          if part >= 10 { text.append(UInt8(ascii: "0") + UInt8(part / 10 % 10)) }
          text.append(UInt8(ascii: "0") + UInt8(part % 10))
          if shift > 0 { text.append(UInt8(ascii: ".")) }
        }
      }
    case .ipv6:
      var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
      var words = (words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian)
      _ = unsafe inet_ntop(AF_INET6, &words, &text, socklen_t(text.count))
      for character in text {
        if character == 0 { return }
        bytes.append(UInt8(bitPattern: character))
      }
    }
  }
}

extension Address {
  /// `sizeof(union nf_inet_addr)`.
  static let byteCount = 16

  /// Sixteen bytes in network order, as the kernel takes and gives every address.
  var networkOrder: (UInt32, UInt32, UInt32, UInt32) {
    (words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian)
  }
}
