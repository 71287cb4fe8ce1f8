// SPDX-License-Identifier: Apache-2.0

internal import CLinux

/// The kernel's IPVS in a network namespace, by the interface from before netlink: options of a socket,
/// `IP_VS_SO_GET_*` and `IP_VS_SO_SET_*`.
///
/// It needs `CAP_NET_ADMIN` only in the user namespace that the network namespace belongs to, as in a container without
/// privileges. It has no place for what ``NetlinkFeature`` names, and refuses that with ``Refusal/needsNetlink(_:)``;
/// what others have made of it does not appear. Counters of connections and packets are modulo 2³², every tunnel appears
/// as ``Tunnel/ipip``, and of sync daemons only role, interface and identifier are known.
public struct SocketDirector: Kernel {
  /// How many entries the first question has room for.
  private static let room = 64

  private let socket: OptionSocket

  /// The version of the kernel's IPVS and the size of its table, as they were at the start.
  public let info: KernelInfo

  /// Opens the socket. Refused with ``Refusal/notPermitted`` without `CAP_NET_ADMIN`, with `ENOPROTOOPT` when the kernel
  /// has no IPVS.
  public init() throws(IPVSError) {
    do throws(ErrorNumber) {
      socket = try OptionSocket()
      let answer: ip_vs_getinfo = try socket.answer(clinux_so_get_info)
      info = KernelInfo(version: answer.version, tableSize: answer.size)
    } catch {
      throw IPVSError(.initialize, .refused(Refusal(error, to: .initialize)))
    }
  }

  // MARK: - Reading

  /// All services of IPv4, in the kernel's order, as they were at one moment. `IP_VS_SO_GET_SERVICES`.
  public func services() throws(IPVSError) -> [ServiceStatus] {
    try ask(.listServices) { () throws(IPVSError.Reason) in
      try entries(
        clinux_so_get_services, behind: clinux_services_header, or: .service,
        head: { (bytes, room) in bytes.edit { (head: inout ip_vs_get_services) in head.num_services = room }
        },
        isUsed: { (entry: ip_vs_service_entry) in entry.protocol != 0 }, ServiceStatus.init)
    }
  }

  /// One service: `IP_VS_SO_GET_SERVICE`. Refused with ``Refusal/noService`` when there is none.
  public func service(_ id: Service.ID) throws(IPVSError) -> ServiceStatus {
    try ask(.getService) { () throws(IPVSError.Reason) in
      if let feature = id.netlinkFeature { throw .refused(.needsNetlink(feature)) }
      let entry: ip_vs_service_entry = try socket.system(clinux_so_get_service) {
        ($0.protocol, $0.addr, $0.port, $0.fwmark) = id.members
      }
      guard let status = ServiceStatus(entry) else { throw .malformed(.service) }
      return status
    }
  }

  /// The servers of a service, in the kernel's order, as they were at one moment; none when there is no such service.
  /// `IP_VS_SO_GET_DESTS`.
  public func destinations(of id: Service.ID) throws(IPVSError) -> [DestinationStatus] {
    try ask(.listDestinations) { () throws(IPVSError.Reason) in
      if let feature = id.netlinkFeature { throw .refused(.needsNetlink(feature)) }
      do throws(IPVSError.Reason) {
        return try entries(
          clinux_so_get_destinations, behind: clinux_destinations_header, or: .destination,
          head: { (bytes, room) in
            bytes.edit { (head: inout ip_vs_get_dests) in
              (head.protocol, head.addr, head.port, head.fwmark) = id.members
              head.num_dests = room
            }
          }, isUsed: { (entry: ip_vs_dest_entry) in entry.addr != 0 }, DestinationStatus.init)
      } catch {
        guard error == .refused(.other(ErrorNumber(rawValue: ESRCH))) else { throw error }
        return []
      }
    }
  }

  /// What passed through all services together: `/proc/net/ip_vs_stats` of the calling thread's network namespace.
  public func totals() throws(IPVSError) -> Statistics { try TotalsReader.read() }

  /// The timeouts: `IP_VS_SO_GET_TIMEOUT`.
  public func timeouts() throws(IPVSError) -> Timeouts {
    try ask(.getTimeouts) { () throws(IPVSError.Reason) in
      Timeouts(try socket.system(clinux_so_get_timeouts))
    }
  }

  /// The daemons that run: none, one, or one of each role. `IP_VS_SO_GET_DAEMON`.
  public func daemons() throws(IPVSError) -> [SyncDaemon] {
    try ask(.listDaemons) { () throws(IPVSError.Reason) in
      let users: (ip_vs_daemon_user, ip_vs_daemon_user) = try socket.system(clinux_so_get_daemons)
      return [users.0, users.1].compactMap { SyncDaemon($0) }
    }
  }

  // MARK: - Changing

  /// Makes changes in order, one after the other, and returns for each its refusal, or nil.
  public func apply(_ changes: [Change]) throws(IPVSError) -> [Refusal?] {
    changes.map { change in
      if let refusal = objection(to: change) { return refusal }
      do throws(ErrorNumber) { try socket.set(change.command) } catch {
        return Refusal(error, to: change.operation)
      }
      return nil
    }
  }

  /// The refusal of a change for which this interface has no place, or nil if it has.
  public func objection(to change: Change) -> Refusal? { change.netlinkFeature.map { .needsNetlink($0) } }

  // MARK: - Asking

  private func ask<Value>(
    _ operation: IPVSError.Operation, _ body: () throws(IPVSError.Reason) -> Value
  ) throws(IPVSError) -> Value {
    do { return try body() } catch { throw IPVSError(operation, answer: error) }
  }

  /// All entries of a table. The kernel writes all at one moment, as far as there is room; if none of it is left, there
  /// may be more.
  private func entries<Entry: BitwiseCopyable, Value>(
    _ option: Int, behind header: Int, or part: IPVSError.Part, head: (inout [UInt8], UInt32) -> Void,
    isUsed: (Entry) -> Bool, _ value: (Entry) -> Value?
  ) throws(IPVSError.Reason) -> [Value] {
    var room = Self.room
    while true {
      let size = header + room * MemoryLayout<Entry>.stride
      guard size <= Int(Int32.max) else { throw .tooLong }
      var bytes = [UInt8](repeating: 0, count: size)
      head(&bytes, UInt32(room))
      do { try socket.get(option, &bytes) } catch { throw .refused(.other(error)) }
      if let values = try bytes.entries(behind: header, or: part, isUsed: isUsed, value) { return values }
      room *= 4
    }
  }
}

extension OptionSocket {
  /// The structure that answers a query, in which `fill` says what is asked for.
  fileprivate func answer<Structure: BitwiseCopyable>(
    _ option: Int, _ fill: (inout Structure) -> Void = { _ in }
  ) throws(ErrorNumber) -> Structure {
    var bytes: [UInt8] = []
    bytes.append(fill)
    try get(option, &bytes)
    return bytes.structure()
  }

  fileprivate func system<Structure: BitwiseCopyable>(
    _ option: Int, _ fill: (inout Structure) -> Void = { _ in }
  ) throws(IPVSError.Reason) -> Structure {
    do { return try answer(option, fill) } catch { throw .refused(.other(error)) }
  }
}
