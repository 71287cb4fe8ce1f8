// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// An IPv4 or IPv6 address, the kernel's `union nf_inet_addr`.
///
/// A literal can stand for one, `let server: Address = "10.1.0.11"`. Text that comes at run time goes through
/// ``init(_:)``, which answers nil where it is no address.
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
  public init?(_ text: some StringProtocol) {
    var words: (UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0)
    let family: AddressFamily? = unsafe String(text).withCString { text in
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

  /// Feeds family and words to a hasher.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(family)
    hasher.combine(words.0)
    hasher.combine(words.1)
    hasher.combine(words.2)
    hasher.combine(words.3)
  }
}

extension Address: ExpressibleByStringLiteral {
  /// An address that is written in the program. It is a mistake of the program, and ends it, if it is none.
  public init(stringLiteral text: String) {
    guard let address = Address(text) else { preconditionFailure("\"\(text)\" is no address") }
    self = address
  }
}

extension Address: CustomStringConvertible {
  /// The address as `inet_ntop(3)` writes it, without brackets.
  public var description: String {
    if family == .ipv4 { return dottedDecimal }
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    let bytes = self.bytes
    _ = unsafe inet_ntop(Int32(family.number), bytes, &text, socklen_t(text.count))
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

extension Address {
  /// The four bytes of an IPv4 address. Listings of large tables have tens of thousands of them, and for these
  /// the C library takes ten times as long.
  private var dottedDecimal: String {
    unsafe String(unsafeUninitializedCapacity: 15) { buffer in
      var count = 0
      for shift in [24, 16, 8, 0] as [UInt32] {
        let byte = UInt8(truncatingIfNeeded: words.0 >> shift)
        if shift != 24 {
          unsafe buffer[count] = UInt8(ascii: ".")
          count += 1
        }
        for divisor in [100, 10, 1] as [UInt8] where byte >= divisor || divisor == 1 {
          unsafe buffer[count] = UInt8(ascii: "0") + byte / divisor % 10
          count += 1
        }
      }
      return count
    }
  }

  /// `sizeof(union nf_inet_addr)`.
  static let byteCount = 16

  /// Sixteen bytes in network order, as the kernel takes and gives every address.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Address.byteCount)
    bytes.appendNative(words.0.bigEndian)
    bytes.appendNative(words.1.bigEndian)
    bytes.appendNative(words.2.bigEndian)
    bytes.appendNative(words.3.bigEndian)
    return bytes
  }
}
