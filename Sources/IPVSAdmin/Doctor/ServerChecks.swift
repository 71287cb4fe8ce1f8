// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// Whether a server can be reached by its forwarding method.
extension Examination {
  mutating func check(_ server: Destination, of entry: Table.Entry) {
    let subject = Text(naming: server.endpoint, of: entry.id)
    let address = server.endpoint.address
    guard let route = route(RouteQuery(to: address)) else {
      return findNoRoute(to: address, subject)
    }
    if route.isLocal { return checkLocal(server, of: entry) }
    checkInterface(of: route, to: address, subject)
    switch server.settings.forwarding {
    case .masquerade: checkMasquerading(server, of: entry, route)
    case .direct: checkDirect(server, of: entry, route)
    case .tunnel(let tunnel): checkTunnel(tunnel, to: server, of: entry, route)
    case .local, .bypass: break
    }
    if isFine(subject) {
      var text: Text = "it is reached by \(interface(route.interface)?.name ?? "several interfaces")"
      if let gateway = route.gateway { text.append(" and \(gateway)") }
      approve("server", subject, text)
    }
  }

  private mutating func findNoRoute(to address: Address, _ subject: Text) {
    let network = interfaces.first { $0.isOnNetwork(of: address) && !$0.isUp }
    let command: Text =
      if let network { "ip link set \(network.word) up" } else { "ip route add \(address) via ROUTER" }
    find(.error, "no-route", subject, "no route leads to it", "its clients are refused", command)
  }

  private mutating func checkInterface(of route: Route, to address: Address, _ subject: Text) {
    let networks = interfaces.filter { $0.isUp && !$0.isLoopback && $0.isOnNetwork(of: address) }
    // A way by a router is nobody's mistake.
    guard let network = networks.first, route.interface != 0, route.gateway == nil,
      !networks.contains(where: { $0.id == route.interface })
    else { return }
    find(
      .error, "wrong-interface", subject,
      "its network is at \(network.name), and the route leads to \(interface(route.interface)?.name ?? "another one")",
      "packets do not reach it", "ip route replace \(address) dev \(network.word)")
  }

  // MARK: - NAT

  private mutating func checkMasquerading(_ server: Destination, of entry: Table.Entry, _ route: Route) {
    let subject = Text(naming: server.endpoint, of: entry.id)
    let family = entry.id.family
    let inside = interface(route.interface)
    let forwarding = forwardingSwitch(family, inside)
    if forwarding.value == 0 {
      find(
        .error, "not-forwarding", forwarding.name, "it is 0",
        "answers of servers with -m go no further than this machine",
        "sysctl -w \(forwarding.name)=1")
    }
    if family == .ipv4, let inside, let address = entry.id.endpoint?.address,
      interface(with: address)?.id == inside.id,
      let client = evidence.count(server.endpoint, of: entry.id)?.client,
      self.route(RouteQuery(to: client))?.interface == inside.id,
      Sysctl.greatest(inside, "send_redirects") > 0
    {
      let (all, own) = (Sysctl(.ipv4, "all", "send_redirects"), Sysctl(.ipv4, inside.name, "send_redirects"))
      find(
        .warning, "redirects", subject, "clients and servers are on one network, and \(own.name) is on",
        "this machine tells the servers to answer clients directly", "sysctl -w \(all.name)=0 \(own.name)=0")
    }
  }

  /// What must be on for answers that come by an interface to go further.
  func forwardingSwitch(_ family: AddressFamily, _ inside: Interface?) -> Sysctl {
    if family == .ipv6 { return Sysctl("net/ipv6/conf/all/forwarding") }
    let all = Sysctl("net/ipv4/ip_forward")
    // Only the switch of the interface counts. The other one sets those of all.
    guard let own = inside.map({ Sysctl(.ipv4, $0.name, "forwarding") }), let value = own.value else {
      return all
    }
    return value == 0 && all.value == 0 ? all : own
  }

  // MARK: - Direct routing

  private mutating func checkDirect(_ server: Destination, of entry: Table.Entry, _ route: Route) {
    let subject = Text(naming: server.endpoint, of: entry.id)
    let count = evidence.count(server.endpoint, of: entry.id)
    // The next hop may be the server itself.
    let isWorking = count.map { $0.recent > 0 && $0.waiting == 0 } ?? false
    if let gateway = route.gateway, !isWorking {
      find(
        .error, "behind-router", subject, "it is behind the router \(gateway), and -g needs a common network",
        "its packets do not reach it", .edit(server.endpoint, of: entry.id, "-i"))
    }
    let others = entry.destinations.map { $0.destination.settings.forwarding }
    if others.contains(.masquerade), others.filter({ $0 == .direct }).count == 1 {
      find(
        .warning, "mixed-methods", subject, "the other servers have -m, and this one has -g",
        "it hangs unless it has the service's address", .edit(server.endpoint, of: entry.id, "-m"))
    }
  }

  // MARK: - Tunnels

  private mutating func checkTunnel(
    _ tunnel: Tunnel, to server: Destination, of entry: Table.Entry, _ route: Route
  ) {
    let subject = Text(naming: server.endpoint, of: entry.id)
    guard let output = interface(route.interface) else { return }
    if let source = route.source, source == entry.id.endpoint?.address {
      findSource(source, to: server, subject, output, route.gateway)
    }
    let mtu = min(route.mtu ?? .max, output.mtu)
    // What clients may send is known only if the address is on a real interface.
    let outside = entry.id.endpoint.flatMap { interface(with: $0.address) }.flatMap {
      $0.answersARP ? $0 : nil
    }
    let wanted = outside?.mtu ?? 0
    let inner = mtu - min(mtu, tunnel.overhead(server.endpoint.address.family))
    if inner < 1280 || mtu < wanted {
      find(
        inner < 1280 && entry.id.family == .ipv6 ? .error : .warning, "small-mtu", subject,
        "\(mtu < output.mtu ? "the route" : output.word) takes \(mtu) bytes, so the tunnel takes \(inner)",
        "clients that do not hear of it hang with long packets",
        mtu < output.mtu
          ? .route(to: server.endpoint.address, route.gateway, output, "mtu \(output.mtu)")
          : "ip link set dev \(output.word) mtu \(max(wanted, 1500))")
    }
  }

  private mutating func findSource(
    _ source: Address, to server: Destination, _ subject: Text, _ output: Interface, _ gateway: Address?
  ) {
    let holder = interface(with: source) ?? output
    let length = holder.assignments.first { $0.address == source }?.length ?? source.bitCount
    let other = address(of: output, source.family, except: source)
    let command: Text =
      if source.family == .ipv6 {
        // IPVS keeps the source that it knows until an address goes.
        "ip address delete \(source)/\(length) dev \(holder.word) && ip address add \(source)/\(length) dev \(holder.word) preferred_lft 0"
      } else {
        .route(
          to: server.endpoint.address, gateway, output,
          "src \(other.map { "\($0)" } ?? "ADDRESS" as Text)")
      }
    find(
      .error, "tunnel-source", subject, "the tunnel's packets come from the service's address",
      "the server takes them for its own, and drops them", command)
  }
}

extension Tunnel {
  /// By how many bytes packets grow.
  fileprivate func overhead(_ family: AddressFamily) -> UInt32 {
    let header: UInt32 = family == .ipv4 ? 20 : 40
    switch self {
    case .ipip, .other: return header
    case .gre(let checksum): return header + (checksum == .none ? 4 : 8)
    case .gue(_, let checksum): return header + (checksum == .remote ? 20 : 12)
    }
  }
}
