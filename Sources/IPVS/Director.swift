// SPDX-License-Identifier: Apache-2.0

internal import CIPVS
internal import Glibc

/// The kernel's IPVS in the network namespace of the calling thread: what a director runs on.
///
/// One socket serves all calls for as long as the value lives. Every call needs `CAP_NET_ADMIN`.
public struct Director: ~Copyable {
  private var exchange: Exchange<NetlinkSocket>

  /// Version and size, as the kernel told them at the start.
  public let info: KernelInfo

  /// Opens the conversation, loading the kernel's module when it is missing.
  ///
  /// Throws `ENOPROTOOPT` when the kernel has no IPVS, `EPERM` without `CAP_NET_ADMIN`.
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

  /// All services, in the kernel's order.
  public mutating func services() throws(IPVSError) -> [ServiceStatus] {
    try list(.listServices, Request(IPVS_CMD_GET_SERVICE), by: \.service.id, ServiceStatus.init(decoding:))
  }

  /// One service. Throws `ESRCH` when there is none.
  public mutating func service(_ id: Service.ID) throws(IPVSError) -> ServiceStatus {
    try first(.getService, .service(IPVS_CMD_GET_SERVICE, id.encode), ServiceStatus.init(decoding:))
  }

  /// The servers of a service, in the kernel's order; none when there is no such service.
  public mutating func destinations(of id: Service.ID) throws(IPVSError) -> [DestinationStatus] {
    try list(.listDestinations, .service(IPVS_CMD_GET_DEST, id.encode), by: \.destination.endpoint) {
      (answer) throws(NetlinkError) in try DestinationStatus(decoding: answer, of: id)
    }
  }

  /// The timeouts.
  public mutating func timeouts() throws(IPVSError) -> Timeouts {
    try first(.getTimeouts, Request(IPVS_CMD_GET_CONFIG), Timeouts.init(decoding:))
  }

  /// The daemons that run: none, one, or one of each role.
  public mutating func daemons() throws(IPVSError) -> [SyncDaemon] {
    try list(.listDaemons, Request(IPVS_CMD_GET_DAEMON), by: \.role, SyncDaemon.init(decoding:))
  }

  // MARK: - Changing

  /// Makes one change. Throws what the kernel refuses it with.
  public mutating func apply(_ change: Change) throws(IPVSError) {
    if let errno = try apply([change])[0] { throw IPVSError(change.operation, .refused(errno)) }
  }

  /// Makes changes in order, many at a time, and returns for each what the kernel refused it with, or nil.
  /// A refusal does not stop the later ones.
  public mutating func apply(_ changes: [Change]) throws(IPVSError) -> [Errno?] {
    do throws(NetlinkError) { return try exchange.perform(changes.map(\.request)) } catch {
      throw IPVSError(changes.first?.operation ?? .initialize, error)
    }
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
