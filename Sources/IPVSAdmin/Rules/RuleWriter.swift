// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// Writes rules: what `--save` prints and `--restore` reads.
struct RuleWriter {
  let names: NameTable

  /// A table, a line for each of its parts.
  func add(_ table: Table, to text: inout Text) {
    if let timeouts = table.timeouts { add(.setTimeouts(timeouts), to: &text) }
    for daemon in table.daemons ?? [] { add(.startDaemon(daemon), to: &text) }
    for entry in table.entries { add(entry, to: &text) }
  }

  /// A service and its servers, a line each.
  func add(_ entry: Table.Entry, to text: inout Text) {
    addRule("-A", entry.service.service, to: &text)
    for status in entry.destinations { addRule("-a", status.destination, in: entry.id, to: &text) }
  }

  /// A change, a line.
  func add(_ change: Change, to text: inout Text) {
    switch change {
    case .addService(let service): addRule("-A", service, to: &text)
    case .editService(let service): addRule("-E", service, to: &text)
    case .deleteService(let id): addLine("-D", id, to: &text)
    case .addDestination(let server, let id): addRule("-a", server, in: id, to: &text)
    case .editDestination(let server, let id): addRule("-e", server, in: id, to: &text)
    case .deleteDestination(let endpoint, let id): addLine("-d", id, endpoint, to: &text)
    case .clear: text.add("-C\n")
    case .zero(let id): addLine("-Z", id, to: &text)
    case .zeroAll: text.add("-Z\n")
    case .setTimeouts(let timeouts):
      text.append("--set \(timeouts.tcp ?? 0) \(timeouts.tcpFin ?? 0) \(timeouts.udp ?? 0)\n")
    case .startDaemon(let daemon): addRule(daemon, to: &text)
    case .stopDaemon(let role): text.append("--stop-daemon \(role.name)\n")
    }
  }

  private func addLine(
    _ command: StaticString, _ id: Service.ID, _ server: Endpoint? = nil, to text: inout Text
  ) {
    text.add(command)
    text.add(" ")
    addName(of: id, to: &text)
    if let server {
      text.add(" -r ")
      names.add(server, id.transport, to: &text)
    }
    text.add("\n")
  }

  private func addRule(_ command: StaticString, _ service: Service, to text: inout Text) {
    text.add(command)
    text.add(" ")
    addName(of: service.id, to: &text)
    text.append(" -s \(service.settings.scheduler)")
    addOptions(of: service, to: &text)
    text.add("\n")
  }

  private func addRule(
    _ command: StaticString, _ server: Destination, in id: Service.ID, to text: inout Text
  ) {
    let settings = server.settings
    text.add(command)
    text.add(" ")
    addName(of: id, to: &text)
    text.add(" -r ")
    names.add(server.endpoint, id.transport, to: &text)
    text.add(" ")
    text.add(settings.forwarding.option)
    text.add(" -w ")
    text.append(settings.weight)
    if case .tunnel(let tunnel) = settings.forwarding { addOptions(of: tunnel, to: &text) }
    if settings.upperThreshold != 0 { text.append(" -x \(settings.upperThreshold)") }
    if settings.lowerThreshold != 0 { text.append(" -y \(settings.lowerThreshold)") }
    text.add("\n")
  }

  private func addRule(_ daemon: SyncDaemon, to text: inout Text) {
    text.append("--start-daemon \(daemon.role.name) --mcast-interface \(daemon.interface)")
    text.append(" --syncid \(daemon.syncID)")
    if let length = daemon.maximumLength { text.append(" --sync-maxlen \(length)") }
    if let group = daemon.group { text.append(" --mcast-group \(group)") }
    if let port = daemon.port { text.append(" --mcast-port \(port)") }
    if let ttl = daemon.ttl { text.append(" --mcast-ttl \(ttl)") }
    text.add("\n")
  }

  private func addName(of id: Service.ID, to text: inout Text) {
    switch id {
    case .mark(let mark, let family):
      text.append("-f \(mark)")
      if family == .ipv6 { text.add(" -6") }
    case .endpoint(let transport, let endpoint):
      text.add(transport.option)
      text.add(" ")
      names.add(endpoint, transport, to: &text)
    }
  }

  private func addOptions(of service: Service, to text: inout Text) {
    let settings = service.settings
    if let timeout = settings.persistence {
      text.append(" -p \(timeout)")
      if case .part = settings.netmask {
        text.add(" -M ")
        text.append(settings.netmask, service.id.family)
      }
    }
    if let engine = settings.engine { text.append(" --pe \(engine)") }
    if settings.flags.contains(.onePacket) { text.add(" -o") }
    let flags = settings.flagNames(losingNone: true)
    if !flags.isEmpty {
      text.add(" -b ")
      text.add(flags, between: ",")
    }
  }

  private func addOptions(of tunnel: Tunnel, to text: inout Text) {
    guard let name = tunnel.name else { return }
    text.append(" --tun-type \(name)")
    switch tunnel {
    case .gue(let port, let checksum): text.append(" --tun-port \(port) \(checksum.option)")
    case .gre(let checksum): text.append(" \(checksum.option)")
    case .ipip, .other: break
    }
  }
}
