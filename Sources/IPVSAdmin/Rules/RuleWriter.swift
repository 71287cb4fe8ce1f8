// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// Writes rules: what `--save` prints and `--restore` reads.
struct RuleWriter {
  let names: NameTable

  /// A service and its servers, a line each.
  func entry(_ entry: TableEntry, into text: inout Text) {
    let service = entry.service.service
    var name = Text()
    addName(of: service.id, to: &name)
    text.add("-A ")
    text.add(name)
    text.add(" -s \(service.scheduler)\(options(service))\n")
    for server in entry.servers {
      let destination = server.destination
      text.add("-a ")
      text.add(name)
      text.add(" -r ")
      names.add(destination.endpoint, service.id.namingTransport, to: &text)
      text.add(" ")
      text.add(destination.forwarding.option)
      text.add(" -w ")
      text.add(destination.weight)
      if case .tunnel(let tunnel) = destination.forwarding { text.add(tunnel.options) }
      if destination.upperThreshold != 0 { text.add(" -x \(destination.upperThreshold)") }
      if destination.lowerThreshold != 0 { text.add(" -y \(destination.lowerThreshold)") }
      text.add("\n")
    }
  }

  private func addName(of id: Service.ID, to text: inout Text) {
    switch id {
    case .mark(let mark, let family): text.add("-f \(mark)\(family == .ipv6 ? " -6" : "")")
    case .endpoint(let transport, let endpoint):
      text.add("\(transport.option) ")
      names.add(endpoint, transport, to: &text)
    }
  }

  private func options(_ service: Service) -> String {
    var text = ""
    if let timeout = service.persistence {
      text += " -p \(timeout)"
      if let mask = service.netmask.text { text += " -M \(mask)" }
    }
    if let engine = service.engine { text += " --pe \(engine)" }
    if service.flags.contains(.onePacket) { text += " -o" }
    let flags = SchedulerFlags.allNames(service.flags, scheduler: service.scheduler)
    if !flags.isEmpty { text += " -b \(flags.joined(separator: ","))" }
    return text
  }
}

extension TransportProtocol {
  fileprivate var option: String {
    switch self {
    case .tcp: "-t"
    case .udp: "-u"
    case .sctp: "--sctp-service"
    }
  }
}

extension Forwarding {
  /// The option for the method. There is none for local forwarding and bypass, which the kernel decides by
  /// itself.
  fileprivate var option: String {
    switch self {
    case .masquerade: "-m"
    case .tunnel: "-i"
    case .direct, .local, .bypass: "-g"
    }
  }
}

extension Tunnel {
  fileprivate var options: String {
    switch self {
    case .ipip: " --tun-type ipip"
    case .gue(let port, let checksum): " --tun-type gue --tun-port \(port) \(checksum.option)"
    case .gre(let checksum): " --tun-type gre \(checksum.option)"
    case .other: ""
    }
  }
}

extension Tunnel.Checksum {
  fileprivate var option: String {
    switch self {
    case .none: "--tun-nocsum"
    case .full: "--tun-csum"
    case .remote: "--tun-remcsum"
    }
  }
}
