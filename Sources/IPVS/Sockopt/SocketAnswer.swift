// SPDX-License-Identifier: Apache-2.0

internal import CLinux

extension ServiceStatus {
  /// A service that the kernel reports, or nil if its protocol is unknown.
  init?(_ entry: ip_vs_service_entry) {
    let id: Service.ID
    if entry.fwmark != 0 {
      id = .mark(entry.fwmark, .ipv4)
    } else {
      guard let transport = TransportProtocol(number: entry.protocol) else { return nil }
      id = .endpoint(transport, Endpoint(networkOrder: entry.addr, entry.port))
    }
    let settings = Service.Settings(
      scheduler: Name(member: entry.sched_name), kernelFlags: entry.flags, timeout: entry.timeout,
      netmask: Netmask(UInt32(bigEndian: entry.netmask), .ipv4))
    self.init(Service(id, settings), statistics: Statistics(entry.stats))
  }
}

extension DestinationStatus {
  /// A server that the kernel reports, or nil if its forwarding method is unknown. The interface does not say which type
  /// a tunnel has.
  init?(_ entry: ip_vs_dest_entry) {
    guard let forwarding = Forwarding(number: entry.conn_flags, tunnel: .ipip) else { return nil }
    self.init(
      Destination(
        Endpoint(networkOrder: entry.addr, entry.port), forwarding: forwarding, weight: entry.weight,
        upperThreshold: entry.u_threshold, lowerThreshold: entry.l_threshold),
      activeConnections: entry.activeconns, inactiveConnections: entry.inactconns,
      persistentConnections: entry.persistconns, statistics: Statistics(entry.stats))
  }
}

extension Timeouts {
  init(_ user: ip_vs_timeout_user) {
    self.init(
      tcp: UInt32(bitPattern: user.tcp_timeout), tcpFin: UInt32(bitPattern: user.tcp_fin_timeout),
      udp: UInt32(bitPattern: user.udp_timeout))
  }
}

extension SyncDaemon {
  /// A daemon that the kernel reports, or nil if none runs. The interface has no more than this.
  init?(_ user: ip_vs_daemon_user) {
    guard let role = Role(number: UInt32(bitPattern: user.state)) else { return nil }
    self.init(role, interface: Name(member: user.mcast_ifn), syncID: UInt32(bitPattern: user.syncid))
  }
}

extension Statistics {
  fileprivate init(_ user: ip_vs_stats_user) {
    self.init(
      total: Counters(
        connections: UInt64(user.conns), inPackets: UInt64(user.inpkts), outPackets: UInt64(user.outpkts),
        inBytes: user.inbytes, outBytes: user.outbytes),
      rate: Counters(
        connections: UInt64(user.cps), inPackets: UInt64(user.inpps), outPackets: UInt64(user.outpps),
        inBytes: UInt64(user.inbps), outBytes: UInt64(user.outbps)))
  }
}

extension Endpoint {
  fileprivate init(networkOrder address: UInt32, _ port: UInt16) {
    self.init(Address(ipv4: UInt32(bigEndian: address)), port: UInt16(bigEndian: port))
  }
}
