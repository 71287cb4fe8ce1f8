// SPDX-License-Identifier: Apache-2.0

internal import CLinux

/// The kernel's IPVS in a network namespace, by netlink.
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
/// was in. All need `CAP_NET_ADMIN` in the initial user namespace; elsewhere there is ``EitherDirector``.
///
/// A call waits at most five seconds for the kernel, and ``apply(_:)`` five seconds for each 128 changes; then it
/// throws ``IPVSError/Reason/timedOut``. After an error the next call starts afresh.
///
/// Calls throw ``IPVSError``. Where the description of a call says what it is refused with, the error's reason is
/// ``IPVSError/Reason/refused(_:)``.
public struct Director: ~Copyable, Kernel {
  private let socket: NetlinkSocket
  private var exchange: Exchange<NetlinkSocket>

  /// The version of the kernel's IPVS and the size of its table, as they were at the start.
  public let info: KernelInfo

  /// Whether reports have counters of traffic. Without them, all ``Statistics`` are zero, and reports come faster.
  public var isCounting: Bool {
    get { exchange.isCounting }
    set { exchange.isCounting = newValue }
  }

  /// Opens the conversation. With `loadingModule` it has `modprobe(8)` load the module `ip_vs` when that is missing.
  ///
  /// Throws ``IPVSError/Reason/unavailable`` when the kernel has no IPVS, and is refused with
  /// ``Refusal/notPermitted`` without `CAP_NET_ADMIN`.
  public init(loadingModule: Bool = false) throws(IPVSError) {
    do {
      let socket = try Self.open()
      var exchange = Exchange(
        socket, MessageTypes(family: try Self.family(of: socket, loadingModule: loadingModule)))
      info = try exchange.first(.info)
      self.socket = socket
      self.exchange = exchange
    } catch {
      throw IPVSError(.initialize, answer: error)
    }
  }

  private static func open() throws(IPVSError.Reason) -> NetlinkSocket {
    do { return try NetlinkSocket() } catch { throw .system(error) }
  }

  private static func family(
    of socket: NetlinkSocket, loadingModule: Bool
  ) throws(IPVSError.Reason) -> UInt16 {
    do { return try socket.family() } catch {
      guard error.rawValue == ENOENT else { throw .system(error) }
    }
    guard loadingModule else { throw .unavailable }
    KernelModule.load()
    do { return try socket.family() } catch {
      throw error.rawValue == ENOENT ? .unavailable : .system(error)
    }
  }

  // MARK: - Reading

  /// All services. `IPVS_CMD_GET_SERVICE`.
  ///
  /// They are in the kernel's order, which is that of a hash. Each appears once, even while the table changes.
  public mutating func services() throws(IPVSError) -> [ServiceStatus] { try services { _ in false } }

  /// All services, as ``services()``, but without asking again if `isConfirmed` says that they are complete.
  mutating func services(confirmedBy isConfirmed: ([ServiceStatus]) -> Bool) throws(IPVSError)
    -> [ServiceStatus]
  {
    try ask(.listServices) { (exchange) throws(IPVSError.Reason) in
      try exchange.all(.services, confirmedBy: isConfirmed)
    }
  }

  /// One service: `IPVS_CMD_GET_SERVICE`. Refused with ``Refusal/noService`` when there is none.
  public mutating func service(_ id: Service.ID) throws(IPVSError) -> ServiceStatus {
    try first(.service(id), .getService)
  }

  /// The servers of a service, in the kernel's order: `IPVS_CMD_GET_DEST`. None when there is no such service.
  public mutating func destinations(of id: Service.ID) throws(IPVSError) -> [DestinationStatus] {
    try list(.destinations(id), .listDestinations)
  }

  /// The timeouts: `IPVS_CMD_GET_CONFIG`.
  public mutating func timeouts() throws(IPVSError) -> Timeouts {
    try first(.timeouts, .getTimeouts)
  }

  /// The daemons that run: none, one, or one of each role. `IPVS_CMD_GET_DAEMON`.
  public mutating func daemons() throws(IPVSError) -> [SyncDaemon] {
    try list(.daemons, .listDaemons)
  }

  /// What passed through all services together since the counters were zeroed, those that are deleted by now
  /// included: `/proc/net/ip_vs_stats` of the calling thread's network namespace.
  public mutating func totals() throws(IPVSError) -> Statistics { try TotalsReader.read() }

  // MARK: - Changing

  /// Makes changes in order, 128 in a message, and returns for each its refusal, or nil.
  ///
  /// A refusal does not stop the later ones. Throws only when the conversation itself fails; then it is unknown which
  /// of the changes were made.
  public mutating func apply(_ changes: [Change]) throws(IPVSError) -> [Refusal?] {
    do {
      var refusals: [Refusal?] = []
      refusals.reserveCapacity(changes.count)
      for (change, number) in zip(changes, try exchange.perform(changes)) {
        refusals.append(number.map { Refusal($0, to: change.operation) })
      }
      return refusals
    } catch {
      throw IPVSError(changes.first?.operation ?? .initialize, answer: error)
    }
  }

  private mutating func list<Value: Answer & Identifiable>(
    _ query: Query, _ operation: IPVSError.Operation
  ) throws(IPVSError) -> [Value] {
    try ask(operation) { (exchange) throws(IPVSError.Reason) in try exchange.all(query) }
  }

  private mutating func first<Value: Answer>(
    _ query: Query, _ operation: IPVSError.Operation
  ) throws(IPVSError) -> Value {
    try ask(operation) { (exchange) throws(IPVSError.Reason) in try exchange.first(query) }
  }

  /// Asks, and asks again if the family was gone: it has another number when the module is loaded again.
  private mutating func ask<Value>(
    _ operation: IPVSError.Operation,
    _ query: (inout Exchange<NetlinkSocket>) throws(IPVSError.Reason) -> Value
  ) throws(IPVSError) -> Value {
    do throws(IPVSError.Reason) {
      do { return try query(&exchange) } catch {
        guard case .refused(.other(ErrorNumber(rawValue: ENOENT))) = error else { throw error }
      }
      exchange.types = MessageTypes(family: try Self.family(of: socket, loadingModule: false))
      return try query(&exchange)
    } catch {
      throw IPVSError(operation, answer: error)
    }
  }
}
