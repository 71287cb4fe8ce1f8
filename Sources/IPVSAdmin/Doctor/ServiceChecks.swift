// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// Whether packets reach a service, and whether its settings go together.
extension Examination {
  mutating func checkService(_ entry: Table.Entry) {
    checkAddress(of: entry.id)
    checkEngine(of: entry)
    checkPersistence(of: entry)
    let subject: Text = "\(entry.id)"
    let settings = entry.service.service.settings
    let isMasquerading = entry.destinations.contains { $0.destination.settings.forwarding == .masquerade }
    if settings.flags.contains(.onePacket) {
      if isMasquerading {
        var service = entry.service.service
        service.settings.flags.remove(.onePacket)
        find(
          .error, "one-packet-masquerading", subject, "-o remembers nothing, and -m cannot translate answers",
          "clients get no answers", .command(.editService(service)))
      }
      if !isMasquerading, let count = evidence.leftovers[entry.id] {
        find(
          .warning, "sticky-entries", subject, "entries from before -o are left, \(count) of them",
          "their clients stay where they are until these expire",
          "ipvsadm -Lnc \(Text(option: entry.id))")
      }
    }
    if isMasquerading, entry.id.transport == .tcp, entry.id.endpoint?.port == 21,
      !Module.isThere("ip_vs_ftp")
    {
      find(
        .error, "ftp-module", subject, "the module ip_vs_ftp is not loaded",
        "transfers hang or are refused", "modprobe ip_vs_ftp")
    }
    if case .mark(let mark, .ipv4) = entry.id, !entry.destinations.isEmpty,
      entry.destinations.allSatisfy({ $0.id.address.family == .ipv6 }),
      !table.entries.contains(where: { $0.id == .mark(mark, .ipv6) })
    {
      checkFamily(of: mark, entry)
    }
  }

  /// Whether packets for the service are for this machine, which is where IPVS takes them.
  private mutating func checkAddress(of id: Service.ID) {
    guard let address = id.endpoint?.address, !isOwn(address) else { return }
    let subject: Text = "\(id)"
    // Who does not see whether a sync daemon runs does not know whether this is the other director of a pair.
    guard let daemons = table.daemons, daemons.isEmpty else {
      return approve("address-missing", subject, "another director has \(address) now")
    }
    let network = interfaces.first { $0.isUp && !$0.isLoopback && $0.isOnNetwork(of: address) }
    find(
      .error, "address-missing", subject, "no interface has \(address)",
      "its packets do not reach IPVS, unless another director has it now",
      "ip address add \(address)/\(address.bitCount) dev \(network?.word ?? "lo")")
  }

  private mutating func checkEngine(of entry: Table.Entry) {
    guard case .endpoint(let transport, let endpoint) = entry.id else { return }
    let subject: Text = "\(entry.id)"
    let settings = entry.service.service.settings
    if settings.engine == "sip", transport != .udp {
      var service = entry.service.service
      service.settings.engine = nil
      find(
        .error, "sip-over-tcp", subject, "the engine sip is for UDP", "every connection is dropped",
        .command(.editService(service)))
    }
    if settings.engine == nil, settings.persistence != nil, transport == .udp, endpoint.port == 5060 {
      find(
        .warning, "sip-without-engine", subject, "it is persistent by address, and not by call",
        "all calls of a proxy go to one server", .edit(entry.id, "--pe sip"))
    }
  }

  private mutating func checkPersistence(of entry: Table.Entry) {
    let subject: Text = "\(entry.id)"
    if entry.service.service.settings.persistence != nil,
      let server = entry.destinations.first(where: { $0.weight == 0 && $0.persistentConnections > 0 })
    {
      let quiescent = Sysctl("net/ipv4/vs/expire_quiescent_template")
      if quiescent.value == 0 {
        find(
          .warning, "sticky-clients", subject,
          "\(server.id) has weight 0, and \(quiescent.name) is 0", "its clients keep coming back",
          "sysctl -w \(quiescent.name)=1")
      }
    }
    if !entry.destinations.isEmpty,
      let other = table.entries.first(where: {
        $0.id.takesAllPorts(beside: entry.id) && !$0.destinations.isEmpty
      })
    {
      find(
        .warning, "port-taken", subject, "\(other.id) takes all ports but this one",
        "a client may have another server here than on the other ports",
        "ipvsadm -D \(Text(option: entry.id))")
    }
  }

  /// A mark's service for IPv4 whose servers all are of IPv6 was meant for IPv6.
  private mutating func checkFamily(of mark: UInt32, _ entry: Table.Entry) {
    let id = Service.ID.mark(mark, .ipv6)
    var service = entry.service.service
    service.id = id
    let servers = entry.destinations.map { status in
      var server = status.destination
      if route(RouteQuery(to: server.endpoint.address))?.gateway == nil {
        server.settings.forwarding = .direct
      }
      return Text.command(.addDestination(server, to: id))
    }
    find(
      .warning, "mark-family", "\(entry.id)", "it is for IPv4, and its servers are of IPv6",
      "clients of IPv6 are refused", .all([.command(.addService(service))] + servers))
  }
}
