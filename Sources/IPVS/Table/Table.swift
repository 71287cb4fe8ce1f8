// SPDX-License-Identifier: Apache-2.0

/// A snapshot of what the kernel balances: services with their servers, and perhaps what goes with them.
public struct Table: Sendable, Hashable {
  /// A service with its servers.
  public struct Entry: Sendable, Hashable, Identifiable {
    /// The service.
    public var service: ServiceStatus
    /// Its servers.
    public var destinations: [DestinationStatus]

    /// The service's identity.
    public var id: Service.ID { service.id }

    /// An entry from its parts.
    public init(_ service: ServiceStatus, destinations: [DestinationStatus] = []) {
      self.service = service
      self.destinations = destinations
    }
  }

  /// The services, each once.
  public var entries: [Entry]
  /// The timeouts, or nil if the snapshot is not about them.
  public var timeouts: Timeouts?
  /// The daemons that run, or nil if the snapshot is not about them.
  public var daemons: [SyncDaemon]?

  /// A table from its services.
  public init(_ entries: [Entry] = []) { self.entries = entries }
}
