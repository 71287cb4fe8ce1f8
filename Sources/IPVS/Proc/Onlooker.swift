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

  /// Reads the table. Throws ``IPVSError/Reason/system(_:)`` with `ENOENT` when the kernel has no IPVS.
  public init() throws(IPVSError) {
    var reader = try TableReader()
    info = try reader.info()
  }

  /// All services with their servers, in the kernel's order.
  public mutating func outline() throws(IPVSError) -> Table {
    var table = Table()
    var reader = try TableReader()
    while var entry = try reader.next() {
      entry.service.service.id = entry.likelyID
      table.entries.append(entry)
    }
    return table
  }

  /// All services, in the kernel's order.
  public mutating func services() throws(IPVSError) -> [ServiceStatus] {
    try outline().entries.map { $0.service }
  }

  /// One service. Refused with ``Refusal/noService`` when there is none.
  public mutating func service(_ id: Service.ID) throws(IPVSError) -> ServiceStatus {
    guard let entry = try entry(id) else { throw IPVSError(.getService, .refused(.noService)) }
    return entry.service
  }

  /// The servers of a service, in the kernel's order; none when there is no such service.
  public mutating func destinations(of id: Service.ID) throws(IPVSError) -> [DestinationStatus] {
    try entry(id)?.destinations ?? []
  }

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

  private func entry(_ id: Service.ID) throws(IPVSError) -> Table.Entry? {
    var reader = try TableReader()
    while let entry = try reader.next() {
      if entry.id == id.inTheFile { return entry }
    }
    return nil
  }
}

extension Table.Entry {
  /// The identity, with the family of a mark that its servers have: only a tunnel leads to another one.
  fileprivate var likelyID: Service.ID {
    guard case .mark(let mark, _) = id else { return id }
    let sure =
      destinations.first { $0.destination.settings.forwarding != .tunnel(.ipip) } ?? destinations.first
    return .mark(mark, sure?.id.address.family ?? .ipv4)
  }
}
