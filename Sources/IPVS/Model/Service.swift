// SPDX-License-Identifier: Apache-2.0

internal import CIPVS

/// A virtual service as it is configured: `IPVS_CMD_ATTR_SERVICE`.
public struct Service: Sendable, Hashable {
  /// What identifies a service: no two services of a table share it.
  public enum ID: Sendable, Hashable {
    /// Connections to an address and port over one protocol.
    case endpoint(TransportProtocol, Endpoint)
    /// Packets that carry a firewall mark, 1 and up: `IPVS_SVC_ATTR_FWMARK`.
    case mark(UInt32, AddressFamily)
  }

  /// The flags that are configured on their own: `IP_VS_SVC_F_*` without the persistent one.
  public struct Flags: OptionSet, Sendable, Hashable {
    /// The kernel's bits.
    public let rawValue: UInt32
    /// Flags from the kernel's bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Every packet is scheduled on its own, `IP_VS_SVC_F_ONEPACKET`.
    public static let onePacket = Flags(rawValue: UInt32(IP_VS_SVC_F_ONEPACKET))
    /// The scheduler's first flag, `IP_VS_SVC_F_SCHED1`: of `sh` and `mh` the fallback.
    public static let scheduler1 = Flags(rawValue: UInt32(IP_VS_SVC_F_SCHED1))
    /// The scheduler's second flag, `IP_VS_SVC_F_SCHED2`: of `sh` and `mh` the port.
    public static let scheduler2 = Flags(rawValue: UInt32(IP_VS_SVC_F_SCHED2))
    /// The scheduler's third flag, `IP_VS_SVC_F_SCHED3`.
    public static let scheduler3 = Flags(rawValue: UInt32(IP_VS_SVC_F_SCHED3))
    /// All that belong to the scheduler.
    public static let scheduler: Flags = [.scheduler1, .scheduler2, .scheduler3]
  }

  /// Which packets the service takes.
  public var id: ID
  /// The scheduler's name, at most 15 bytes: `IPVS_SVC_ATTR_SCHED_NAME`.
  public var scheduler: String
  /// One-packet scheduling and the scheduler's own flags: `IPVS_SVC_ATTR_FLAGS`.
  public var flags: Flags
  /// For how many seconds a client stays with its server, or nil: `IPVS_SVC_ATTR_TIMEOUT`.
  public var persistence: UInt32?
  /// Which clients persistence takes for one: `IPVS_SVC_ATTR_NETMASK`.
  public var netmask: Netmask
  /// The persistence engine's name, at most 15 bytes, or nil: `IPVS_SVC_ATTR_PE_NAME`.
  public var engine: String?

  /// A service; all but its identity has a default.
  public init(
    _ id: ID, scheduler: String = "wlc", flags: Flags = [], persistence: UInt32? = nil,
    netmask: Netmask? = nil, engine: String? = nil
  ) {
    self.id = id
    self.scheduler = scheduler
    self.flags = flags
    self.persistence = persistence
    self.netmask = netmask ?? .host(id.family)
    self.engine = engine
  }
}

extension Service.ID {
  /// The family of the packets that the service takes.
  public var family: AddressFamily {
    switch self {
    case .endpoint(_, let endpoint): endpoint.address.family
    case .mark(_, let family): family
    }
  }
}
