// SPDX-License-Identifier: Apache-2.0

extension Connection {
  /// The entry in a line of `/proc/net/ip_vs_conn`:
  /// `PRO FromIP FPrt ToIP TPrt DestIP DPrt State Expires [PEName PEData]`, numbers in hex but for the last.
  init(line: ArraySlice<UInt8>) throws(NetlinkError) {
    let fields = line.split(separator: UInt8(ascii: " "), maxSplits: 10)
    guard fields.count >= 9, let client = Endpoint(hex: fields[1], fields[2]),
      let virtual = Endpoint(hex: fields[3], fields[4]),
      let destination = Endpoint(hex: fields[5], fields[6]),
      let expires = UInt32(String(decoding: fields[8], as: UTF8.self))
    else { throw .malformed("connection `\(String(decoding: line, as: UTF8.self))'") }
    self.init(
      protocolName: String(decoding: fields[0], as: UTF8.self), client: client, virtual: virtual,
      destination: destination, state: String(decoding: fields[7], as: UTF8.self), expires: expires)
    if fields.count > 9 {
      let data = fields.count > 10 ? fields[10] : []
      engine = Engine(
        name: String(decoding: fields[9], as: UTF8.self), data: String(decoding: data, as: UTF8.self))
    }
  }
}

extension Endpoint {
  /// An address of eight hex digits, or of eight groups of four with colons, and a port of four.
  fileprivate init?(hex address: ArraySlice<UInt8>, _ port: ArraySlice<UInt8>) {
    guard port.count == 4, let number = UInt16(hex: port) else { return nil }
    let groups = address.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    if groups.count == 1 {
      guard address.count == 8, let bits = UInt32(hex: address) else { return nil }
      self.init(Address(ipv4: bits), port: number)
    } else {
      let values = groups.compactMap { $0.count == 4 ? UInt32(hex: $0) : nil }
      guard values.count == 8, groups.count == 8 else { return nil }
      self.init(
        Address(
          ipv6: (
            values[0] << 16 | values[1], values[2] << 16 | values[3], values[4] << 16 | values[5],
            values[6] << 16 | values[7]
          )), port: number)
    }
  }
}

extension FixedWidthInteger {
  /// The number that hex digits say, or nil. The caller has checked that they fit.
  fileprivate init?(hex digits: ArraySlice<UInt8>) {
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
