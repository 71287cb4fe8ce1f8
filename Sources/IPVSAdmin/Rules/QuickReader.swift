// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// Reads a rule straight from its bytes if it is as `--save` writes it, and declines every other line, which popt
/// then reads.
///
/// It reads a line in the same way as popt: a test checks that both make the same change of every rule that can be
/// written, and of rules with mistakes.
struct QuickReader {
  private var line: ByteCursor

  /// The change that a line of a text asks for, or nil if it is not as `--save` writes it.
  static func change(_ text: [UInt8], _ line: Range<Int>) -> Change? {
    text.withCursor(over: line) { line in
      var reader = QuickReader(line: line)
      if reader.line.take("-A ") { return reader.service().map { .addService($0) } }
      if reader.line.take("-a ") { return reader.destination() }
      return nil
    }
  }

  // MARK: - Rules

  private mutating func service() -> Service? {
    guard let id = id(), line.take(" -s "), let scheduler = name() else { return nil }
    var service = Service(id, scheduler: scheduler)
    if line.take(" -p ") {
      guard let timeout = line.decimal(1...Draft.month) else { return nil }
      service.settings.persistence = timeout
      if line.take(" -M ") {
        guard let mask = mask(id.family) else { return nil }
        service.settings.netmask = mask
      }
    }
    if line.take(" --pe ") {
      guard let engine = name() else { return nil }
      service.settings.engine = engine
    }
    if line.take(" -o") { service.settings.flags = .onePacket }
    // Flags, which are rare, and a port that only persistence or another protocol allows.
    guard line.isAtEnd else { return nil }
    if let endpoint = id.endpoint {
      if endpoint.port == 0, service.settings.persistence == nil { return nil }
      if service.settings.flags.contains(.onePacket), id.transport != .udp { return nil }
    }
    return service
  }

  private mutating func destination() -> Change? {
    guard let id = id(), line.take(" -r "), var endpoint = endpoint(), line.take(" -") else { return nil }
    var settings = Destination.Settings()
    if line.take("m") {
      settings.forwarding = .masquerade
    } else if line.take("i") {
      settings.forwarding = .tunnel(.ipip)
    } else if !line.take("g") {
      return nil
    }
    guard line.take(" -w "), let weight = line.decimal(0...UInt32(Int32.max)) else { return nil }
    settings.weight = Int32(weight)
    // The type of a tunnel, if it is not the default.
    if settings.forwarding == .tunnel(.ipip), !line.take(" --tun-type ipip") { return nil }
    if line.take(" -x ") {
      guard let threshold = line.decimal(Draft.threshold) else { return nil }
      settings.upperThreshold = threshold
    }
    if line.take(" -y ") {
      guard let threshold = line.decimal(Draft.threshold) else { return nil }
      settings.lowerThreshold = threshold
    }
    guard line.isAtEnd else { return nil }
    if settings.forwarding != .tunnel(.ipip), id.family != endpoint.address.family { return nil }
    if let virtual = id.endpoint, settings.forwarding != .masquerade { endpoint.port = virtual.port }
    return .addDestination(Destination(endpoint, settings), to: id)
  }

  private mutating func id() -> Service.ID? {
    if line.take("-t ") { return endpoint().map { .endpoint(.tcp, $0) } }
    if line.take("-u ") { return endpoint().map { .endpoint(.udp, $0) } }
    if line.take("--sctp-service ") { return endpoint().map { .endpoint(.sctp, $0) } }
    guard line.take("-f "), let mark = line.decimal(1...UInt32.max) else { return nil }
    return .mark(mark, line.take(" -6") ? .ipv6 : .ipv4)
  }

  // MARK: - Values

  private mutating func endpoint() -> Endpoint? {
    let address: Address?
    if line.take("[") {
      address = Address(bytes: line.take { $0 != UInt8(ascii: "]") }.rest[...])
      guard address?.family == .ipv6, line.take("]") else { return nil }
    } else {
      address = ipv4()
    }
    guard let address, line.take(":"), let port = line.decimal(0...UInt32(UInt16.max)) else { return nil }
    return Endpoint(address, port: UInt16(port))
  }

  private mutating func ipv4() -> Address? {
    var bits: UInt32 = 0
    for part in 0..<4 {
      if part > 0, !line.take(".") { return nil }
      guard let byte = line.decimal(0...255) else { return nil }
      bits = bits << 8 | byte
    }
    return Address(ipv4: bits)
  }

  private mutating func mask(_ family: AddressFamily) -> Netmask? {
    switch family {
    case .ipv4: ipv4().map { Netmask($0.words.0, .ipv4) }
    case .ipv6: line.decimal(1...128).map { Netmask($0, .ipv6) }
    }
  }

  /// A name that ends with its word.
  private mutating func name() -> Name? {
    let word = line.take(while: Self.isInNames)
    guard !word.isAtEnd, line.isAtEnd || line.byte == UInt8(ascii: " "), let name = Name(word) else {
      return nil
    }
    // The reader of words drops this word wherever it stands.
    return name == Self.program ? nil : name
  }

  private static let program: Name = "ipvsadm"

  private static func isInNames(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
