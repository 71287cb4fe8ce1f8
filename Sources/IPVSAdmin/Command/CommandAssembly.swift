// SPDX-License-Identifier: Apache-2.0

internal import IPVS

extension CommandParser {
  /// The command that the options and words make, if they go together.
  func command(_ verb: Verb) throws(CommandError) -> Command {
    if ipv6, mark == nil { throw Self.ipv6WithoutMark }
    let timeouts = verb == .set ? try self.timeouts() : nil
    if timeouts == nil, let word = words.first { throw CommandError("unexpected argument \(word)") }
    let flags = try SchedulerFlags.parse(schedulerFlags, scheduler: scheduler ?? Self.defaultScheduler)
    try verb.legality.check(given, for: "'\(verb.rawValue)' command")
    switch verb {
    case .addService: return .edit(.addService(try serviceRule(flags)))
    case .editService: return .edit(.editService(try serviceRule(flags)))
    case .deleteService: return .edit(.deleteService(try service()))
    case .addServer: return .edit(.addServer(try serverRule()))
    case .editServer: return .edit(.editServer(try serverRule()))
    case .deleteServer: return .edit(.deleteServer(try service(), try realServer()))
    case .clear: return .edit(.clear)
    case .zero: return .edit(.zero(given.contains(.service) ? try service() : nil))
    case .set: return .edit(.setTimeouts(timeouts ?? Timeouts(tcp: 0, tcpFin: 0, udp: 0)))
    case .startDaemon: return .edit(.startDaemon(daemon))
    case .stopDaemon: return .edit(.stopDaemon(daemon.role))
    case .list: return .list(try listQuery())
    case .save: return .save(numeric: given.contains(.numeric))
    case .restore: return .restore(clearing: false)
    case .help: return .help
    case .version: return .version
    }
  }

  private static let defaultScheduler = "wlc"

  private func timeouts() throws(CommandError) -> Timeouts {
    guard words.count >= 3 else { throw CommandError("--set option requires 3 timeout values") }
    var values: [UInt32] = []
    for word in words.prefix(3) {
      values.append(try number(word, 0...Self.month, or: "invalid timeout value `\(word)' specified"))
    }
    if words.count > 3 { throw CommandError("unexpected argument \(words[3])") }
    return Timeouts(tcp: values[0], tcpFin: values[1], udp: values[2])
  }

  private func service() throws(CommandError) -> ServiceName {
    if let mark { return .mark(mark, ipv6 ? .ipv6 : .ipv4) }
    guard let endpoint else { throw .illegalService }
    return .endpoint(endpoint.0, endpoint.1)
  }

  private func realServer() throws(CommandError) -> HostPort {
    guard let server else { throw .illegalServer }
    return server
  }

  private func serviceRule(_ flags: Service.Flags) throws(CommandError) -> ServiceRule {
    var flags = flags
    if given.contains(.onePacket) { flags.insert(.onePacket) }
    if let (transport, host) = endpoint {
      if persistence == nil, host.port == nil || host.port == .number(0) {
        throw CommandError("Zero port specified for non-persistent service")
      }
      if flags.contains(.onePacket), transport != .udp {
        throw CommandError("One-Packet Scheduling is only for UDP virtual services")
      }
    }
    if let netmask, let family = try service().family { _ = try Netmask(netmask, family) }
    let name = scheduler.flatMap { $0.isEmpty ? nil : $0 } ?? Self.defaultScheduler
    return ServiceRule(
      name: try service(), scheduler: name, flags: flags, persistence: persistence, netmask: netmask,
      engine: engine.flatMap { $0.isEmpty ? nil : $0 })
  }

  private func serverRule() throws(CommandError) -> ServerRule {
    let service = try service()
    let server = try realServer()
    if let family = service.family, let other = server.family {
      try ServerRule.checkFamilies(family, other, forwarding)
    }
    let forwarding = try forwardingWithTunnel()
    return ServerRule(
      service: service, server: server, forwarding: given.contains(.forwarding) ? forwarding : nil,
      weight: weight,
      upperThreshold: upperThreshold, lowerThreshold: lowerThreshold)
  }

  private func forwardingWithTunnel() throws(CommandError) -> Forwarding {
    guard case .tunnel = forwarding else {
      guard given.isDisjoint(with: TunnelKind.options) else {
        throw CommandError("Tunnel options conflict with forward method")
      }
      return forwarding
    }
    try tunnelKind.legality.check(
      given, among: TunnelKind.options,
      for: "'\(tunnelKind.rawValue)' tunnel type")
    let checksum: Tunnel.Checksum =
      given.contains(.tunnelRemoteChecksum) ? .remote : given.contains(.tunnelChecksum) ? .full : .none
    switch tunnelKind {
    case .ipip: return .tunnel(.ipip)
    case .gue: return .tunnel(.gue(port: tunnelPort, checksum))
    case .gre: return .tunnel(.gre(checksum))
    }
  }

  private func listQuery() throws(CommandError) -> ListQuery {
    let numbers: KindSet = [.stats, .rate, .thresholds]
    let others: KindSet = [.timeout, .daemon]
    if !given.isDisjoint(with: others.union([.connection])),
      !given.isDisjoint(with: numbers)
        || !given.isDisjoint(with: others) && given.contains(.persistentConnections)
    {
      throw CommandError("options conflicts in the list command")
    }
    var query = ListQuery(unsorted: given.contains(.noSort), numeric: given.contains(.numeric))
    query.format.isExact = given.contains(.exact)
    query.format.style = ListFormat.Style(given)
    if given.contains(.service) { query.subject = .service(try service()) }
    if given.contains(.connection) { query.subject = .connections }
    if given.contains(.timeout) { query.subject = .timeouts }
    if given.contains(.daemon) { query.subject = .daemons }
    return query
  }
}
