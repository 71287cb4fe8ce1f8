// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// What the doctor looks at, and what it has found so far. It changes nothing.
struct Examination: ~Copyable {
  /// The services that it is about.
  var entries: [Table.Entry] = []
  /// All services.
  var table = Table()
  /// The interfaces of this machine.
  let interfaces: [Interface]
  private var routes: RouteSocket
  /// What the connections show.
  var evidence = Evidence()
  /// The rules of the firewall, if marks or NAT depend on them.
  var firewall: FirewallRules?

  private(set) var findings: [Finding] = []
  /// What something is wrong with.
  private var wrong: Set<Text> = []
  /// What was found, so that nothing is said twice.
  private var known: Set<[Text]> = []
  /// What it could not see.
  var unseen: [Text] = []
  /// Why the kernel did not answer a question, if that happened: then what was found may be wrong.
  private(set) var failure: IPVSError.Reason?

  /// Whether it also remembers what is right.
  private let isVerbose: Bool

  init(isVerbose: Bool) throws(IPVSError.Reason) {
    self.isVerbose = isVerbose
    var socket = try RouteSocket()
    interfaces = try socket.interfaces()
    routes = socket
  }

  /// Adds a finding, unless it is there already.
  mutating func add(_ finding: Finding) {
    if known.insert([finding.subject, finding.problem]).inserted { findings.append(finding) }
    wrong.insert(finding.subject)
    if let service = finding.subject.service { wrong.insert(service) }
  }

  /// Adds what is wrong.
  mutating func find(
    _ level: Finding.Level, _ check: StaticString, _ subject: Text, _ problem: Text, _ effect: Text,
    _ command: Text, on host: Address? = nil
  ) {
    add(
      Finding(
        level: level, check: check, subject: subject, problem: problem, effect: effect, command: command,
        host: host))
  }

  /// Adds that something is right.
  mutating func approve(_ check: StaticString, _ subject: Text, _ text: Text) {
    if !isVerbose { return }
    findings.append(Finding(level: .ok, check: check, subject: subject, problem: text))
  }

  /// Whether nothing is wrong with a subject; of a service, nor with its servers.
  func isFine(_ subject: Text) -> Bool { !wrong.contains(subject) }

  // MARK: - The machine

  /// The answer to a question, or nil if the kernel does not answer, which is remembered.
  private mutating func answer<Answer>(
    _ question: (inout RouteSocket) throws(IPVSError.Reason) -> Answer
  ) -> Answer? {
    do { return try question(&routes) } catch {
      failure = error
      return nil
    }
  }

  /// The route of packets, or nil if there is none.
  mutating func route(_ query: RouteQuery) -> Route? {
    answer { (socket) throws(IPVSError.Reason) in try socket.route(query) } ?? nil
  }

  private mutating func allRoutes() -> [Route] {
    answer { (socket) throws(IPVSError.Reason) in try socket.routes() } ?? []
  }

  /// The routes for addresses that have none of their own.
  mutating func defaultRoutes() -> [Route] { allRoutes().filter { $0.isDefault } }

  /// Whether packets for an address are for this machine, also if that depends on where they come from.
  mutating func isOwn(_ address: Address) -> Bool {
    if route(RouteQuery(to: address))?.isLocal == true { return true }
    return allRoutes().contains { $0.isLocal && $0.isFor(address) }
  }

  /// Whether nobody answers for the hardware address of a neighbour.
  mutating func isSilent(_ address: Address, on interface: Int32) -> Bool {
    let silent = answer { (socket) throws(IPVSError.Reason) in try socket.silentNeighbours() } ?? []
    return silent.contains { $0.address == address && $0.interface == interface }
  }

  /// Whether a program of this machine takes what comes to an endpoint; nil if the kernel does not tell.
  mutating func hasListener(_ endpoint: Endpoint, over transport: TransportProtocol) -> Bool? {
    answer { (_) throws(IPVSError.Reason) in try Listeners.has(endpoint, over: transport) } ?? nil
  }

  func interface(_ number: Int32) -> Interface? { interfaces.first { $0.id == number } }

  /// The interface that has an address.
  func interface(with address: Address) -> Interface? {
    interfaces.first { $0.assignments.contains { $0.address == address } }
  }

  /// An address of an interface in a family, other than one.
  func address(of interface: Interface, _ family: AddressFamily, except address: Address?) -> Address? {
    interface.assignments.first {
      $0.address.family == family && $0.address != address && !$0.address.isLinkLocal
    }?.address
  }
}

extension Text {
  /// The service in the name of a server.
  fileprivate var service: Text? {
    let words = bytes.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard let arrow = words.firstIndex(where: { Text($0) == "->" }) else { return nil }
    return Text(words[..<arrow].joined(separator: [UInt8(ascii: " ")]))
  }
}

extension Address {
  /// Whether it is of IPv6's networks that have no router, `fe80::/10`.
  var isLinkLocal: Bool { family == .ipv6 && words.0 >> 22 == 0xfe80 >> 6 }

  /// Whether it is of `127.0.0.0/8`, or `::1`.
  var isLoopback: Bool { family == .ipv4 ? words.0 >> 24 == 127 : words == (0, 0, 0, 1) }

  /// How many bits an address of its family has.
  var bitCount: UInt8 { family == .ipv4 ? 32 : 128 }
}
