// SPDX-License-Identifier: Apache-2.0

/// One change of what the kernel holds, to be made together with others by ``Director/apply(_:)``. The kernel refuses
/// it as it does the method of ``Director`` that makes the change alone.
public enum Change: Sendable, Hashable {
  /// Adds a service, as ``Director/add(_:)`` does: `IPVS_CMD_NEW_SERVICE`.
  case addService(Service)
  /// Replaces a service's configuration, as ``Director/edit(_:)`` does: `IPVS_CMD_SET_SERVICE`.
  case editService(Service)
  /// Deletes a service with its servers, as ``Director/delete(_:)`` does: `IPVS_CMD_DEL_SERVICE`.
  case deleteService(Service.ID)
  /// Adds a server to a service, as ``Director/add(_:to:)`` does: `IPVS_CMD_NEW_DEST`.
  case addDestination(Destination, to: Service.ID)
  /// Replaces a server's configuration, as ``Director/edit(_:of:)`` does: `IPVS_CMD_SET_DEST`.
  case editDestination(Destination, of: Service.ID)
  /// Deletes a server from a service, as ``Director/delete(_:from:)`` does: `IPVS_CMD_DEL_DEST`.
  case deleteDestination(Endpoint, from: Service.ID)
  /// Deletes all services, as ``Director/clear()`` does: `IPVS_CMD_FLUSH`.
  case clear
  /// Zeroes the counters of one service, or of all, as ``Director/zero(_:)`` does: `IPVS_CMD_ZERO`.
  case zero(Service.ID?)
  /// Sets timeouts, as ``Director/set(_:)`` does: `IPVS_CMD_SET_CONFIG`.
  case setTimeouts(Timeouts)
  /// Starts a daemon, as ``Director/start(_:)`` does: `IPVS_CMD_NEW_DAEMON`.
  case startDaemon(SyncDaemon)
  /// Stops a daemon, as ``Director/stop(_:)`` does: `IPVS_CMD_DEL_DAEMON`.
  case stopDaemon(SyncDaemon.Role)
}
