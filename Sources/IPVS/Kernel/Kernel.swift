// SPDX-License-Identifier: Apache-2.0

/// The verbs of IPVS, whatever the way to the kernel is.
///
/// ``Director`` is the way by netlink. A program can conform a type of its own, for example to rehearse or to record:
/// it implements these requirements, and gets all other verbs.
public protocol Kernel: ~Copyable {
  /// The version of the kernel's IPVS and the size of its table, as they were at the start.
  var info: KernelInfo { get }

  /// All services, in the kernel's order, which is that of a hash. Each appears once, even while the table changes.
  /// `IPVS_CMD_GET_SERVICE`.
  mutating func services() throws(IPVSError) -> [ServiceStatus]

  /// One service: `IPVS_CMD_GET_SERVICE`. Refused with ``Refusal/noService`` when there is none.
  mutating func service(_ id: Service.ID) throws(IPVSError) -> ServiceStatus

  /// The servers of a service, in the kernel's order; none when there is no such service. `IPVS_CMD_GET_DEST`.
  mutating func destinations(of id: Service.ID) throws(IPVSError) -> [DestinationStatus]

  /// What passed through all services together, those that are deleted by now included: `/proc/net/ip_vs_stats`. A
  /// kernel that does not count it need not implement it: the default adds up the services that there are.
  mutating func totals() throws(IPVSError) -> Statistics

  /// The timeouts: `IPVS_CMD_GET_CONFIG`.
  mutating func timeouts() throws(IPVSError) -> Timeouts

  /// The daemons that run: none, one, or one of each role. `IPVS_CMD_GET_DAEMON`.
  mutating func daemons() throws(IPVSError) -> [SyncDaemon]

  /// Makes changes in order, many in one message, and returns one refusal for each, or nil where it was made.
  /// A refusal does not stop the later ones. Throws only when the conversation itself fails; then it is unknown
  /// which of the changes were made.
  ///
  /// ```swift
  /// let refusals = try director.apply(servers.map { .addDestination($0, to: web) })
  /// ```
  mutating func apply(_ changes: [Change]) throws(IPVSError) -> [Refusal?]
}

extension Kernel where Self: ~Copyable {
  // MARK: - Services

  /// Adds a service: `IPVS_CMD_NEW_SERVICE`.
  ///
  /// Refused with ``Refusal/serviceExists`` when it exists already, with ``Refusal/noSchedulerOrEngine`` when the
  /// scheduler or the engine is unknown.
  public mutating func add(_ service: Service) throws(IPVSError) { try make(.addService(service)) }

  /// Replaces the settings of the service with the same identity; its servers stay: `IPVS_CMD_SET_SERVICE`.
  ///
  /// Refused with ``Refusal/noService`` when there is none, with ``Refusal/noSchedulerOrEngine`` when the scheduler or
  /// the engine is unknown.
  public mutating func edit(_ service: Service) throws(IPVSError) { try make(.editService(service)) }

  /// Deletes a service with its servers: `IPVS_CMD_DEL_SERVICE`. Refused with ``Refusal/noService`` when there is
  /// none.
  public mutating func delete(_ id: Service.ID) throws(IPVSError) { try make(.deleteService(id)) }

  /// Deletes all services with their servers: `IPVS_CMD_FLUSH`. Entries of connections stay until they expire.
  public mutating func clear() throws(IPVSError) { try make(.clear) }

  /// Zeroes the counters of a service and its servers: `IPVS_CMD_ZERO`. Refused with ``Refusal/noService`` when there
  /// is no such service.
  public mutating func zero(_ id: Service.ID) throws(IPVSError) { try make(.zero(id)) }

  /// Zeroes the counters of all services and servers: `IPVS_CMD_ZERO`.
  public mutating func zeroAll() throws(IPVSError) { try make(.zeroAll) }

  // MARK: - Servers

  /// Adds a server to a service: `IPVS_CMD_NEW_DEST`.
  ///
  /// Refused with ``Refusal/noService`` when there is no such service, with ``Refusal/destinationExists`` when it has
  /// the server already, with ``Refusal/outOfRange`` for a weight below 0 or a lower threshold above the upper one.
  public mutating func add(_ destination: Destination, to id: Service.ID) throws(IPVSError) {
    try make(.addDestination(destination, to: id))
  }

  /// Replaces the settings of the service's server with the same endpoint: `IPVS_CMD_SET_DEST`.
  ///
  /// Refused with ``Refusal/noService`` when there is no such service, with ``Refusal/noDestination`` when it has no
  /// such server, with ``Refusal/outOfRange`` as ``add(_:to:)`` is.
  public mutating func edit(_ destination: Destination, of id: Service.ID) throws(IPVSError) {
    try make(.editDestination(destination, of: id))
  }

  /// Deletes a server from a service: `IPVS_CMD_DEL_DEST`.
  ///
  /// Refused with ``Refusal/noService`` when there is no such service, with ``Refusal/noDestination`` when it has no
  /// such server.
  public mutating func delete(_ endpoint: Endpoint, from id: Service.ID) throws(IPVSError) {
    try make(.deleteDestination(endpoint, from: id))
  }

  // MARK: - Timeouts and daemons

  /// Sets the timeouts that are not nil: `IPVS_CMD_SET_CONFIG`. Refused with ``Refusal/invalid`` for one that is too
  /// long.
  public mutating func set(_ timeouts: Timeouts) throws(IPVSError) { try make(.setTimeouts(timeouts)) }

  /// Starts a daemon: `IPVS_CMD_NEW_DAEMON`.
  ///
  /// Refused with ``Refusal/daemonExists`` when one of that role runs, with ``Refusal/noInterface`` when there is no
  /// such interface.
  public mutating func start(_ daemon: SyncDaemon) throws(IPVSError) { try make(.startDaemon(daemon)) }

  /// Stops the daemon of a role: `IPVS_CMD_DEL_DAEMON`. Refused with ``Refusal/noDaemon`` when none runs.
  public mutating func stop(_ role: SyncDaemon.Role) throws(IPVSError) { try make(.stopDaemon(role)) }

  // MARK: - One change

  /// Makes one change.
  package mutating func make(_ change: Change) throws(IPVSError) {
    if let refusal = try apply([change]).first ?? nil { throw IPVSError(change.operation, .refused(refusal)) }
  }
}
