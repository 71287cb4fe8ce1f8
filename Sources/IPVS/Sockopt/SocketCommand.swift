// SPDX-License-Identifier: Apache-2.0

internal import CLinux

extension Change {
  /// The change as the older interface takes it. The caller ensures that it can.
  var command: OptionSocket.Command {
    switch self {
    case .addService(let service): .init(option: clinux_so_add, bytes: service.structure)
    case .editService(let service): .init(option: clinux_so_edit, bytes: service.structure)
    case .deleteService(let id): .init(option: clinux_so_delete, bytes: id.structure)
    case .addDestination(let server, let id):
      .init(option: clinux_so_add_destination, bytes: id.structure + server.structure)
    case .editDestination(let server, let id):
      .init(option: clinux_so_edit_destination, bytes: id.structure + server.structure)
    case .deleteDestination(let endpoint, let id):
      .init(option: clinux_so_delete_destination, bytes: id.structure + Destination(endpoint).structure)
    case .clear: .init(option: clinux_so_flush)
    case .zero(let id): .init(option: clinux_so_zero, bytes: id.structure)
    case .zeroAll: .init(option: clinux_so_zero, bytes: Service.ID.none.structure)
    case .setTimeouts(let timeouts): .init(option: clinux_so_set_timeouts, bytes: timeouts.structure)
    case .startDaemon(let daemon): .init(option: clinux_so_start_daemon, bytes: daemon.structure)
    case .stopDaemon(let role):
      .init(option: clinux_so_stop_daemon, bytes: SyncDaemon(role, interface: "").structure)
    }
  }
}

extension Service.ID {
  /// What stands for all services where counters are zeroed.
  static let none: Service.ID = .tcp(Endpoint(Address(ipv4: 0), port: 0))

  /// What all structures begin with. The kernel wants a protocol for a mark, too, always the same.
  var members: (transport: UInt16, address: UInt32, port: UInt16, mark: UInt32) {
    switch self {
    case .endpoint(let transport, let endpoint):
      (transport.number, endpoint.address.networkOrder.0, endpoint.port.bigEndian, 0)
    case .mark(let mark, _): (TransportProtocol.tcp.number, 0, 0, mark)
    }
  }

  /// `struct ip_vs_service_user` without settings.
  fileprivate var structure: [UInt8] { structure { _ in } }

  fileprivate func structure(_ body: (inout ip_vs_service_user) -> Void) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append { (user: inout ip_vs_service_user) in
      (user.protocol, user.addr, user.port, user.fwmark) = members
      body(&user)
    }
    return bytes
  }
}

extension Service {
  /// `struct ip_vs_service_user`.
  fileprivate var structure: [UInt8] {
    id.structure { user in
      settings.scheduler.store(in: &user.sched_name)
      user.flags =
        settings.flags.rawValue | (settings.persistence == nil ? 0 : UInt32(IP_VS_SVC_F_PERSISTENT))
      user.timeout = settings.persistence ?? 0
      user.netmask = settings.netmask.number(.ipv4).bigEndian
    }
  }
}

extension Destination {
  /// `struct ip_vs_dest_user`.
  fileprivate var structure: [UInt8] {
    var bytes: [UInt8] = []
    bytes.append { (user: inout ip_vs_dest_user) in
      user.addr = endpoint.address.networkOrder.0
      user.port = endpoint.port.bigEndian
      user.conn_flags = settings.forwarding.number
      user.weight = settings.weight
      user.u_threshold = settings.upperThreshold
      user.l_threshold = settings.lowerThreshold
    }
    return bytes
  }
}

extension Timeouts {
  /// `struct ip_vs_timeout_user`. The kernel keeps a timeout for which it gets 0.
  fileprivate var structure: [UInt8] {
    var bytes: [UInt8] = []
    bytes.append { (user: inout ip_vs_timeout_user) in
      user.tcp_timeout = Int32(bitPattern: tcp ?? 0)
      user.tcp_fin_timeout = Int32(bitPattern: tcpFin ?? 0)
      user.udp_timeout = Int32(bitPattern: udp ?? 0)
    }
    return bytes
  }
}

extension SyncDaemon {
  /// `struct ip_vs_daemon_user`.
  fileprivate var structure: [UInt8] {
    var bytes: [UInt8] = []
    bytes.append { (user: inout ip_vs_daemon_user) in
      user.state = Int32(role.number)
      interface.store(in: &user.mcast_ifn)
      user.syncid = Int32(bitPattern: syncID)
    }
    return bytes
  }
}
