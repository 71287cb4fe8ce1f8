// SPDX-License-Identifier: Apache-2.0

/// A connection synchronization daemon: `IPVS_CMD_ATTR_DAEMON`. For a value of nil the kernel decides, or it did not
/// send one.
public struct SyncDaemon: Sendable, Hashable, Identifiable {
  /// Which of the two daemons: `IPVS_DAEMON_ATTR_STATE`.
  public enum Role: Sendable, Hashable, CaseIterable {
    /// Sends its connections to others, `IP_VS_STATE_MASTER`.
    case master
    /// Receives another director's connections, `IP_VS_STATE_BACKUP`.
    case backup
  }

  /// The role; each role has one daemon.
  public var id: Role { role }

  /// Master or backup.
  public var role: Role
  /// The interface for multicast: `IPVS_DAEMON_ATTR_MCAST_IFN`.
  public var interface: Name
  /// Which daemons belong together, 0 to 255; a backup with 0 listens to all. `IPVS_DAEMON_ATTR_SYNC_ID`.
  public var syncID: UInt32
  /// The longest message in bytes, 1 to 65507: `IPVS_DAEMON_ATTR_SYNC_MAXLEN`.
  public var maximumLength: UInt16?
  /// The multicast group, `IPVS_DAEMON_ATTR_MCAST_GROUP` or `IPVS_DAEMON_ATTR_MCAST_GROUP6`.
  public var group: Address?
  /// The UDP port, 1 to 65535: `IPVS_DAEMON_ATTR_MCAST_PORT`.
  public var port: UInt16?
  /// How far the messages go, 1 to 255: `IPVS_DAEMON_ATTR_MCAST_TTL`.
  public var ttl: UInt8?

  /// A daemon; the kernel chooses what is not given, and the identifier is 0.
  public init(
    _ role: Role, interface: Name, syncID: UInt32 = 0, maximumLength: UInt16? = nil,
    group: Address? = nil, port: UInt16? = nil, ttl: UInt8? = nil
  ) {
    self.role = role
    self.interface = interface
    self.syncID = syncID
    self.maximumLength = maximumLength
    self.group = group
    self.port = port
    self.ttl = ttl
  }
}
