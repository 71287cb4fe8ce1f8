// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// A virtual service with its real servers.
struct TableEntry {
  let service: ServiceStatus
  var servers: [DestinationStatus]
}

/// Writes the listings of services.
struct TableText {
  let format: ListFormat
  let names: NameTable

  /// The line that tells the kernel's version.
  static func version(_ info: KernelInfo) -> String {
    let (major, minor, patch) = (info.version >> 16 & 0xff, info.version >> 8 & 0xff, info.version & 0xff)
    return "IP Virtual Server version \(major).\(minor).\(patch) (size=\(info.tableSize))\n"
  }

  /// The two lines above the services.
  func title(into text: inout Text) {
    switch format.style {
    case .stats: counterTitle(["Conns", "InPkts", "OutPkts", "InBytes", "OutBytes"], into: &text)
    case .rate: counterTitle(["CPS", "InPPS", "OutPPS", "InBPS", "OutBPS"], into: &text)
    case .thresholds:
      columnTitle(
        [("Uthreshold", 10), ("Lthreshold", 10), ("ActiveConn", 10), ("InActConn", 10)], into: &text)
    case .persistentConnections:
      columnTitle([("Weight", 9), ("PersistConn", 11), ("ActiveConn", 10), ("InActConn", 10)], into: &text)
    case .tunnel:
      text.add("Prot LocalAddress:Port Scheduler Flags\n")
      text.add("  -> RemoteAddress:Port           Forward TunnelInfo    Weight ActiveConn InActConn\n")
    case .plain:
      text.add("Prot LocalAddress:Port Scheduler Flags\n")
      text.add("  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn\n")
    }
  }

  /// A service and its servers.
  func entry(_ entry: TableEntry, into text: inout Text) {
    let service = entry.service.service
    let name = serviceName(service.id)
    switch format.style {
    case .stats, .rate:
      text.add(name, width: 33)
      counters(entry.service.statistics, into: &text)
    default:
      text.add("\(name) \(service.scheduler)\(suffix(service))\n")
    }
    for server in entry.servers {
      text.add("  -> ")
      text.add(serverName(server.destination.endpoint, of: service.id), width: 28)
      self.server(server, into: &text)
    }
  }

  private func counterTitle(_ columns: [String], into text: inout Text) {
    text.add("Prot LocalAddress:Port", width: 33)
    for column in columns {
      text.add(" ")
      text.add(column, right: 8)
    }
    text.add("\n  -> RemoteAddress:Port\n")
  }

  private func columnTitle(_ columns: [(String, Int)], into text: inout Text) {
    text.add("Prot LocalAddress:Port", width: 33)
    for (column, width) in columns {
      text.add(" ")
      text.add(column, width: width)
    }
    text.add("\n  -> RemoteAddress:Port\n")
  }

  private func server(_ server: DestinationStatus, into text: inout Text) {
    let destination = server.destination
    switch format.style {
    case .stats, .rate:
      counters(server.statistics, into: &text)
      return
    case .thresholds:
      columns([(Int(destination.upperThreshold), 10), (Int(destination.lowerThreshold), 10)], into: &text)
    case .persistentConnections:
      columns([(Int(destination.weight), 9), (Int(server.persistentConnections), 11)], into: &text)
    case .tunnel:
      text.add(" ")
      text.add(destination.forwarding.listName, width: 7)
      text.add(" ")
      text.add(destination.forwarding.tunnelText, width: 13)
      columns([(Int(destination.weight), 6)], into: &text)
    case .plain:
      text.add(" ")
      text.add(destination.forwarding.listName, width: 7)
      columns([(Int(destination.weight), 6)], into: &text)
    }
    columns([(Int(server.activeConnections), 10), (Int(server.inactiveConnections), 10)], into: &text)
    text.add("\n")
  }

  private func columns(_ columns: [(Int, Int)], into text: inout Text) {
    for (number, width) in columns {
      text.add(" ")
      text.add(number, width: width)
    }
  }

  private func counters(_ statistics: Statistics, into text: inout Text) {
    if format.style == .stats {
      for value in [
        statistics.connections, statistics.inPackets, statistics.outPackets, statistics.inBytes,
        statistics.outBytes,
      ] {
        text.addCounter(value, isExact: format.isExact)
      }
    } else {
      for value in [
        statistics.connectionRate, statistics.inPacketRate, statistics.outPacketRate,
        statistics.inByteRate, statistics.outByteRate,
      ] {
        text.addCounter(value, isExact: format.isExact)
      }
    }
    text.add("\n")
  }

  private func serviceName(_ id: Service.ID) -> String {
    switch id {
    case .mark(let mark, let family):
      "FWM  \(Int32(bitPattern: mark))\(family == .ipv6 ? " IPv6" : "")"
    case .endpoint(let transport, let endpoint):
      transport.listName + cut(names.text(endpoint, transport), endpoint, 33)
    }
  }

  private func serverName(_ endpoint: Endpoint, of id: Service.ID) -> String {
    if case .endpoint(let transport, _) = id { return cut(names.text(endpoint, transport), endpoint, 28) }
    return cut(names.text(endpoint, nil), endpoint, 28)
  }

  private func cut(_ name: String, _ endpoint: Endpoint, _ width: Int) -> String {
    endpoint.address.family == .ipv4 ? String(name.prefix(width)) : name
  }

  private func suffix(_ service: Service) -> String {
    var text = ""
    let flags = SchedulerFlags.names(service.flags, scheduler: service.scheduler)
    if !flags.isEmpty { text += " (\(flags))" }
    if let timeout = service.persistence {
      text += " persistent \(timeout)"
      if let mask = service.netmask.text { text += " mask \(mask)" }
    }
    if let engine = service.engine { text += " pe \(engine)" }
    if service.flags.contains(.onePacket) { text += " ops" }
    return text
  }
}

extension TransportProtocol {
  /// The first column of a service's line.
  fileprivate var listName: String {
    switch self {
    case .tcp: "TCP  "
    case .udp: "UDP  "
    case .sctp: "SCTP "
    }
  }
}

extension Netmask {
  /// The mask as it is printed, or nil for single hosts.
  var text: String? {
    if self == .host(.ipv4) || self == .host(.ipv6) { return nil }
    switch self {
    case .ipv4(let mask): return Address(ipv4: mask).description
    case .ipv6(let length): return String(length)
    }
  }
}

extension Forwarding {
  fileprivate var listName: String {
    switch self {
    case .masquerade: "Masq"
    case .local: "Local"
    case .tunnel: "Tunnel"
    case .direct: "Route"
    case .bypass: "Bypass"
    }
  }

  fileprivate var tunnelText: String {
    guard case .tunnel(let tunnel) = self else { return "n/a" }
    switch tunnel {
    case .ipip: return "ipip"
    case .gue(let port, let checksum): return "gue:\(port):\(checksum.listName)"
    case .gre(let checksum): return "gre:\(checksum.listName)"
    case .other: return "n/a"
    }
  }
}

extension Tunnel.Checksum {
  fileprivate var listName: String {
    switch self {
    case .none: "-c"
    case .full: "+c"
    case .remote: "r+c"
    }
  }
}
