// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// Turns the words of a command line into a command. Nothing is looked up.
struct CommandParser {
  /// A command line that was not understood, and the names that were typed before the mistake. The reference
  /// resolves names as it goes, so a name that does not resolve is what it reports first.
  struct Failure: Error {
    let error: CommandError
    let names: [TypedName]
  }

  /// A service or a server that was typed by name.
  enum TypedName: Equatable {
    case service(TransportProtocol, HostPort)
    case server(HostPort, TransportProtocol)
  }

  let program: String
  var given: KindSet = []
  var names: [TypedName] = []
  var ipv6 = false

  var endpoint: (TransportProtocol, HostPort)?
  var mark: UInt32?
  var server: HostPort?
  var scheduler: String?
  var schedulerFlags = ""
  var engine: String?
  var persistence: UInt32?
  var netmask: String?
  var forwarding = Forwarding.direct
  var weight: Int32 = 1
  var upperThreshold: UInt32 = 0
  var lowerThreshold: UInt32 = 0
  var tunnelKind = TunnelKind.ipip
  var tunnelPort: UInt16 = 0
  var daemon = SyncDaemon(.master, interface: "eth0")
  var words: [String] = []

  /// Parses the words after the program's name; `program` is that name, for the one message that has it.
  static func parse(_ words: [String], program: String) throws(Failure) -> Command {
    var parser = CommandParser(program: program)
    do throws(CommandError) { return try parser.parse(words) } catch {
      throw Failure(error: error, names: parser.names)
    }
  }

  private init(program: String) { self.program = program }

  private mutating func parse(_ words: [String]) throws(CommandError) -> Command {
    if words.isEmpty { return .list(ListQuery()) }
    var popt = Popt(words)
    guard case .option(let first, let value)? = popt.next(), case .command(let verb) = first.role else {
      throw CommandError(
        "Try `\(program) -h' or '\(program) --help' for more information.", status: .refused)
    }
    switch verb {
    case .help: return .help
    case .version: return .version
    case .startDaemon, .stopDaemon: try takeRole(value ?? "", verb)
    default: break
    }
    while let event = popt.next() {
      switch event {
      case .error(let message): throw CommandError(message, status: .refused)
      case .option(let option, let value):
        switch option.role {
        case .command: throw CommandError("invalid option `\(popt.badOption)'")
        case .kind(let kind):
          guard given.insert(kind) else {
            throw CommandError("multiple '\(kind.name)' options specified")
          }
        case .free: break
        }
        try take(option.name, value ?? "", isGiven: value != nil)
      }
    }
    self.words = popt.words
    return try command(verb)
  }
}

// MARK: - Options

extension CommandParser {
  private mutating func take(_ name: Option.Name, _ value: String, isGiven: Bool) throws(CommandError) {
    switch name {
    case .tcpService: try takeService(.tcp, value)
    case .udpService: try takeService(.udp, value)
    case .sctpService: try takeService(.sctp, value)
    case .markService:
      mark = try number(value, 1 ... .max, or: "invalid fwmark value `\(value)' specified")
    case .ipv6:
      ipv6 = true
      if endpoint != nil { throw Self.ipv6WithoutMark }
    case .scheduler: scheduler = Self.kernelName(value)
    case .engine: engine = Self.kernelName(value)
    case .persistent:
      let timeout = isGiven ? value : "360"
      persistence = try number(timeout, 1...Self.month, or: "invalid timeout value `\(value)' specified")
    case .netmask:
      netmask = value
      _ = try Netmask(value, family ?? .ipv4)
    case .realServer: try takeServer(value)
    case .gatewaying: forwarding = .direct
    case .ipip: forwarding = .tunnel(.ipip)
    case .masquerading: forwarding = .masquerade
    case .tunnelType:
      guard let kind = TunnelKind(rawValue: value) else {
        throw CommandError("illegal tunnel type specified")
      }
      tunnelKind = kind
    case .tunnelPort: tunnelPort = try number(value, 1 ... .max, or: "illegal tunnel port specified")
    case .weight: weight = try number(value, 0 ... .max, or: "illegal weight specified")
    case .upperThreshold:
      upperThreshold = try number(value, Self.threshold, or: "illegal u_threshold specified")
    case .lowerThreshold:
      lowerThreshold = try number(value, Self.threshold, or: "illegal l_threshold specified")
    case .schedulerFlags: schedulerFlags = value
    case .syncID: daemon.syncID = try number(value, 0...255, or: "illegal syncid specified")
    case .maximumLength:
      daemon.maximumLength = try number(value, 1...65507, or: "illegal sync-maxlen specified")
    case .interface: daemon.interface = Self.kernelName(value)
    case .group: daemon.group = try Self.group(value)
    case .port: daemon.port = try number(value, 1 ... .max, or: "illegal mcast-port specified")
    case .ttl: daemon.ttl = try number(value, 1 ... .max, or: "illegal mcast-ttl specified")
    default: break
    }
  }

  static let month: UInt32 = 31 * 24 * 60 * 60
  private static let threshold: ClosedRange<UInt32> = 0...UInt32(Int32.max)
  static let ipv6WithoutMark = CommandError("-6 used before -f\n")

  /// A name as long as the kernel takes it. What is cut off makes it a name that the kernel does not know.
  private static func kernelName(_ text: String) -> String {
    var name = text
    while name.utf8.count > 15 { name.unicodeScalars.removeLast() }
    return name
  }

  /// The family of the service so far, unless it takes a look-up to know it.
  var family: AddressFamily? {
    if mark != nil { return ipv6 ? .ipv6 : nil }
    return endpoint?.1.family
  }

  func number<Value: FixedWidthInteger>(
    _ text: String, _ range: ClosedRange<Value>, or message: @autoclosure () -> String
  ) throws(CommandError) -> Value {
    guard let number = Value(decimal: text, in: range) else { throw CommandError(message()) }
    return number
  }

  private mutating func takeService(_ transport: TransportProtocol, _ text: String) throws(CommandError) {
    guard let host = HostPort(text) else { throw .illegalService.hinting(Hint.unread(text)) }
    if host.hasName { names.append(.service(transport, host)) }
    endpoint = (transport, host)
    if ipv6 { throw Self.ipv6WithoutMark }
  }

  private mutating func takeServer(_ text: String) throws(CommandError) {
    guard let host = HostPort(text) else { throw .illegalServer.hinting(Hint.unread(text)) }
    if host.hasName { names.append(.server(host, endpoint?.0 ?? .tcp)) }
    server = host
  }

  private mutating func takeRole(_ text: String, _ verb: Verb) throws(CommandError) {
    switch text {
    case "master": daemon.role = .master
    case "backup": daemon.role = .backup
    default:
      throw CommandError(
        verb == .startDaemon
          ? "illegal start-daemon parameter specified" : "illegal start_daemon specified")
    }
  }

  private static func group(_ text: String) throws(CommandError) -> Address {
    let family: AddressFamily = text.contains(":") ? .ipv6 : .ipv4
    guard let address = Address(text), address.family == family,
      address.words.0 >> (family == .ipv4 ? 28 : 24) == (family == .ipv4 ? 0xe : 0xff)
    else { throw CommandError("invalid \(family == .ipv4 ? "IPv4" : "IPv6") mcast-group `\(text)'") }
    return address
  }
}
