// SPDX-License-Identifier: Apache-2.0

/// The kernel's IPVS in a network namespace, by netlink, or by the older interface where netlink is not permitted: in a
/// user namespace, such as a container without privileges.
///
/// ```swift
/// var director = try EitherDirector()
/// try director.add(Service(.tcp("10.0.0.100:80"), scheduler: "rr"))
/// ```
///
/// ``Director`` says what netlink does, ``SocketDirector`` what the older interface lacks.
public struct EitherDirector: ~Copyable, Kernel {
  private var director: Director?
  private var socket: SocketDirector?

  /// The version of the kernel's IPVS and the size of its table, as they were at the start.
  public let info: KernelInfo

  /// Opens the conversation by netlink, or else by a socket. With `loadingModule` it has `modprobe(8)` load the module
  /// `ip_vs` when that is missing.
  ///
  /// Throws what ``Director/init(loadingModule:)`` throws; it is refused with ``Refusal/notPermitted`` only where the
  /// older interface is not permitted either.
  public init(loadingModule: Bool = false) throws(IPVSError) {
    do {
      let director = try Director(loadingModule: loadingModule)
      info = director.info
      self.director = consume director
    } catch {
      guard error.reason == .refused(.notPermitted), let socket = try? SocketDirector() else { throw error }
      info = socket.info
      self.socket = socket
    }
  }

  /// The way by netlink.
  init(_ director: consuming Director) {
    info = director.info
    self.director = consume director
  }

  /// Whether it is the older interface that answers.
  public var isOlder: Bool { socket != nil }

  /// Whether reports have counters of traffic, as in ``Director/isCounting``. The older interface always has them.
  public var isCounting = true {
    didSet { director?.isCounting = isCounting }
  }

  /// All services, in the kernel's order; by the older interface those of IPv4.
  public mutating func services() throws(IPVSError) -> [ServiceStatus] { try services { _ in false } }

  /// All services, as ``services()``, but without asking again if `isConfirmed` says that they are complete.
  mutating func services(confirmedBy isConfirmed: ([ServiceStatus]) -> Bool) throws(IPVSError)
    -> [ServiceStatus]
  {
    if let socket {
      let services = try socket.services()
      _ = isConfirmed(services)
      return services
    }
    return try director?.services(confirmedBy: isConfirmed) ?? []
  }

  /// One service. Refused with ``Refusal/noService`` when there is none.
  public mutating func service(_ id: Service.ID) throws(IPVSError) -> ServiceStatus {
    if let status = try director?.service(id) { return status }
    guard let status = try socket?.service(id) else { throw IPVSError(.getService, .refused(.noService)) }
    return status
  }

  /// The servers of a service, in the kernel's order; none when there is no such service.
  public mutating func destinations(of id: Service.ID) throws(IPVSError) -> [DestinationStatus] {
    if let socket { return try socket.destinations(of: id) }
    return try director?.destinations(of: id) ?? []
  }

  /// What passed through all services together.
  public mutating func totals() throws(IPVSError) -> Statistics { try TotalsReader.read() }

  /// The timeouts.
  public mutating func timeouts() throws(IPVSError) -> Timeouts {
    if let socket { return try socket.timeouts() }
    return try director?.timeouts() ?? Timeouts()
  }

  /// The daemons that run: none, one, or one of each role.
  public mutating func daemons() throws(IPVSError) -> [SyncDaemon] {
    if let socket { return try socket.daemons() }
    return try director?.daemons() ?? []
  }

  /// Makes changes in order, and returns for each its refusal, or nil.
  public mutating func apply(_ changes: [Change]) throws(IPVSError) -> [Refusal?] {
    if let socket { return try socket.apply(changes) }
    return try director?.apply(changes) ?? []
  }

  /// The refusal that a change would get whatever the table holds, because the older interface has no place for it.
  public func objection(to change: Change) -> Refusal? { socket?.objection(to: change) }

  /// Whether there is anything of IPv6 that the older interface does not show.
  package var hidesIPv6: Bool { isOlder && (try? TableFile())?.hasIPv6 == true }
}
