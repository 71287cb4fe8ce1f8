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
    let name = name(of: entry.id)
    addRule("-A", name, entry.service.service, to: &text)
    for status in entry.destinations { addRule("-a", name, status.destination, entry.id, to: &text) }
  }

  /// A change, a line.
  func add(_ change: Change, to text: inout Text) {
    switch change {
    case .addService(let service): addRule("-A", name(of: service.id), service, to: &text)
    case .editService(let service): addRule("-E", name(of: service.id), service, to: &text)
    case .deleteService(let id): addLine("-D", id, to: &text)
    case .addDestination(let server, let id): addRule("-a", name(of: id), server, id, to: &text)
    case .editDestination(let server, let id): addRule("-e", name(of: id), server, id, to: &text)
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
    text.append(name(of: id))
    if let server {
      text.add(" -r ")
      names.add(server, id.transport, to: &text)
    }
    text.add("\n")
  }

  /// The name of the service is an argument, because it stands in a line for each server, too.
  private func addRule(_ command: StaticString, _ name: Text, _ service: Service, to text: inout Text) {
    text.add(command)
    text.add(" ")
    text.append(name)
    text.append(" -s \(service.settings.scheduler)")
    addOptions(of: service, to: &text)
    text.add("\n")
  }

  private func addRule(
    _ command: StaticString, _ name: Text, _ server: Destination, _ id: Service.ID, to text: inout Text
  ) {
    let settings = server.settings
    text.add(command)
    text.add(" ")
    text.append(name)
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
    text.append("--start-daemon \(daemon.role.name) --mcast-interface")
    // As a word of its own, the name of an interface could be a comment, or the program's name, which is no word.
    let name: Text = "\(daemon.interface)"
    text.add(name.bytes.first == UInt8(ascii: "#") || name == "ipvsadm" || name.isEmpty ? "=" : " ")
    text.append(name)
    text.append(" --syncid \(daemon.syncID)")
    if let length = daemon.maximumLength { text.append(" --sync-maxlen \(length)") }
    if let group = daemon.group { text.append(" --mcast-group \(group)") }
    if let port = daemon.port { text.append(" --mcast-port \(port)") }
    if let ttl = daemon.ttl { text.append(" --mcast-ttl \(ttl)") }
    text.add("\n")
  }

  /// How options name a service: `-t 10.0.0.100:80`.
  func name(of id: Service.ID) -> Text {
    switch id {
    case .mark(let mark, let family): return family == .ipv6 ? "-f \(mark) -6" : "-f \(mark)"
    case .endpoint(let transport, let endpoint):
      var text: Text = "\(transport.option) "
      names.add(endpoint, transport, to: &text)
      return text
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
    if settings.flags.isDisjoint(with: .scheduler) { return }
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
