// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// What connections that do not come about say of their server.
extension Examination {
  mutating func checkConnections(of entry: Table.Entry) {
    for (place, count) in evidence.orphans where place.service == entry.id {
      findOrphans(at: place, count, entry)
    }
    for status in entry.destinations {
      let server = status.destination
      let subject = Text(naming: server.endpoint, of: entry.id)
      guard let count = evidence.count(server.endpoint, of: entry.id),
        !entry.takesAllPorts || count.recent == 0,
        let level = count.level, let last = count.last, !hasCause(subject)
      else { continue }
      let stuck = Stuck(
        server: server, entry: entry, subject: subject, client: last.client, virtual: last.virtual,
        count: count, level: level)
      if explainSilence(stuck) { continue }
      switch server.settings.forwarding {
      case .masquerade: explainMasquerading(stuck)
      case .direct: explainDirect(stuck)
      case .tunnel, .local, .bypass: explainByServer(stuck)
      }
    }
  }

  /// Connections that wait for a server.
  private struct Stuck {
    let server: Destination
    let entry: Table.Entry
    let subject: Text
    let client: Address
    let virtual: Address
    let count: Evidence.Count
    let level: Finding.Level

    var address: Address { server.endpoint.address }
    var problem: Text {
      count.waiting == 1 ? "a connection stays in SYN_RECV" : "\(count.waiting) connections stay in SYN_RECV"
    }
  }

  /// Whether it is known already why connections to a server hang.
  private func hasCause(_ subject: Text) -> Bool {
    findings.contains { $0.subject == subject && $0.level == .error }
  }

  private mutating func find(
    _ check: StaticString, _ stuck: Stuck, _ effect: Text, _ command: Text, on host: Address? = nil
  ) {
    find(stuck.level, check, stuck.subject, stuck.problem, effect, command, on: host)
  }

  private mutating func findOrphans(at place: Evidence.Place, _ count: Int, _ entry: Table.Entry) {
    var server = Destination(place.server, weight: 0)
    if let other = entry.destinations.first {
      server.settings.forwarding = other.destination.settings.forwarding
    }
    find(
      .warning, "deleted-server", Text(naming: place.server, of: place.service),
      "it is not in the service, and has \(count) open \(count == 1 ? "connection" : "connections" as StaticString)",
      "they hang", .command(.addDestination(server, to: place.service)))
  }

  /// Whether the server, or the router before it, is not there.
  private mutating func explainSilence(_ stuck: Stuck) -> Bool {
    guard let route = route(RouteQuery(to: stuck.address)) else { return false }
    let neighbour = route.gateway ?? stuck.address
    guard isSilent(neighbour, on: route.interface) else { return false }
    find(
      "no-neighbour", stuck, "nobody tells the hardware address of \(neighbour), so it is down or not there",
      "ping -c 1 \(neighbour)")
    return true
  }

  // MARK: - NAT: the answers take another way

  private mutating func explainMasquerading(_ stuck: Stuck) {
    var query = RouteQuery(to: stuck.address)
    guard let inside = route(query), let own = inside.source,
      forwardingSwitch(own.family, interface(inside.interface)).value != 0
    else { return }
    if explainWayOut(stuck, inside) { return }
    if !isFine("firewall") {
      return find(
        "snat-without-conntrack", stuck, "the server sees the client's address, and answers another way",
        "sysctl -w net.ipv4.vs.conntrack=1")
    }
    if let acceptance = firewall?.acceptance(of: stuck.address) {
      return find(
        "firewall-drops", stuck,
        "the firewall of this machine drops what it forwards, unless a rule takes it", acceptance)
    }
    query.destination = stuck.client
    let toClient = route(query)
    if toClient?.gateway == nil, toClient?.interface == inside.interface,
      let network = interface(inside.interface)?.network(of: stuck.client), network.contains(stuck.address)
    {
      return find(
        "subnet-route", stuck,
        "the server answers clients of its network directly, and not through this machine",
        "ip route replace default via \(own) && ip route delete \(network.address.prefix(network.length))/\(network.length)",
        on: stuck.address)
    }
    if let router = inside.gateway {
      // That router may have others to serve.
      return find(
        "gateway", stuck, "the server's router does not send the answers back through this machine",
        "ip route replace \(stuck.client) via \(own)", on: router)
    }
    find(
      "gateway", stuck, "the server's answers do not come back through this machine",
      "ip route replace default via \(own)", on: stuck.address)
  }

