// SPDX-License-Identifier: Apache-2.0

internal import CIPVS

extension SyncDaemon.Role {
  /// The kernel's number for the role.
  var number: UInt32 {
    switch self {
    case .master: UInt32(IP_VS_STATE_MASTER)
    case .backup: UInt32(IP_VS_STATE_BACKUP)
    }
  }

  init?(number: UInt32) {
    guard let match = Self.allCases.first(where: { $0.number == number }) else { return nil }
    self = match
  }
}

extension SyncDaemon {
  /// Adds the attributes of a daemon.
  func encode(into request: inout Request) {
    request.add(IPVS_DAEMON_ATTR_STATE, role.number)
    request.add(IPVS_DAEMON_ATTR_MCAST_IFN, interface)
    request.add(IPVS_DAEMON_ATTR_SYNC_ID, syncID)
    if let maximumLength { request.add(IPVS_DAEMON_ATTR_SYNC_MAXLEN, maximumLength) }
    switch group?.family {
    case .ipv4: request.add(IPVS_DAEMON_ATTR_MCAST_GROUP, bytes: group?.bytes.prefix(4) ?? [])
    case .ipv6: request.add(IPVS_DAEMON_ATTR_MCAST_GROUP6, bytes: group?.bytes ?? [])
    case nil: break
    }
    if let port { request.add(IPVS_DAEMON_ATTR_MCAST_PORT, port) }
    if let ttl { request.add(IPVS_DAEMON_ATTR_MCAST_TTL, ttl) }
  }

  /// The daemon in an answer: `IPVS_CMD_ATTR_DAEMON` among its attributes.
  init(decoding answer: RawSpan) throws(NetlinkError) {
    var role: Role?
    var interface: String?
    var rest = SyncDaemon(.master, interface: "")
    try answer.forEachAttribute(within: IPVS_CMD_ATTR_DAEMON) { (type, value) throws(NetlinkError) in
      switch type {
      case IPVS_DAEMON_ATTR_STATE: role = Role(number: try value.integer())
      case IPVS_DAEMON_ATTR_MCAST_IFN: interface = value.text()
      case IPVS_DAEMON_ATTR_SYNC_ID: rest.syncID = try value.integer()
      case IPVS_DAEMON_ATTR_SYNC_MAXLEN: rest.maximumLength = try value.integer()
      case IPVS_DAEMON_ATTR_MCAST_GROUP: rest.group = try value.address(.ipv4)
      case IPVS_DAEMON_ATTR_MCAST_GROUP6: rest.group = try value.address(.ipv6)
      case IPVS_DAEMON_ATTR_MCAST_PORT: rest.port = try value.integer()
      case IPVS_DAEMON_ATTR_MCAST_TTL: rest.ttl = try value.integer()
      default: break
      }
    }
    guard let role, let interface else { throw .malformed("a daemon lacks an attribute") }
    self = rest
    self.role = role
    self.interface = interface
  }
}
