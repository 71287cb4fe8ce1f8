// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// The kernel, and what is not of a single service.
extension Examination {
  mutating func checkKernel(_ info: KernelInfo) {
    if table.entries.isEmpty {
      find(
        .warning, "no-services", "table", "it has no services", "nothing is balanced",
        "ipvsadm --apply </etc/ipvsadm.rules")
    }
    let (count, rows) = (evidence.total, Int(info.tableSize))
    if rows > 0, count / rows >= 16 {
      find(
        .warning, "small-table", "kernel", "\(count) connections share \(rows) rows of the table",
        "every packet searches \(count / rows) of them",
        "echo options ip_vs conn_tab_bits=20 >/etc/modprobe.d/ip_vs.conf")
    } else {
      approve("no-ipvs", "kernel", "IPVS is there, with \(count) connections")
    }
  }

  /// Whether packets are dropped because their answers would take another way.
  mutating func checkReversePath() {
    let count = NetworkCounter.reversePathFilter.value
    let all = Sysctl(.ipv4, "all", "rp_filter")
    let strict = interfaces.first { $0.isUp && !$0.isLoopback && Sysctl.greatest($0, "rp_filter") == 1 }
    guard count > 0, let strict else { return }
    let filter = all.value == 1 ? all : Sysctl(.ipv4, strict.name, "rp_filter")
    find(
      .warning, "reverse-path", filter.name,
      "it is 1, which is strict, and dropped \(count) \(count == 1 ? "packet" : "packets" as StaticString)",
      "packets from another link than the one that answers take do not reach IPVS",
      "sysctl -w \(filter.name)=2")
  }

  mutating func checkDaemons() {
    for daemon in table.daemons ?? [] {
      let subject: Text = "\(daemon.role.name) daemon"
      let name = Text(quoting: "\(daemon.interface)")
      guard let interface = interfaces.first(where: { $0.name == daemon.interface }), interface.isUp else {
        find(
          .error, "daemon-interface", subject, "its interface \(daemon.interface) is down",
          "no connections are synchronized", "ip link set \(name) up")
        continue
      }
      guard interface.hasMulticast else {
        find(
          .error, "daemon-interface", subject, "its interface \(daemon.interface) has no multicast",
          "no connections are synchronized", "ip link set \(name) multicast on")
        continue
      }
      var query = RouteQuery(to: daemon.group ?? "224.0.0.81")
      query.output = interface.id
      if daemon.role == .master, route(query) == nil {
        let route: Text =
          query.destination.family == .ipv4
          ? "ip route add 224.0.0.0/4 dev \(name)"
          : "ip -6 route add multicast ff00::/8 dev \(name) table local"
        find(
          .error, "daemon-route", subject, "no route leads to its group \(query.destination)",
          "no connections are synchronized", route)
        continue
      }
      approve("daemon", subject, "it uses \(daemon.interface)")
    }
  }
}
