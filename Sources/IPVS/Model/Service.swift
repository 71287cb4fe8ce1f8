// SPDX-License-Identifier: Apache-2.0

internal import CLinux

/// A virtual service as it is configured: `IPVS_CMD_ATTR_SERVICE`.
///
/// ```swift
/// let web = Service(.tcp("10.0.0.100:80"), scheduler: "rr")
/// let sticky = Service(.mark(7), persistence: 300)
/// ```
public struct Service: Sendable, Hashable, Identifiable {
  /// What identifies a service: no two services of a table share it. ``tcp(_:)``, ``udp(_:)``, ``sctp(_:)`` and
  /// ``mark(_:_:)`` make one.
  public enum ID: Sendable, Hashable {
    /// Connections to an address and port over one protocol: `IPVS_SVC_ATTR_PROTOCOL`, `IPVS_SVC_ATTR_ADDR`,
    /// `IPVS_SVC_ATTR_PORT`.
    case endpoint(TransportProtocol, Endpoint)
    /// Packets of a family that carry a firewall mark, 1 to 4294967295: `IPVS_SVC_ATTR_FWMARK`.
    case mark(UInt32, AddressFamily = .ipv4)

    /// Feeds the identity to a hasher.
    public func hash(into hasher: inout Hasher) {
      switch self {
      case .endpoint(let transport, let endpoint):
        endpoint.address.hash(into: &hasher, with: UInt32(transport.number) << 16 | UInt32(endpoint.port))
      case .mark(let mark, let family): hasher.combine(UInt64(mark) << 1 | (family == .ipv4 ? 0 : 1))
      }
    }
  }

  /// The flags that are configured on their own: `IP_VS_SVC_F_*` without the persistent one.
  public struct Flags: OptionSet, Sendable, Hashable {
    /// The kernel's bits, those of `IP_VS_SVC_F_*`.
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
    package static let scheduler: Flags = [.scheduler1, .scheduler2, .scheduler3]
  }

  /// Everything that is configured for a service except its identity.
  public struct Settings: Sendable, Hashable {
    /// The scheduler, such as `wlc`: `IPVS_SVC_ATTR_SCHED_NAME`. The kernel loads its module.
    public var scheduler: Name
    /// One-packet scheduling and the scheduler's own flags: `IPVS_SVC_ATTR_FLAGS`.
    public var flags: Flags
    /// How many seconds a client stays with its server, 1 and up, or nil if each of its connections is scheduled on
    /// its own: `IPVS_SVC_ATTR_TIMEOUT`.
    public var persistence: UInt32?
    /// Which clients persistence treats as one: `IPVS_SVC_ATTR_NETMASK`.
    public var netmask: Netmask
    /// The persistence engine, such as `sip`; nil tells clients apart by their address. `IPVS_SVC_ATTR_PE_NAME`.
    public var engine: Name?

    /// Settings; each has a default.
    public init(
      scheduler: Name = "wlc", flags: Flags = [], persistence: UInt32? = nil, netmask: Netmask = .host,
      engine: Name? = nil
    ) {
      self.scheduler = scheduler
      self.flags = flags
      self.persistence = persistence
      self.netmask = netmask
      self.engine = engine
    }
  }

  /// Which packets the service takes. To change it, delete the service and add another one.
  public var id: ID
  /// How it treats them.
  public var settings: Settings

  /// A service from its parts.
  public init(_ id: ID, _ settings: Settings) {
    self.id = id
    self.settings = settings
  }

  /// A service; everything but its identity has a default.
  public init(
    _ id: ID, scheduler: Name = "wlc", flags: Flags = [], persistence: UInt32? = nil,
    netmask: Netmask = .host,
    engine: Name? = nil
  ) {
    self.init(
      id,
      Settings(
        scheduler: scheduler, flags: flags, persistence: persistence, netmask: netmask, engine: engine))
  }
}

extension Service.Settings {
  /// Settings as the kernel reports them, with all of `IP_VS_SVC_F_*`. A timeout without the persistent flag is none.
  init(scheduler: Name, kernelFlags flags: UInt32, timeout: UInt32, netmask: Netmask, engine: Name? = nil) {
    let own = UInt32(IP_VS_SVC_F_PERSISTENT | IP_VS_SVC_F_HASHED)
    self.init(
      scheduler: scheduler, flags: Service.Flags(rawValue: flags & ~own),
      persistence: flags & UInt32(IP_VS_SVC_F_PERSISTENT) != 0 ? timeout : nil, netmask: netmask,
      engine: engine)
  }
}

extension Service.ID {
  /// TCP connections to an endpoint.
  public static func tcp(_ endpoint: Endpoint) -> Service.ID { .endpoint(.tcp, endpoint) }
  /// UDP packets to an endpoint.
  public static func udp(_ endpoint: Endpoint) -> Service.ID { .endpoint(.udp, endpoint) }
  /// SCTP associations with an endpoint.
  public static func sctp(_ endpoint: Endpoint) -> Service.ID { .endpoint(.sctp, endpoint) }

  /// The family of the packets that the service takes.
  public var family: AddressFamily {
    switch self {
    case .endpoint(_, let endpoint): endpoint.address.family
    case .mark(_, let family): family
    }
  }

  /// The protocol, or nil for a mark, which takes all of them.
  public var transport: TransportProtocol? {
    if case .endpoint(let transport, _) = self { transport } else { nil }
  }

  /// The endpoint, or nil for a mark.
  public var endpoint: Endpoint? {
    if case .endpoint(_, let endpoint) = self { endpoint } else { nil }
  }
}

extension Service.ID: CustomStringConvertible {
  /// `TCP 10.0.0.100:80`, or `FWM 7` and `FWM 7 IPv6` for a mark.
  public var description: String { .written(by: append) }
}

extension Service.ID: Printable {
  /// Appends the description.
  package func append(to bytes: inout [UInt8]) {
    switch self {
    case .endpoint(let transport, let endpoint):
      transport.name.append(to: &bytes)
      bytes.append(UInt8(ascii: " "))
      endpoint.append(to: &bytes)
    case .mark(let mark, let family):
      bytes += "FWM ".utf8
      bytes.append(decimal: mark)
      if family == .ipv6 { bytes += " IPv6".utf8 }
    }
  }
}
