// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// Reads a rule straight from its bytes if it is as `--save` writes it, and declines every other line, which popt
/// then reads.
///
/// It reads a line in the same way as popt: a test checks that both make the same change of every rule that can be
/// written, and of rules with mistakes.
struct QuickReader {
  private let bytes: [UInt8]
  private var position: Int
  private let end: Int

  /// A reader of a line, which is a part of a text.
  private init(_ bytes: [UInt8], _ line: Range<Int>) {
    self.bytes = bytes
    position = line.lowerBound
    end = line.upperBound
  }

  /// The change that a line asks for, or nil if it is not as `--save` writes it.
  static func change(_ bytes: [UInt8], _ line: Range<Int>) -> Change? {
    var reader = QuickReader(bytes, line)
    guard reader.take("-") else { return nil }
    if reader.take("A ") { return reader.service().map { .addService($0) } }
    if reader.take("a ") { return reader.destination() }
    return nil
  }

  // MARK: - Rules

  private mutating func service() -> Service? {
    guard let id = id(), take(" -s "), let scheduler = name() else { return nil }
    var service = Service(id, scheduler: scheduler)
    if take(" -p ") {
      guard let timeout = number(1...Draft.month) else { return nil }
      service.settings.persistence = timeout
      if take(" -M ") {
        guard let mask = mask(id.family) else { return nil }
        service.settings.netmask = mask
      }
    }
    if take(" --pe ") {
      guard let engine = name() else { return nil }
      service.settings.engine = engine
    }
    if take(" -o") { service.settings.flags = .onePacket }
    // Flags, which are rare, and a port that only persistence or another protocol allows.
    guard position == end else { return nil }
    if let endpoint = id.endpoint {
      if endpoint.port == 0, service.settings.persistence == nil { return nil }
      if service.settings.flags.contains(.onePacket), id.transport != .udp { return nil }
    }
    return service
  }

  private mutating func destination() -> Change? {
    guard let id = id(), take(" -r "), var endpoint = endpoint(), take(" -") else { return nil }
    var settings = Destination.Settings()
    switch next() {
    case UInt8(ascii: "m"): settings.forwarding = .masquerade
    case UInt8(ascii: "g"): settings.forwarding = .direct
    case UInt8(ascii: "i"): settings.forwarding = .tunnel(.ipip)
    default: return nil
    }
    guard take(" -w "), let weight = number(0...UInt32(Int32.max)) else { return nil }
    settings.weight = Int32(weight)
    // The type of a tunnel, if it is not the default.
    if settings.forwarding == .tunnel(.ipip), !take(" --tun-type ipip") { return nil }
    if take(" -x ") {
      guard let threshold = number(Draft.threshold) else { return nil }
      settings.upperThreshold = threshold
    }
    if take(" -y ") {
      guard let threshold = number(Draft.threshold) else { return nil }
      settings.lowerThreshold = threshold
    }
    guard position == end else { return nil }
    if settings.forwarding != .tunnel(.ipip), id.family != endpoint.address.family { return nil }
    if let virtual = id.endpoint, settings.forwarding != .masquerade { endpoint.port = virtual.port }
    return .addDestination(Destination(endpoint, settings), to: id)
  }

  private mutating func id() -> Service.ID? {
    if take("-t ") { return endpoint().map { .endpoint(.tcp, $0) } }
    if take("-u ") { return endpoint().map { .endpoint(.udp, $0) } }
    if take("--sctp-service ") { return endpoint().map { .endpoint(.sctp, $0) } }
    guard take("-f "), let mark = number(1...UInt32.max) else { return nil }
    return .mark(mark, take(" -6") ? .ipv6 : .ipv4)
  }

  // MARK: - Values

  private mutating func endpoint() -> Endpoint? {
    let address: Address?
    if take("[") {
      let start = position
      while position < end, bytes[position] != UInt8(ascii: "]") { position += 1 }
      address = Address(bytes: bytes[start..<position])
      guard address?.family == .ipv6, take("]") else { return nil }
    } else {
      address = ipv4()
    }
    guard let address, take(":"), let port = number(0...UInt32(UInt16.max)) else { return nil }
    return Endpoint(address, port: UInt16(port))
  }

  private mutating func ipv4() -> Address? {
    var bits: UInt32 = 0
    for part in 0..<4 {
      if part > 0, !take(".") { return nil }
      guard let byte = number(0...255) else { return nil }
      bits = bits << 8 | byte
    }
    return Address(ipv4: bits)
  }

  private mutating func mask(_ family: AddressFamily) -> Netmask? {
    switch family {
    case .ipv4: ipv4().map { Netmask($0.words.0, .ipv4) }
    case .ipv6: number(1...128).map { Netmask($0, .ipv6) }
    }
  }

  /// A name that ends with its word.
  private mutating func name() -> Name? {
    let start = position
    while position < end, Self.isInNames(bytes[position]) { position += 1 }
    guard position > start, position == end || bytes[position] == UInt8(ascii: " "),
      let name = Name(bytes: bytes[start..<position])
    else { return nil }
    // The reader of words drops this word wherever it stands.
    return name == "ipvsadm" ? nil : name
  }

  private static func isInNames(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  /// A number without a sign, and without zeros before it, which mean another base in an address.
  private mutating func number(_ range: ClosedRange<UInt32>) -> UInt32? {
    let start = position
    var value: UInt64 = 0
    while position < end, case let digit = bytes[position] &- UInt8(ascii: "0"), digit < 10 {
      value = value * 10 + UInt64(digit)
      position += 1
      if position - start > 10 { return nil }
    }
    guard position > start, position - start == 1 || bytes[start] != UInt8(ascii: "0") else { return nil }
    guard value <= UInt64(range.upperBound), value >= UInt64(range.lowerBound) else { return nil }
    return UInt32(value)
  }

  private mutating func next() -> UInt8 {
    guard position < end else { return 0 }
    position += 1
    return bytes[position - 1]
  }

  /// Takes a text if it comes next.
  private mutating func take(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard position + count <= end else { return false }
    for index in 0..<count where unsafe bytes[position + index] != text.utf8Start[index] { return false }
    position += count
    return true
  }
}
