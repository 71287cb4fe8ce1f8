// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// What a command line says so far: the options fill it in, and the command is made from it.
struct Draft {
  var given = KindSet()

  var ipv6 = false
  var endpoint: (TransportProtocol, HostPort)?
  var mark: UInt32?
  var service = Service.Settings()
  var schedulerFlags = Text()
  /// As typed: what it means depends on the service's family.
  var netmask: Text?

  var server: HostPort?
  var destination = Destination.Settings()
  var tunnelKind = TunnelKind.ipip
  var tunnelPort: UInt16 = 0
  var checksum = Tunnel.Checksum.none

  var query = ListQuery()
  var daemon = SyncDaemon(.master, interface: "eth0")
  /// The words that are not options.
  var words: [Text] = []
}

// MARK: - Taking values

extension Draft {
  static let month: UInt32 = 31 * 24 * 60 * 60
  static let threshold: ClosedRange<UInt32> = 0...UInt32(Int32.max)

  /// A number in a range.
  static func number<Value: FixedWidthInteger>(
    _ text: Text, _ range: ClosedRange<Value>, or misuse: @autoclosure () -> Misuse
  ) throws(Misuse) -> Value {
    guard let number = Value(decimal: text, in: range) else { throw misuse() }
    return number
  }

  /// A name, cut at the length that the kernel accepts. The kernel knows no name that long, so a cut name stays
  /// unknown.
  static func kernelName(_ text: Text) -> Name { Name(bytes: text.bytes.prefix(Name.limit)) ?? Name() }

  mutating func take(service transport: TransportProtocol, _ text: Text) throws(Misuse) {
    guard let host = HostPort(text) else { throw .service(text) }
    endpoint = (transport, host)
    if ipv6 { throw .ipv6WithoutMark }
  }

  mutating func takeIPv6() throws(Misuse) {
    ipv6 = true
    if endpoint != nil { throw .ipv6WithoutMark }
  }

  mutating func take(server text: Text) throws(Misuse) {
    guard let host = HostPort(text) else { throw .destination(text) }
    server = host
  }

  mutating func take(tunnelType text: Text) throws(Misuse) {
    guard let kind = TunnelKind.allCases.first(where: { text == Text(stringLiteral: $0.name) }) else {
      throw .value(.tunnelType)
    }
    tunnelKind = kind
  }

  mutating func take(role text: Text, or misuse: Misuse.Value) throws(Misuse) {
    switch text {
    case "master": daemon.role = .master
    case "backup": daemon.role = .backup
    default: throw .value(misuse)
    }
  }

  mutating func take(group text: Text) throws(Misuse) {
    let family: AddressFamily = text.bytes.contains(UInt8(ascii: ":")) ? .ipv6 : .ipv4
    guard let address = Address(bytes: text.bytes[...]), address.family == family,
      address.words.0 >> (family == .ipv4 ? 28 : 24) == (family == .ipv4 ? 0xe : 0xff)
    else { throw .group(text, family) }
    daemon.group = address
  }
}
