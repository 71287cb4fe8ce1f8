// SPDX-License-Identifier: Apache-2.0

internal import CLinux

/// A neighbour that was asked for its hardware address, and did not answer: `NUD_INCOMPLETE`, `NUD_FAILED`.
package struct SilentNeighbour {
  /// The interface by which it was asked.
  package let interface: Int32
  package let address: Address

  /// Decodes a `struct ndmsg` and the attributes behind it; nil for one that answers.
  init?(decoding bytes: RawSpan, header: Int, _ attributes: Range<Int>) throws(IPVSError.Reason) {
    guard let family = AddressFamily(number: UInt16(bytes.native(at: header, as: UInt8.self))),
      bytes.native(at: header + 8, as: UInt16.self) & UInt16(NUD_INCOMPLETE | NUD_FAILED) != 0
    else { return nil }
    interface = bytes.native(at: header + 4, as: Int32.self)
    var cursor = AttributeCursor(attributes)
    while let attribute = try cursor.next(in: bytes) {
      if attribute.type == Int(NDA_DST) {
        address = try bytes.address(attribute, family)
        return
      }
    }
    return nil
  }
}
