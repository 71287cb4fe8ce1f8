// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// Whether a service's scheduler finds a server for every client.
extension Examination {
  mutating func checkScheduler(of entry: Table.Entry) {
    let subject: Text = "\(entry.id)"
    let servers = entry.destinations
    let settings = entry.service.service.settings
    let scheduler = settings.scheduler
    guard !servers.isEmpty else { return checkEmpty(entry) }
    let active = servers.filter { $0.weight > 0 }
    guard !active.isEmpty else {
      return find(
        .error, "all-weights-zero", subject, "all servers have weight 0", "clients are refused",
        .all(servers.map { .edit($0.id, of: entry.id, "-w 1") }))
    }
    if let server = servers.first(where: { $0.weight == 0 }) {
      let isFallingBack = settings.flags.contains(.scheduler1)
      if scheduler == "sh", !isFallingBack {
        let flags: Text = settings.flags.contains(.scheduler2) ? "sh-fallback,sh-port" : "sh-fallback"
        find(
          .error, "weight-zero-refused", subject,
          "\(server.id) has weight 0, and sh keeps its clients for it",
          "they are refused", .edit(entry.id, "-b \(flags)"))
      } else if scheduler == "dh" {
        find(
          .error, "weight-zero-refused", subject,
          "\(server.id) has weight 0, and dh keeps its destinations for it", "nobody serves them",
          .edit(server.id, of: entry.id, "-w 1"))
      }
    }
    if scheduler == "rr" || scheduler == "lc", active.contains(where: { $0.weight != active[0].weight }) {
      find(
        .warning, "weights-ignored", subject, "\(scheduler) does not look at weights, and they differ",
        "all servers get the same share", .edit(entry.id, "-s w\(scheduler)"))
    }
    if scheduler == "dh", entry.id.endpoint != nil, servers.count > 1 {
      find(
        .warning, "one-destination", subject, "dh chooses by the destination, which is always this address",
        "one server does all the work", .edit(entry.id, "-s wlc"))
    }
    if scheduler == "ovf", active.allSatisfy({ $0.activeConnections > UInt32($0.weight) }) {
      let first = active[0]
      find(
        .error, "overflowed", subject, "all servers have more connections than their weight",
        "clients are refused", .edit(first.id, of: entry.id, "-w \(UInt64(first.activeConnections) * 2)"))
    }
    if active.allSatisfy({ $0.isFull }) {
      find(
        .error, "all-full", subject, "all servers have as many connections as their upper threshold allows",
        "clients are refused", .edit(active[0].id, of: entry.id, "-x 0 -y 0"))
    }
  }

  private mutating func checkEmpty(_ entry: Table.Entry) {
    let rule = Text(option: entry.id)
    let isTaking = table.entries.contains {
      $0.id.takesAllPorts(beside: entry.id) && !$0.destinations.isEmpty
    }
    find(
      .error, "no-servers", "\(entry.id)", "it has no servers",
      isTaking
        ? "it takes its port out of the service on all ports, and refuses clients" : "clients are refused",
      isTaking ? "ipvsadm -D \(rule)" : "ipvsadm -a \(rule) -r SERVER")
  }
}

extension Service.ID {
  /// Whether it is on every port of another one's address.
  func takesAllPorts(beside other: Service.ID) -> Bool {
    guard case .endpoint(let transport, let endpoint) = self else { return false }
    return endpoint.port == 0 && other.endpoint?.port != 0
      && other == .endpoint(transport, Endpoint(endpoint.address, port: other.endpoint?.port ?? 0))
  }
}

extension DestinationStatus {
  var weight: Int32 { destination.settings.weight }

  /// Whether its threshold lets it take no more connections.
  var isFull: Bool {
    let threshold = destination.settings.upperThreshold
    return threshold > 0 && UInt64(activeConnections) + UInt64(inactiveConnections) >= UInt64(threshold)
  }
}
