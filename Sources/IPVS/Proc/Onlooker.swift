// SPDX-License-Identifier: Apache-2.0

/// The kernel's IPVS as everyone may see it: `/proc/net/ip_vs` in the network namespace of the calling thread.
///
/// It needs no `CAP_NET_ADMIN`, and it only lists services and servers. What the file leaves out appears as not
/// configured: scheduler flags, persistence engines, netmasks of IPv6, thresholds, tunnel types, and all counters
/// except those of connections. Every mark appears as one of IPv4. Everything else is refused with
/// ``Refusal/notPermitted``.
public struct Onlooker: ~Copyable, Kernel {
  /// The version of the kernel's IPVS and the size of its table, as they were at the start.
  public let info: KernelInfo
  private var file: TableFile

  /// Reads the table. Throws ``IPVSError/Reason/system(_:)`` with `ENOENT` when the kernel has no IPVS.
  public init() throws(IPVSError) {
    file = try TableFile()
    info = file.info
  }

  /// All services, in the kernel's order.
  public mutating func services() throws(IPVSError) -> [ServiceStatus] {
    file = try TableFile()
    var services: [ServiceStatus] = []
    for var service in try file.services() {
      service.id = try likelyID(service.id)
      services.append(ServiceStatus(service))
    }
    return services
  }

  /// One service. Refused with ``Refusal/noService`` when there is none.
  public mutating func service(_ id: Service.ID) throws(IPVSError) -> ServiceStatus {
    guard let status = try services().first(where: { $0.id.inTheFile == id.inTheFile }) else {
      throw IPVSError(.getService, .refused(.noService))
    }
    return status
  }

  /// The servers of a service, in the kernel's order, as they were when services were asked for last; none when there
  /// is no such service.
  public mutating func destinations(of id: Service.ID) throws(IPVSError) -> [DestinationStatus] {
    try file.destinations(of: id.inTheFile) ?? []
  }

  /// What passed through all services together.
  public mutating func totals() throws(IPVSError) -> Statistics { try TotalsReader.read() }

  /// Refused, because only netlink has it.
  public mutating func timeouts() throws(IPVSError) -> Timeouts {
    throw IPVSError(.getTimeouts, .refused(.notPermitted))
  }

  /// Refused: only netlink tells.
  public mutating func daemons() throws(IPVSError) -> [SyncDaemon] {
    throw IPVSError(.listDaemons, .refused(.notPermitted))
  }

  /// Refuses each change.
  public mutating func apply(_ changes: [Change]) throws(IPVSError) -> [Refusal?] {
    changes.map { _ in .notPermitted }
  }

  /// The identity, with the family of a mark that its servers have: only a tunnel leads to another one.
  private func likelyID(_ id: Service.ID) throws(IPVSError) -> Service.ID {
    guard case .mark(let mark, _) = id else { return id }
    let servers = try file.destinations(of: id) ?? []
    let sure = servers.first { $0.destination.settings.forwarding != .tunnel(.ipip) } ?? servers.first
    return .mark(mark, sure?.id.address.family ?? .ipv4)
  }
}
