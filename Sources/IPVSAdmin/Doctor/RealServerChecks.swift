// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import IPVS

/// Whether this machine can be a server of direct routing or of tunnels for an address.
extension Examination {
  mutating func checkRealServer(for virtual: Address) {
    let subject: Text = "\(virtual)"
    let holders = interfaces.filter { $0.has(virtual) }
    if !isOwn(virtual) {
      find(
        .error, "virtual-missing", subject, "no interface has it", "packets for it are dropped",
        .all(
          (virtual.family == .ipv4 && loud("arp_ignore", below: 1) != nil ? [Self.quiet] : [])
            + ["ip address add \(virtual)/\(virtual.bitCount) dev \(tunnels.first { $0.isUp }?.word ?? "lo")"]
        ))
    } else if let holder = holders.first(where: { $0.answersARP }) {
      findAnnouncement(of: virtual, by: holder, subject)
    } else if virtual.family == .ipv4, !holders.isEmpty {
      checkAnnouncement(of: virtual, subject)
    }
    checkWideNetmasks()
    checkTunnels(for: virtual, subject)
    if isFine(subject) { approve("virtual", subject, "this machine takes packets for it") }
  }

  /// Addresses that make a whole network this machine's own.
  mutating func checkWideNetmasks() {
    for interface in interfaces where interface.isLoopback {
      for wide in interface.assignments where wide.length < wide.address.bitCount && !wide.address.isLoopback
      {
        let (address, bits) = (wide.address, wide.address.bitCount)
        find(
          .error, "wide-netmask", "\(address)",
          "it is on \(interface.name) with a netmask of /\(wide.length)",
          "this machine takes its whole network for its own",
          "ip address add \(address)/\(bits) dev \(interface.word) && ip address delete \(address)/\(wide.length) dev \(interface.word)"
        )
      }
    }
  }

  // MARK: - ARP

  private static let quiet: Text =
    "sysctl -w net.ipv4.conf.all.arp_ignore=1 net.ipv4.conf.all.arp_announce=2"

  /// The interface by which this machine tells its neighbours of addresses that another interface has: one that has the
  /// default route, or any if none has it.
  private mutating func loud(_ name: StaticString, below value: Int) -> Interface? {
    let ways = defaultRoutes().filter { $0.family == .ipv4 }.map { $0.interface }
    return interfaces.first {
      $0.isUp && $0.answersARP && (ways.isEmpty || ways.contains($0.id)) && Sysctl.greatest($0, name) < value
    }
  }

  private mutating func findAnnouncement(of virtual: Address, by holder: Interface, _ subject: Text) {
    guard let assignment = holder.assignments.first(where: { $0.address == virtual }) else { return }
    // With a first address its whole network goes, unless this is set.
    let isFirst = holder.assignments.contains { $0.address != virtual && assignment.contains($0.address) }
    let promotion: [Text] =
      isFirst && virtual.family == .ipv4 ? ["sysctl -w net.ipv4.conf.all.promote_secondaries=1"] : []
    find(
      .error, "announced", subject, "\(holder.name) has it, and tells its neighbours",
      "clients bypass the director",
      .all(
        promotion + [
          "ip address delete \(virtual)/\(assignment.length) dev \(holder.word)",
          "ip address add \(virtual)/\(virtual.bitCount) dev lo",
        ]))
  }

  private mutating func checkAnnouncement(of virtual: Address, _ subject: Text) {
    if let loud = loud("arp_ignore", below: 1) {
      find(
        .error, "announced", subject, "arp_ignore of \(loud.name) is 0, so this machine answers ARP for it",
        "clients bypass the director", Self.quiet)
    } else if let loud = loud("arp_announce", below: 2) {
      let announce = Sysctl(.ipv4, "all", "arp_announce")
      find(
        .warning, "announced", subject, "arp_announce of \(loud.name) is below 2",
        "what this machine asks its neighbours announces the address", "sysctl -w \(announce.name)=2")
    }
  }

  // MARK: - Tunnels

  /// The kinds of devices that unwrap packets of a family, the most usual first.
  private static let ipv4Tunnels: [Name] = ["ipip", "gre", "ip6tnl"]
  private static let ipv6Tunnels: [Name] = ["ip6tnl", "ip6gre", "sit"]

  private var tunnels: [Interface] { interfaces.filter { $0.isTunnel } }

  private mutating func checkTunnels(for virtual: Address, _ subject: Text) {
    let up = tunnels.filter { $0.isUp }
    let dropped = NetworkCounter.reversePathFilter.value
    for tunnel in up {
      if virtual.family == .ipv4, Sysctl.greatest(tunnel, "rp_filter") == 1,
        tunnel.has(virtual) || dropped > 0
      {
        let (all, own) = (Sysctl(.ipv4, "all", "rp_filter"), Sysctl(.ipv4, tunnel.name, "rp_filter"))
        find(
          .error, "reverse-path", "\(tunnel.name)", "rp_filter is 1",
          "what it unwraps is dropped", "sysctl -w \(all.name)=0 \(own.name)=0")
      }
      if tunnel.wantsChecksum, tunnel.inputErrors > 0 {
        find(
          .error, "tunnel-checksum", "\(tunnel.name)",
          "it takes only packets with a checksum, and dropped \(tunnel.inputErrors)",
          "clients hang", "ip link change \(tunnel.word) type gre noicsum")
      }
      let wanted = UInt8(virtual.family == .ipv4 ? IPPROTO_IPIP : IPPROTO_IPV6)
      if tunnel.tunnelProtocol != 0, tunnel.tunnelProtocol != wanted, tunnel.has(virtual) || up.count == 1 {
        find(
          .error, "tunnel-mode", "\(tunnel.name)",
          "it takes only \(virtual.family == .ipv4 ? "IPv6" : "IPv4" as StaticString)",
          "packets for \(virtual) are dropped", "ip -6 tunnel change \(tunnel.word) mode any")
      }
    }
    if up.isEmpty { checkMissingTunnel(for: virtual, subject) }
  }

  /// What refuses packets of tunnels while no device takes them.
  private mutating func checkMissingTunnel(for virtual: Address, _ subject: Text) {
    let (unknown, refused) = (NetworkCounter.unknownProtocols.value, NetworkCounter.unreachable.value)
    let kinds = virtual.family == .ipv4 ? Self.ipv4Tunnels : Self.ipv6Tunnels
    let tunnels = tunnels
    // The counter is of packets that IPv4 carries.
    let (carrier, device): (Name, Text) = virtual.family == .ipv4 ? ("ipip", "tunl0") : ("sit", "sit0")
    if unknown > 0, !tunnels.contains(where: { $0.kind == carrier }) {
      find(
        .warning, "device-missing", subject,
        "there is no tunnel device of the kind \(carrier), and \(unknown) packets of unknown protocols came",
        "if these came by a tunnel, clients are refused", "modprobe \(carrier) && ip link set \(device) up")
    } else if refused > 0, let down = kinds.compactMap({ kind in tunnels.first { $0.kind == kind } }).first {
      find(
        .warning, "device-down", "\(down.name)",
        "it is down, and this machine refused \(refused) packets",
        "if these came by a tunnel, clients are refused", "ip link set \(down.word) up")
    }
  }
}

extension Interface {
  func has(_ address: Address) -> Bool { assignments.contains { $0.address == address } }

  /// Whether it unwraps what directors send.
  var isTunnel: Bool {
    kind == "ipip" || kind == "gre" || kind == "ip6tnl" || kind == "sit" || kind == "ip6gre"
  }
}
