// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// Writes rules: what `--save` prints and `--restore` reads.
struct RuleWriter {
  let names: NameTable

  /// A service and its servers, a line each.
  func add(_ entry: Table.Entry, to text: inout Text) {
    let service = entry.service.service
    var name = Text()
    addName(of: service.id, to: &name)
    text.append("-A \(name) -s \(service.settings.scheduler)")
    addOptions(of: service, to: &text)
    text.add("\n")
    for status in entry.destinations {
      let settings = status.destination.settings
      text.add("-a ")
      text.append(name)
      text.add(" -r ")
      names.add(status.destination.endpoint, service.id.transport, to: &text)
      text.add(" ")
      text.add(settings.forwarding.option)
      text.add(" -w ")
      text.append(settings.weight)
      if case .tunnel(let tunnel) = settings.forwarding { addOptions(of: tunnel, to: &text) }
      if settings.upperThreshold != 0 { text.append(" -x \(settings.upperThreshold)") }
      if settings.lowerThreshold != 0 { text.append(" -y \(settings.lowerThreshold)") }
      text.add("\n")
    }
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
