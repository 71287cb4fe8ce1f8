// SPDX-License-Identifier: Apache-2.0

/// The kernel's IPVS in a network namespace, for quick listings: services come by netlink, which alone has all of their
/// settings, and servers from `/proc/net/ip_vs`, which has the whole table in one file.
///
/// ```swift
/// var outline = Outline(of: try Director())
/// for entry in try outline.table().entries { print(entry.id, entry.destinations.count) }
/// ```
///
/// ``services()`` reads the file. ``destinations(of:)`` then tells how servers are reached, their weights and their
/// connections; the rest of them appears as not configured. Each service appears once, with its own servers, even
/// while the table changes. Netlink answers for services that only one of the two sources has, and for marks of both
/// families, which look alike in the file.
public struct Outline: ~Copyable, Kernel {
  private var director: EitherDirector
  private var file: TableFile?
  /// The marks that may have services of both families.
  private var doubles: Set<Service.ID> = []

  /// An outline of what a director reports.
  public init(of director: consuming Director) { self.init(of: EitherDirector(director)) }

  /// An outline of what a director reports, by whichever way.
  public init(of director: consuming EitherDirector) { self.director = director }

  /// The version of the kernel's IPVS and the size of its table, as they were at the start.
  public var info: KernelInfo { director.info }

  /// All services, in the kernel's order, each once.
  public mutating func services() throws(IPVSError) -> [ServiceStatus] {
    doubles = []
    // Without the file, netlink has all servers.
    file = try? TableFile()
    guard let file else { return try director.services() }
    var isSame = false
    var services = try director.services { services in
      isSame = file.hasSame(services)
      return isSame
    }
    if isSame { return services }
    var marks: Set<Service.ID> = []
    for service in services where service.id.endpoint == nil {
      if !marks.insert(service.id.inTheFile).inserted { doubles.insert(service.id.inTheFile) }
    }
    services += try strangers(to: services, in: file)
    return services
  }

  /// One service. Refused with ``Refusal/noService`` when there is none.
  public mutating func service(_ id: Service.ID) throws(IPVSError) -> ServiceStatus {
    try director.service(id)
  }

  /// The servers of a service, in the kernel's order, as they were when ``services()`` was called; none when there is
  /// no such service.
  public mutating func destinations(of id: Service.ID) throws(IPVSError) -> [DestinationStatus] {
    if !doubles.contains(id.inTheFile), let known = (try? file?.destinations(of: id.inTheFile)) ?? nil {
      return known
    }
    return try director.destinations(of: id)
  }

  /// What passed through all services together.
  public mutating func totals() throws(IPVSError) -> Statistics { try director.totals() }

  /// The timeouts.
  public mutating func timeouts() throws(IPVSError) -> Timeouts { try director.timeouts() }

  /// The daemons that run: none, one, or one of each role.
  public mutating func daemons() throws(IPVSError) -> [SyncDaemon] { try director.daemons() }

  /// Makes changes, as ``Director/apply(_:)`` does. ``destinations(of:)`` tells of them after the next
  /// ``services()``.
  public mutating func apply(_ changes: [Change]) throws(IPVSError) -> [Refusal?] {
    try director.apply(changes)
  }

  /// The services that only the file has, unless they are gone again.
  private mutating func strangers(
    to services: [ServiceStatus], in file: TableFile
  ) throws(IPVSError) -> [ServiceStatus] {
    let known = Set(services.map { $0.id.inTheFile })
    var strangers: [ServiceStatus] = []
    for service in try file.services() where !known.contains(service.id) {
      if service.id.endpoint == nil { doubles.insert(service.id) }
      for id in service.id.possibilities {
        do { strangers.append(try director.service(id)) } catch {
          guard error.reason == .refused(.noService) || error.reason == .refused(.needsNetlink(.ipv6)) else {
            throw error
          }
        }
      }
    }
    return strangers
  }
}

extension Service.ID {
  /// The identities that one in the file can stand for.
  fileprivate var possibilities: [Service.ID] {
    if case .mark(let mark, _) = self { [.mark(mark, .ipv4), .mark(mark, .ipv6)] } else { [self] }
  }
}
