// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// Whether the firewall sets the marks of services, and what it does to the packets of NAT.
extension Examination {
  mutating func checkFirewall() {
    let marked = entries.filter { $0.id.endpoint == nil }
    let translated = entries.flatMap { entry in
      entry.destinations.filter { $0.destination.settings.forwarding == .masquerade }
        .map { (service: entry.id, server: $0.destination.endpoint) }
    }
    guard !marked.isEmpty || !translated.isEmpty else { return }
    let rules = FirewallRules(withFilters: !marked.isEmpty)
    firewall = rules
    if !rules.isComplete { unseen.append("all rules of the firewall") }
    for entry in marked {
      guard rules.isComplete, case .mark(let mark, _) = entry.id, !rules.set(mark) else { continue }
      find(
        .error, "mark-unset", "\(entry.id)", "no rule of the firewall sets this mark",
        "no packets are for the service",
        """
        nft -- add table ip ipvs && nft -- add chain ip ipvs marks '{ type filter hook prerouting priority mangle; }' \
        && nft -- add rule ip ipvs marks ip daddr ADDRESS tcp dport PORT meta mark set \(mark)
        """)
    }
    let conntrack = Sysctl("net/ipv4/vs/conntrack")
    guard !translated.isEmpty, conntrack.value == 0 else { return }
    let packets = translated.map { service, server in
      ServerPacket(
        destination: server, transport: service.transport,
        output: route(RouteQuery(to: server.address)).flatMap { interface($0.interface)?.name })
    }
    if rules.translateSources(of: packets) {
      find(
        .warning, "snat-without-conntrack", "firewall", "it has rules of SNAT, and \(conntrack.name) is 0",
        "these do not see the packets of IPVS, and servers see the clients' addresses",
        "sysctl -w \(conntrack.name)=1")
    }
  }
}
