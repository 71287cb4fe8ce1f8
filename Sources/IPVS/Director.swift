// SPDX-License-Identifier: Apache-2.0

internal import CIPVS
internal import Glibc

/// The kernel's IPVS in a network namespace: what a director runs on.
///
/// ```swift
/// var director = try Director()
/// let web: Service.ID = .tcp("10.0.0.100:80")
/// try director.add(Service(web, scheduler: "rr"))
/// try director.add(Destination("10.1.0.11:80", forwarding: .masquerade), to: web)
/// for status in try director.destinations(of: web) {
///   print(status.destination.endpoint, status.activeConnections)
/// }
/// ```
///
/// One socket serves all calls for as long as the value lives, and belongs to the namespace that the creating thread
/// was in. A call waits for the kernel's answer, five seconds at most. All need `CAP_NET_ADMIN` in the initial user
/// namespace.
///
/// Calls throw ``IPVSError``. Where the text of one says that it throws an ``Errno``, that is what the kernel
/// refuses with: the error's reason is ``NetlinkError/refused(_:)``.
public struct Director: ~Copyable {
  private var exchange: Exchange<NetlinkSocket>

  /// The version of the kernel's IPVS and the size of its table, as they were at the start.
  public let info: KernelInfo

  /// Opens the conversation, and loads the kernel's module `ip_vs` by `modprobe(8)` when it is missing.
  ///
  /// Throws ``Errno/noIPVS`` in ``NetlinkError/system(_:)`` when the kernel has no IPVS, and
  /// ``Errno/notPermitted`` in ``NetlinkError/refused(_:)`` without `CAP_NET_ADMIN`.
  public init() throws(IPVSError) {
    do throws(NetlinkError) {
      var exchange = try Self.open()
      info = try exchange.first(Request(IPVS_CMD_GET_INFO), KernelInfo.init(decoding:))
      self.exchange = exchange
    } catch {
      throw IPVSError(.initialize, error)
    }
  }

  private static func open() throws(NetlinkError) -> Exchange<NetlinkSocket> {
    do throws(Errno) {
      let socket = try NetlinkSocket()
      let family = try family(of: socket)
      return Exchange(socket, family: family)
    } catch {
      throw .system(error)
    }
  }

  private static func family(of socket: borrowing NetlinkSocket) throws(Errno) -> UInt16 {
    do throws(Errno) { return try socket.family(IPVS_GENL_NAME) } catch {
      guard error.rawValue == ENOENT else { throw error }
    }
    KernelModule.load()
    do throws(Errno) { return try socket.family(IPVS_GENL_NAME) } catch {
      throw error.rawValue == ENOENT ? Errno(rawValue: ENOPROTOOPT) : error
    }
  }

  // MARK: - Reading

  /// All services, in the kernel's order, which is that of a hash. Each is there once, also while the table
  /// changes. `IPVS_CMD_GET_SERVICE`.
  public mutating func services() throws(IPVSError) -> [ServiceStatus] {
    try list(.listServices, Request(IPVS_CMD_GET_SERVICE), by: \.service.id, ServiceStatus.init(decoding:))
  }

  /// One service: `IPVS_CMD_GET_SERVICE`. Throws ``Errno/noService`` when there is none.
  public mutating func service(_ id: Service.ID) throws(IPVSError) -> ServiceStatus {
    try first(.getService, .service(IPVS_CMD_GET_SERVICE, id.encode), ServiceStatus.init(decoding:))
  }

  /// The servers of a service, in the kernel's order; none when there is no such service. `IPVS_CMD_GET_DEST`.
  public mutating func destinations(of id: Service.ID) throws(IPVSError) -> [DestinationStatus] {
    try list(.listDestinations, .service(IPVS_CMD_GET_DEST, id.encode), by: \.destination.endpoint) {
      (answer) throws(NetlinkError) in try DestinationStatus(decoding: answer, of: id)
    }
  }

  /// The timeouts: `IPVS_CMD_GET_CONFIG`.
  public mutating func timeouts() throws(IPVSError) -> Timeouts {
    try first(.getTimeouts, Request(IPVS_CMD_GET_CONFIG), Timeouts.init(decoding:))
  }

  /// The daemons that run: none, one, or one of each role. `IPVS_CMD_GET_DAEMON`.
  public mutating func daemons() throws(IPVSError) -> [SyncDaemon] {
    try list(.listDaemons, Request(IPVS_CMD_GET_DAEMON), by: \.role, SyncDaemon.init(decoding:))
  }

  // MARK: - Services

  /// Adds a service: `IPVS_CMD_NEW_SERVICE`.
  ///
  /// Throws ``Errno/exists`` when it is there, ``Errno/noEntry`` when the scheduler or the engine is unknown.
  public mutating func add(_ service: Service) throws(IPVSError) { try apply(.addService(service)) }

