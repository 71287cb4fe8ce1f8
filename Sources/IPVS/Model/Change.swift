// SPDX-License-Identifier: Apache-2.0

/// One change of what the kernel holds.
public enum Change: Sendable, Hashable {
  /// Adds a service: `IPVS_CMD_NEW_SERVICE`. EEXIST when it is there, ENOENT when the scheduler or the engine
  /// is unknown.
  case addService(Service)
  /// Replaces a service's configuration: `IPVS_CMD_SET_SERVICE`. ESRCH when there is none.
  case editService(Service)
  /// Deletes a service with its servers: `IPVS_CMD_DEL_SERVICE`. ESRCH when there is none.
  case deleteService(Service.ID)
  /// Adds a server to a service: `IPVS_CMD_NEW_DEST`. ESRCH without the service, EEXIST with the server.
  case addDestination(Destination, to: Service.ID)
  /// Replaces a server's configuration: `IPVS_CMD_SET_DEST`. ESRCH without the service, ENOENT without the
  /// server.
  case editDestination(Destination, of: Service.ID)
  /// Takes a server out of a service: `IPVS_CMD_DEL_DEST`. Errors as for a replacement.
  case deleteDestination(Endpoint, of: Service.ID)
  /// Deletes all services: `IPVS_CMD_FLUSH`. Connections stay.
  case clear
  /// Zeroes the counters of one service, or of all: `IPVS_CMD_ZERO`. ESRCH when there is none.
  case zero(Service.ID?)
  /// Sets timeouts: `IPVS_CMD_SET_CONFIG`.
  case setTimeouts(Timeouts)
  /// Starts a daemon: `IPVS_CMD_NEW_DAEMON`. EEXIST when it runs, ENODEV without the interface.
  case startDaemon(SyncDaemon)
  /// Stops a daemon: `IPVS_CMD_DEL_DAEMON`. ESRCH when none runs.
  case stopDaemon(SyncDaemon.Role)
}
