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
  var apply = ApplyOptions()
  var doctor = DoctorOptions()
  /// Whether an edit leaves what is not given as it is.
  var isKeeping = false
  var daemon = SyncDaemon(.master, interface: "eth0")
  /// The network namespace that the program enters, if it is not its own.
  var namespace: Text?
  /// The words that are not options.
  var words: [Text] = []
  /// The whole command line, for an edit that is made of it and of the present settings.
  var typed: [Text] = []
  /// Whether the settings were in effect before the options changed them.
  private(set) var isRevision = false
  private(set) var oldTunnel: Tunnel?

  init() {}

  /// A draft of an edit that leaves what is not given as it is.
  init(revising settings: Service.Settings) {
    service = settings
    isRevision = true
  }

  /// A draft of an edit that leaves what is not given as it is.
  init(revising settings: Destination.Settings) {
    destination = settings
    isRevision = true
    guard case .tunnel(let tunnel) = settings.forwarding else { return }
    oldTunnel = tunnel
    switch tunnel {
    case .gue(let port, let sum): (tunnelKind, tunnelPort, checksum) = (.gue, port, sum)
    case .gre(let sum): (tunnelKind, checksum) = (.gre, sum)
    case .ipip, .other: break
    }
  }
}

// MARK: - Taking values

extension Draft {
  static let day: UInt32 = 24 * 60 * 60
  static let month: UInt32 = 31 * day
  static let threshold: ClosedRange<UInt32> = 0...UInt32(Int32.max)

  /// A number in a range.
  static func number<Value: FixedWidthInteger>(
    _ text: Text, _ range: ClosedRange<Value>, or misuse: @autoclosure () -> Misuse
  ) throws(Misuse) -> Value {
    guard let number = Value(decimal: text, in: range) else { throw misuse() }
    return number
  }

  /// A time that a change takes, a month at most.
  static func seconds(_ text: Text, _ value: Misuse.Value) throws(Misuse) -> UInt32 {
    try number(text, 0...month, or: .value(value))
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

  mutating func take(client text: Text) throws(Misuse) {
    guard let prefix = HostPrefix(text) else { throw .value(.client) }
    query.selection.client = prefix
  }

  mutating func take(virtual text: Text) throws(Misuse) {
    guard let address = Address(bytes: text.bytes[...]) else { throw .value(.virtual) }
    doctor.virtual = address
  }

  /// A state's name, in any letters.
  mutating func take(state text: Text) throws(Misuse) {
    guard
      let name = Name(
        bytes: text.bytes.map { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) ? $0 & ~0x20 : $0 }),
      Connection.states.contains(name)
    else {
      throw .state(text)
    }
    query.selection.state = name
  }

  mutating func take(countSubject text: Text) throws(Misuse) {
    guard let subject = CountSubject.allCases.first(where: { text == Text(stringLiteral: $0.name) }) else {
      throw .countSubject(text)
    }
    query.countSubject = subject
  }

  mutating func take(tunnelType text: Text) throws(Misuse) {
    guard let kind = TunnelKind.allCases.first(where: { text == Text(stringLiteral: $0.name) }) else {
      throw .value(.tunnelType)
    }
    tunnelKind = kind
  }

  mutating func take(role text: Text, or misuse: Misuse.Value) throws(Misuse) {
    guard let role = SyncDaemon.Role.allCases.first(where: { text == Text(stringLiteral: $0.name) }) else {
      throw .value(misuse)
    }
    daemon.role = role
  }

  mutating func take(group text: Text) throws(Misuse) {
    let family: AddressFamily = text.bytes.contains(UInt8(ascii: ":")) ? .ipv6 : .ipv4
    guard let address = Address(bytes: text.bytes[...]), address.family == family,
      address.words.0 >> (family == .ipv4 ? 28 : 24) == (family == .ipv4 ? 0xe : 0xff)
    else { throw .group(text, family) }
    daemon.group = address
  }
}
