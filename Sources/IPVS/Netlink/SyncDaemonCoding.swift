// SPDX-License-Identifier: Apache-2.0

internal import CLinux

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

extension SyncDaemon: Answer {
  /// Adds the attributes of a daemon.
  func encode(into outbox: inout Outbox) {
    outbox.add(IPVS_DAEMON_ATTR_STATE, role.number)
    outbox.add(IPVS_DAEMON_ATTR_MCAST_IFN, interface)
    outbox.add(IPVS_DAEMON_ATTR_SYNC_ID, syncID)
    if let maximumLength { outbox.add(IPVS_DAEMON_ATTR_SYNC_MAXLEN, maximumLength) }
    if let group {
      switch group.family {
      case .ipv4: outbox.add(IPVS_DAEMON_ATTR_MCAST_GROUP, group.networkOrder.0)
      case .ipv6: outbox.add(IPVS_DAEMON_ATTR_MCAST_GROUP6, group.networkOrder)
      }
    }
    if let port { outbox.add(IPVS_DAEMON_ATTR_MCAST_PORT, port) }
    if let ttl { outbox.add(IPVS_DAEMON_ATTR_MCAST_TTL, ttl) }
  }

  init(decoding bytes: RawSpan, _ attributes: Range<Int>, isCounting _: Bool) throws(IPVSError.Reason) {
    var role: Role?
    var interface: Name?
    var rest = SyncDaemon(.master, interface: "")
    var cursor = AttributeCursor(attributes)
    guard try cursor.enter(IPVS_CMD_ATTR_DAEMON, in: bytes) else { throw .malformed(.daemon) }
    while let attribute = try cursor.next(in: bytes) {
      switch attribute.type {
      case IPVS_DAEMON_ATTR_STATE: role = Role(number: try bytes.integer(attribute))
      case IPVS_DAEMON_ATTR_MCAST_IFN: interface = try bytes.name(attribute)
      case IPVS_DAEMON_ATTR_SYNC_ID: rest.syncID = try bytes.integer(attribute)
      case IPVS_DAEMON_ATTR_SYNC_MAXLEN: rest.maximumLength = try bytes.integer(attribute)
      case IPVS_DAEMON_ATTR_MCAST_GROUP: rest.group = try bytes.address(attribute, .ipv4)
      case IPVS_DAEMON_ATTR_MCAST_GROUP6: rest.group = try bytes.address(attribute, .ipv6)
      case IPVS_DAEMON_ATTR_MCAST_PORT: rest.port = try bytes.integer(attribute)
      case IPVS_DAEMON_ATTR_MCAST_TTL: rest.ttl = try bytes.integer(attribute)
      default: break
      }
    }
    guard let role, let interface else { throw .malformed(.daemon) }
    self = rest
    self.role = role
    self.interface = interface
  }
}
