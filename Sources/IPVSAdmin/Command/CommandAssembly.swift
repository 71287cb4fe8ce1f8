// SPDX-License-Identifier: Apache-2.0

internal import IPVS

extension Draft {
  /// The command that the options and words make, if they go together.
  func command(_ verb: Verb) throws(Misuse) -> Command {
    if ipv6, mark == nil { throw .ipv6WithoutMark }
    let timeouts = verb == .set ? try self.timeouts() : nil
    if timeouts == nil, let word = words.first { throw .unexpectedWord(word) }
    if isKeeping, !isRevision {
      try given.check(with: .command(verb))
      return .revise(try target(verb), words: typed)
    }
    let flags = try flags()
    try given.check(with: .command(verb))
    switch verb {
    case .addService: return .edit(.addService(try serviceRule(flags)))
    case .editService: return .edit(.editService(try serviceRule(flags)))
    case .deleteService: return paced(.deleteService(try serviceName()), apply.drain)
    case .addDestination: return paced(.addDestination(try destinationRule()), apply.slowStart)
    case .editDestination: return .edit(.editDestination(try destinationRule()))
    case .deleteDestination:
      return paced(.deleteDestination(try serviceName(), try realServer()), apply.drain)
    case .clear: return .edit(.clear)
    case .zero: return .edit(given.contains(.service) ? .zero(try serviceName()) : .zeroAll)
    case .set: return .edit(.setTimeouts(timeouts ?? Timeouts()))
    case .startDaemon: return .edit(.startDaemon(daemon))
    case .stopDaemon: return .edit(.stopDaemon(daemon.role))
    case .list: return .list(try listQuery())
    case .save: return .save(isNumeric: query.isNumeric, withStatus: query.hasStatus)
    case .restore: return .restore(replacing: false)
    case .apply: return .apply(apply)
    case .doctor: return .doctor(try doctorOptions())
    case .help: return .help
    case .version: return .version
    }
  }

  /// An edit, at once or in so many seconds.
  private func paced(_ edit: Edit, _ seconds: UInt32?) -> Command {
    if let seconds { .gradual(edit, seconds: seconds) } else { .edit(edit) }
  }

  /// What an edit is about.
  private func target(_ verb: Verb) throws(Misuse) -> Target {
    let name = try serviceName()
    return verb == .editService ? .service(name) : .destination(name, try realServer())
  }

  /// The three words of `--set`. 0 keeps a timeout as it is.
  private func timeouts() throws(Misuse) -> Timeouts {
    guard words.count >= 3 else { throw .tooFewTimeouts }
    var values: [UInt32?] = []
    for word in words.prefix(3) {
      let value = try Self.number(word, 0...Self.month, or: .timeout(word))
      values.append(value == 0 ? nil : value)
    }
    if words.count > 3 { throw .unexpectedWord(words[3]) }
    return Timeouts(tcp: values[0], tcpFin: values[1], udp: values[2])
  }

  /// The scheduler flags in a list. Empty names do not count.
  private func flags() throws(Misuse) -> Service.Flags {
    var flags: Service.Flags = []
    for name in schedulerFlags.bytes.split(separator: UInt8(ascii: ",")) {
      let rows = SchedulerFlag.all.filter { $0.name.bytes.elementsEqual(name) }
      guard !rows.isEmpty else { throw .flag(Text(name)) }
      guard let row = rows.first(where: { $0.scheduler == nil || $0.scheduler == service.scheduler }) else {
        throw .foreignFlag(Text(name))
      }
      flags.insert(row.flag)
    }
    return flags
  }

  private func serviceName() throws(Misuse) -> ServiceName {
    if let mark { return .mark(mark, ipv6 ? .ipv6 : .ipv4) }
    guard let endpoint else { throw .service(Text()) }
    return .endpoint(endpoint.0, endpoint.1)
  }

  private func realServer() throws(Misuse) -> HostPort {
    guard let server else { throw .destination(Text()) }
    return server
  }

  private func serviceRule(_ flags: Service.Flags) throws(Misuse) -> ServiceRule {
    var settings = service
    if !schedulerFlags.isEmpty { settings.flags.subtract(.scheduler) }
    settings.flags.formUnion(flags)
    if let (transport, host) = endpoint {
      let isPortZero = !host.isBracketedName && (host.port == nil || host.port == .number(0))
      if settings.persistence == nil, isPortZero { throw .portZero }
      if settings.flags.contains(.onePacket), transport != .udp { throw .onePacketWithoutUDP }
    }
    return ServiceRule(name: try serviceName(), settings: settings, netmask: netmask)
  }

  private func destinationRule() throws(Misuse) -> DestinationRule {
    let service = try serviceName()
    let server = try realServer()
    if let family = service.family, let other = server.family {
      try DestinationRule.checkFamilies(family, other, destination.forwarding)
    }
    var settings = destination
    settings.forwarding = try forwardingWithTunnel()
    return DestinationRule(
      service: service, server: server, settings: settings,
      hasMethod: given.contains(.forwarding) || isRevision)
  }

  private func forwardingWithTunnel() throws(Misuse) -> Forwarding {
    guard case .tunnel = destination.forwarding else {
      if given.hasTunnelOptions { throw .tunnelConflict }
      return destination.forwarding
    }
    if let oldTunnel, !given.hasTunnelOptions { return .tunnel(oldTunnel) }
    try given.check(with: .tunnel(tunnelKind), hasNeeds: tunnelPort != 0)
    switch tunnelKind {
    case .ipip: return .tunnel(.ipip)
    case .gue: return .tunnel(.gue(port: tunnelPort, checksum))
    // GRE has no remote checksum, which another type may have had.
    case .gre: return .tunnel(.gre(checksum == .remote ? .none : checksum))
    }
  }

  /// Puts a service aside, so that another one can be given.
  mutating func keepService() throws(Misuse) {
    doctor.services.append(try serviceName())
    (endpoint, mark, ipv6) = (nil, nil, false)
  }

  private func doctorOptions() throws(Misuse) -> DoctorOptions {
    // Servers are those of a director.
    if doctor.virtual != nil, doctor.isProbing { throw .conflict(.probe, .virtual, .command(.doctor)) }
    var options = doctor
    options.isJSON = query.format == .json
    if given.contains(.service) { options.services.append(try serviceName()) }
    return options
  }

  private func listQuery() throws(Misuse) -> ListQuery {
    var query = query
    if query.countSubject != nil, query.style == .persistentConnections { throw .listConflict }
    switch query.subject {
    case .connections:
      if query.hasTableNumbers || query.format == .metrics { throw .listConflict }
      if given.contains(.service) { query.selection.service = try serviceName() }
      query.selection.server = server
    case .timeouts, .daemons:
      if query.hasTableNumbers || query.style == .persistentConnections || query.format == .metrics {
        throw .listConflict
      }
    case .table, .service:
      if given.contains(.service) { query.subject = .service(try serviceName()) }
      query.hasStatus = query.hasTotals
    }
    return query
  }
}

extension DestinationRule {
  /// Only a tunnel can carry one family in the other.
  static func checkFamilies(
    _ service: AddressFamily, _ server: AddressFamily, _ forwarding: Forwarding
  ) throws(Misuse) {
    if service == server { return }
    if case .tunnel = forwarding { return }
    throw .families
  }
}