  /// Replaces the configuration of the service with the same identity; its servers stay: `IPVS_CMD_SET_SERVICE`.
  ///
  /// Throws ``Errno/noService`` when there is none, ``Errno/noEntry`` when the scheduler or the engine is unknown.
  public mutating func edit(_ service: Service) throws(IPVSError) { try apply(.editService(service)) }

  /// Deletes a service with its servers: `IPVS_CMD_DEL_SERVICE`. Throws ``Errno/noService`` when there is none.
  public mutating func delete(_ id: Service.ID) throws(IPVSError) { try apply(.deleteService(id)) }

  /// Deletes all services with their servers: `IPVS_CMD_FLUSH`. Entries of connections stay until they expire.
  public mutating func clear() throws(IPVSError) { try apply(.clear) }

  /// Zeroes the counters of a service and its servers, or of all: `IPVS_CMD_ZERO`. Throws ``Errno/noService``
  /// when there is no such service.
  public mutating func zero(_ id: Service.ID? = nil) throws(IPVSError) { try apply(.zero(id)) }

  // MARK: - Servers

  /// Adds a server to a service: `IPVS_CMD_NEW_DEST`.
  ///
  /// Throws ``Errno/noService`` without the service, ``Errno/exists`` when it has the server, ``Errno/outOfRange``
  /// for a weight below 0 or a lower threshold above the upper one.
  public mutating func add(_ destination: Destination, to id: Service.ID) throws(IPVSError) {
    try apply(.addDestination(destination, to: id))
  }

  /// Replaces the configuration of the service's server with the same endpoint: `IPVS_CMD_SET_DEST`.
  ///
  /// Throws ``Errno/noService`` without the service, ``Errno/noEntry`` without the server, ``Errno/outOfRange`` as
  /// ``add(_:to:)`` does.
  public mutating func edit(_ destination: Destination, of id: Service.ID) throws(IPVSError) {
    try apply(.editDestination(destination, of: id))
  }

  /// Deletes a server from a service: `IPVS_CMD_DEL_DEST`.
  ///
  /// Throws ``Errno/noService`` without the service, ``Errno/noEntry`` without the server.
  public mutating func delete(_ endpoint: Endpoint, from id: Service.ID) throws(IPVSError) {
    try apply(.deleteDestination(endpoint, from: id))
  }

  // MARK: - Timeouts and daemons

  /// Sets the timeouts that are not 0: `IPVS_CMD_SET_CONFIG`. Throws ``Errno/invalid`` for one that is too long.
  public mutating func set(_ timeouts: Timeouts) throws(IPVSError) { try apply(.setTimeouts(timeouts)) }

  /// Starts a daemon: `IPVS_CMD_NEW_DAEMON`.
  ///
  /// Throws ``Errno/exists`` when one of that role runs, ``Errno/noInterface`` when there is no such interface.
  public mutating func start(_ daemon: SyncDaemon) throws(IPVSError) { try apply(.startDaemon(daemon)) }

  /// Stops the daemon of a role: `IPVS_CMD_DEL_DAEMON`. Throws ``Errno/noService`` when none runs.
  public mutating func stop(_ role: SyncDaemon.Role) throws(IPVSError) { try apply(.stopDaemon(role)) }

  // MARK: - Many changes

  /// Makes changes in order, many in one message, and returns for each what the kernel refused it with, or nil.
  /// A refusal does not stop the later ones. Throws only when the conversation itself fails; then it is unknown
  /// which of the changes were made.
  ///
  /// ```swift
  /// let refusals = try director.apply(servers.map { .addDestination($0, to: web) })
  /// ```
  public mutating func apply(_ changes: [Change]) throws(IPVSError) -> [Errno?] {
    do throws(NetlinkError) { return try exchange.perform(changes.map(\.request)) } catch {
      throw IPVSError(changes.first?.operation ?? .initialize, error)
    }
  }

  /// Makes one change.
  package mutating func apply(_ change: Change) throws(IPVSError) {
    if let errno = try apply([change])[0] { throw IPVSError(change.operation, .refused(errno)) }
  }

  private mutating func list<Value, ID: Hashable>(
    _ operation: IPVSError.Operation, _ request: Request, by id: (Value) -> ID,
    _ decode: (RawSpan) throws(NetlinkError) -> Value
  ) throws(IPVSError) -> [Value] {
    do throws(NetlinkError) { return try exchange.all(request, by: id, decode) } catch {
      throw IPVSError(operation, error)
    }
  }

  private mutating func first<Value>(
    _ operation: IPVSError.Operation, _ request: Request,
    _ decode: (RawSpan) throws(NetlinkError) -> Value
  ) throws(IPVSError) -> Value {
    do throws(NetlinkError) { return try exchange.first(request, decode) } catch {
      throw IPVSError(operation, error)
    }
  }
}
