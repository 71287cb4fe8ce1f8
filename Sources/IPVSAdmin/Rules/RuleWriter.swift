// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// Writes rules: what `--save` prints and `--restore` reads.
struct RuleWriter {
  let names: NameTable

  /// A service and its servers, a line each.
  func entry(_ entry: TableEntry, into text: inout Text) {
    let service = entry.service.service
    let name = self.name(service.id)
    text.add("-A \(name) -s \(service.scheduler)\(options(service))\n")
    for server in entry.servers {
      text.add("-a \(name) \(rule(server.destination, of: service.id))\n")
    }
  }

  private func name(_ id: Service.ID) -> String {
    switch id {
    case .mark(let mark, let family): "-f \(mark)\(family == .ipv6 ? " -6" : "")"
    case .endpoint(let transport, let endpoint):
      "\(transport.option) \(names.text(endpoint, transport))"
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
    let flags = SchedulerFlags.names(service.flags, scheduler: service.scheduler)
    if !flags.isEmpty { text += " -b \(flags)" }
    return text
  }

  private func rule(_ destination: Destination, of id: Service.ID) -> String {
    var transport: TransportProtocol?
    if case .endpoint(let service, _) = id { transport = service }
    var text = "-r \(names.text(destination.endpoint, transport)) \(destination.forwarding.option)"
    text += " -w \(destination.weight)"
    if case .tunnel(let tunnel) = destination.forwarding { text += tunnel.options }
    if destination.upperThreshold != 0 { text += " -x \(destination.upperThreshold)" }
    if destination.lowerThreshold != 0 { text += " -y \(destination.lowerThreshold)" }
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
