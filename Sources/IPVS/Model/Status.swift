// SPDX-License-Identifier: Apache-2.0

/// A service as the kernel reports it: its configuration and its counters.
public struct ServiceStatus: Sendable, Hashable {
  /// The configuration, as ``Director/edit(_:)`` takes it back.
  public var service: Service
  /// What passed through it.
  public var statistics: Statistics

  /// A report from its parts.
  package init(_ service: Service, statistics: Statistics = Statistics()) {
    self.service = service
    self.statistics = statistics
  }
}

/// A real server as the kernel reports it: its configuration, its connections, its counters.
public struct DestinationStatus: Sendable, Hashable {
  /// The configuration, as ``Director/edit(_:of:)`` takes it back.
  public var destination: Destination
  /// Connections in use, `IPVS_DEST_ATTR_ACTIVE_CONNS`.
  public var activeConnections: UInt32
  /// Connections that are closing or were never established, `IPVS_DEST_ATTR_INACT_CONNS`.
  public var inactiveConnections: UInt32
  /// Clients that persistence binds to it, `IPVS_DEST_ATTR_PERSIST_CONNS`.
  public var persistentConnections: UInt32
  /// What passed through it.
  public var statistics: Statistics

  /// A report from its parts.
  package init(
    _ destination: Destination, active: UInt32 = 0, inactive: UInt32 = 0, persistent: UInt32 = 0,
    statistics: Statistics = Statistics()
  ) {
    self.destination = destination
    activeConnections = active
    inactiveConnections = inactive
    persistentConnections = persistent
    self.statistics = statistics
  }
}
