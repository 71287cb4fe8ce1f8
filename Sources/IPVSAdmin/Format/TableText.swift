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
    switch format.style {
    case .stats, .rate:
      text.field(width: 33) { addName(of: service.id, to: &$0) }
      counters(entry.service.statistics, into: &text)
    default:
      addName(of: service.id, to: &text)
      text.add(" \(service.scheduler)\(suffix(service))\n")
    }
    for server in entry.servers {
      text.add("  -> ")
      let endpoint = server.destination.endpoint
      names.addField(endpoint, service.id.namingTransport, width: 28, limit: limit(endpoint), to: &text)
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
      column(destination.upperThreshold, 10, into: &text)
      column(destination.lowerThreshold, 10, into: &text)
    case .persistentConnections:
      column(destination.weight, 9, into: &text)
      column(server.persistentConnections, 11, into: &text)
    case .tunnel:
      text.add(" ")
      text.add(destination.forwarding.listName, width: 7)
      text.add(" ")
      text.add(destination.forwarding.tunnelText, width: 13)
      column(destination.weight, 6, into: &text)
    case .plain:
      text.add(" ")
      text.add(destination.forwarding.listName, width: 7)
      column(destination.weight, 6, into: &text)
    }
    column(server.activeConnections, 10, into: &text)
    column(server.inactiveConnections, 10, into: &text)
    text.add("\n")
  }

  private func column(_ number: some FixedWidthInteger, _ width: Int, into text: inout Text) {
    text.add(" ")
    text.add(number, width: width)
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

  private func addName(of id: Service.ID, to text: inout Text) {
    switch id {
    case .mark(let mark, let family):
      text.add("FWM  \(Int32(bitPattern: mark))\(family == .ipv6 ? " IPv6" : "")")
    case .endpoint(let transport, let endpoint):
      text.add(transport.listName)
      names.addField(endpoint, transport, width: 0, limit: limit(endpoint), to: &text)
    }
  }

  /// Names of IPv4 are at most as long as their column.
  private func limit(_ endpoint: Endpoint) -> Int { endpoint.address.family == .ipv4 ? 28 : 59 }

  private func suffix(_ service: Service) -> String {
    var text = ""
    if !service.flags.isDisjoint(with: .scheduler) {
      text += " (\(SchedulerFlags.names(service.flags, scheduler: service.scheduler).joined(separator: ",")))"
    }
    if let timeout = service.persistence {
      text += " persistent \(timeout)"
      if let mask = service.netmask.text { text += " mask \(mask)" }
      if let engine = service.engine { text += " pe \(engine)" }
    }
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