  /// Whether the answers leave this machine by another interface than the one that has the service's address.
  private mutating func explainWayOut(_ stuck: Stuck, _ inside: Route) -> Bool {
    let virtual = stuck.virtual
    guard let outside = interface(with: virtual), !outside.isLoopback else { return false }
    let reroute = Sysctl("net/ipv4/vs/snat_reroute")
    var translated = RouteQuery(to: stuck.client)
    translated.source = virtual
    var original = RouteQuery(to: stuck.client)
    original.source = stuck.address
    original.input = inside.interface
    let isRerouted = reroute.value != 0
    let rerouted = route(translated)
    guard let way = isRerouted ? rerouted : route(original), way.interface != outside.id,
      !outside.isOnNetwork(of: stuck.client) || isRerouted
    else { return false }
    let wrong: Text =
      "answers leave by \(interface(way.interface)?.name ?? "another interface"), and not by \(outside.name)"
    if !isRerouted, rerouted?.interface == outside.id {
      find("answers-elsewhere", stuck, wrong, "sysctl -w \(reroute.name)=1")
      return true
    }
    let family: Text = virtual.family == .ipv6 ? "ip -6" : "ip"
    guard
      let other = defaultRoutes().first(where: { $0.interface == outside.id && $0.family == virtual.family })
    else { return false }
    find(
      "answers-elsewhere", stuck, wrong, "\(family) rule add from \(virtual) lookup \(other.table)")
    return true
  }

  // MARK: - Direct routing and tunnels: the server drops what it gets

  private mutating func explainDirect(_ stuck: Stuck) {
    guard stuck.entry.id.family == .ipv4,
      let inside = route(RouteQuery(to: stuck.address)).flatMap({ interface($0.interface) }),
      Sysctl("net/ipv4/ip_forward").value == 1, interface(with: stuck.virtual)?.id != inside.id
    else { return explainByServer(stuck) }
    let accept = Sysctl(.ipv4, inside.name, "accept_local")
    // The counter is of the whole machine. A single server with -g, which is the default, may be a mistake.
    let isOnPurpose =
      stuck.entry.destinations.filter { $0.destination.settings.forwarding == .direct }.count > 1
    if isOnPurpose, Sysctl.greatest(inside, "accept_local") == 0, NetworkCounter.martianSources.value > 0 {
      return find(
        "martians", stuck, "this machine drops the server's answers, because they come from its own address",
        "sysctl -w \(accept.name)=1")
    }
    if isOnPurpose { return explainByServer(stuck) }
    find(
      "route-or-masq", stuck, "the server is inside, does not take the address, or answers another way",
      .edit(stuck.server.endpoint, of: stuck.entry.id, "-m"))
  }

  private mutating func explainByServer(_ stuck: Stuck) {
    find(
      "stuck", stuck, "the server drops or refuses what it gets, or its answers do not arrive",
      "ipvsadm --doctor --virtual \(stuck.virtual)", on: stuck.address)
  }
}

extension Table.Entry {
  /// Whether it also takes connections to ports where nobody listens, and which the server may refuse.
  fileprivate var takesAllPorts: Bool { id.endpoint.map { $0.port == 0 } ?? true }
}

extension Interface {
  /// The network of an address.
  fileprivate func network(of address: Address) -> Assignment? {
    assignments.first { $0.contains(address) && $0.length < address.bitCount }
  }
}
