// SPDX-License-Identifier: Apache-2.0

/// One change of what the kernel holds, to be made together with others by ``Kernel/apply(_:)``. The kernel refuses
/// it for the same reasons as the method of ``Kernel`` that makes this change alone.
public enum Change: Sendable, Hashable {
  /// Adds a service, as ``Kernel/add(_:)`` does: `IPVS_CMD_NEW_SERVICE`.
  case addService(Service)
  /// Replaces a service's configuration, as ``Kernel/edit(_:)`` does: `IPVS_CMD_SET_SERVICE`.
  case editService(Service)
  /// Deletes a service with its servers, as ``Kernel/delete(_:)`` does: `IPVS_CMD_DEL_SERVICE`.
  case deleteService(Service.ID)
  /// Adds a server to a service, as ``Kernel/add(_:to:)`` does: `IPVS_CMD_NEW_DEST`.
  case addDestination(Destination, to: Service.ID)
  /// Replaces a server's configuration, as ``Kernel/edit(_:of:)`` does: `IPVS_CMD_SET_DEST`.
  case editDestination(Destination, of: Service.ID)
  /// Deletes a server from a service, as ``Kernel/delete(_:from:)`` does: `IPVS_CMD_DEL_DEST`.
  case deleteDestination(Endpoint, from: Service.ID)
  /// Deletes all services, as ``Kernel/clear()`` does: `IPVS_CMD_FLUSH`.
  case clear
  /// Zeroes the counters of a service and its servers, as ``Kernel/zero(_:)`` does: `IPVS_CMD_ZERO`.
  case zero(Service.ID)
  /// Zeroes all counters, as ``Kernel/zeroAll()`` does: `IPVS_CMD_ZERO`.
  case zeroAll
  /// Sets timeouts, as ``Kernel/set(_:)`` does: `IPVS_CMD_SET_CONFIG`.
  case setTimeouts(Timeouts)
  /// Starts a daemon, as ``Kernel/start(_:)`` does: `IPVS_CMD_NEW_DAEMON`.
  case startDaemon(SyncDaemon)
  /// Stops a daemon, as ``Kernel/stop(_:)`` does: `IPVS_CMD_DEL_DAEMON`.
  case stopDaemon(SyncDaemon.Role)
}

extension Change {
  /// What the change is called in errors.
  package var operation: IPVSError.Operation {
    switch self {
    case .addService: .addService
    case .editService: .editService
    case .deleteService: .deleteService
    case .addDestination: .addDestination
    case .editDestination: .editDestination
    case .deleteDestination: .deleteDestination
    case .clear: .clear
    case .zero, .zeroAll: .zero
    case .setTimeouts: .setTimeouts
    case .startDaemon: .startDaemon
    case .stopDaemon: .stopDaemon
    }
  }
}
