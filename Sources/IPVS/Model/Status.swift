// SPDX-License-Identifier: Apache-2.0

/// A service as the kernel reports it: its configuration and its counters.
public struct ServiceStatus: Sendable, Hashable, Identifiable {
  /// The configuration, as ``Kernel/edit(_:)`` takes it back.
  public var service: Service
  /// What passed through it.
  public var statistics: Statistics

  /// The service's identity.
  public var id: Service.ID { service.id }

  /// A report from its parts.
  public init(_ service: Service, statistics: Statistics = Statistics()) {
    self.service = service
    self.statistics = statistics
  }
}

/// A real server as the kernel reports it: its configuration, its connections, its counters.
public struct DestinationStatus: Sendable, Hashable, Identifiable {
  /// The configuration, as ``Kernel/edit(_:of:)`` takes it back.
  public var destination: Destination
  /// Connections in use, `IPVS_DEST_ATTR_ACTIVE_CONNS`.
  public var activeConnections: UInt32
  /// Connections that are closing or were never established, `IPVS_DEST_ATTR_INACT_CONNS`.
  public var inactiveConnections: UInt32
  /// Clients that persistence binds to it, `IPVS_DEST_ATTR_PERSIST_CONNS`.
  public var persistentConnections: UInt32
  /// What passed through it.
  public var statistics: Statistics

  /// The server's endpoint.
  public var id: Endpoint { destination.endpoint }

  /// A report from its parts.
  public init(
    _ destination: Destination, activeConnections: UInt32 = 0, inactiveConnections: UInt32 = 0,
    persistentConnections: UInt32 = 0, statistics: Statistics = Statistics()
  ) {
    self.destination = destination
    self.activeConnections = activeConnections
    self.inactiveConnections = inactiveConnections
    self.persistentConnections = persistentConnections
    self.statistics = statistics
  }
}
