// SPDX-License-Identifier: Apache-2.0

internal import CLinux

extension Service.ID {
  /// Adds the attributes that identify the service.
  func encode(into outbox: inout Outbox) {
    outbox.add(IPVS_SVC_ATTR_AF, family.number)
    switch self {
    case .mark(let mark, _):
      outbox.add(IPVS_SVC_ATTR_FWMARK, mark)
    case .endpoint(let transport, let endpoint):
      outbox.add(IPVS_SVC_ATTR_PROTOCOL, transport.number)
      outbox.add(IPVS_SVC_ATTR_ADDR, endpoint.address.networkOrder)
      outbox.add(IPVS_SVC_ATTR_PORT, endpoint.port.bigEndian)
    }
  }
}

extension Service {
  /// Adds the attributes of a whole service. The mask has every bit, so the kernel clears the flags that are not set.
  func encode(into outbox: inout Outbox) {
    id.encode(into: &outbox)
    let persistent = settings.persistence == nil ? 0 : UInt32(IP_VS_SVC_F_PERSISTENT)
    outbox.add(IPVS_SVC_ATTR_SCHED_NAME, settings.scheduler)
    outbox.add(IPVS_SVC_ATTR_FLAGS, (settings.flags.rawValue | persistent, UInt32.max))
    outbox.add(IPVS_SVC_ATTR_TIMEOUT, settings.persistence ?? 0)
    let netmask = settings.netmask.number(id.family)
    outbox.add(IPVS_SVC_ATTR_NETMASK, id.family == .ipv4 ? netmask.bigEndian : netmask)
    if let engine = settings.engine { outbox.add(IPVS_SVC_ATTR_PE_NAME, engine) }
  }
}

extension ServiceStatus: Answer {
  init(decoding bytes: RawSpan, _ attributes: Range<Int>, isCounting: Bool) throws(IPVSError.Reason) {
    var family: AddressFamily?
    var transport: TransportProtocol?
    var address: Attribute?
    var port: UInt16?
    var mark: UInt32?
    var scheduler: Name?
    var engine: Name?
    var flags: UInt32?
    var timeout: UInt32?
    var netmask: UInt32?
    var statistics = StatisticsAttributes()
    var cursor = AttributeCursor(attributes)
    guard try cursor.enter(IPVS_CMD_ATTR_SERVICE, in: bytes) else { throw .malformed(.service) }
    while let attribute = try cursor.next(in: bytes) {
      switch attribute.type {
      case IPVS_SVC_ATTR_AF: family = AddressFamily(number: try bytes.integer(attribute))
      case IPVS_SVC_ATTR_PROTOCOL: transport = TransportProtocol(number: try bytes.integer(attribute))
      case IPVS_SVC_ATTR_ADDR: address = attribute
      case IPVS_SVC_ATTR_PORT: port = UInt16(bigEndian: try bytes.integer(attribute))
      case IPVS_SVC_ATTR_FWMARK: mark = try bytes.integer(attribute)
      case IPVS_SVC_ATTR_SCHED_NAME: scheduler = try bytes.name(attribute)
      case IPVS_SVC_ATTR_PE_NAME: engine = try bytes.name(attribute)
      case IPVS_SVC_ATTR_FLAGS:
        guard attribute.count == 8 else { throw .malformed(.service) }
        flags = bytes.native(at: attribute.start, as: UInt32.self)
      case IPVS_SVC_ATTR_TIMEOUT: timeout = try bytes.integer(attribute)
      case IPVS_SVC_ATTR_NETMASK: netmask = try bytes.integer(attribute)
      case IPVS_SVC_ATTR_STATS: statistics.older = attribute
      case IPVS_SVC_ATTR_STATS64: statistics.newer = attribute
      default: break
      }
    }
    guard let family, let scheduler, let flags, let timeout, let netmask else { throw .malformed(.service) }
    let id: Service.ID
    if let mark {
      id = .mark(mark, family)
    } else {
      guard let transport, let address, let port else { throw .malformed(.service) }
      id = .endpoint(transport, Endpoint(try bytes.address(address, family), port: port))
    }
    let settings = Service.Settings(
      scheduler: scheduler, kernelFlags: flags, timeout: timeout,
      netmask: Netmask(family == .ipv4 ? UInt32(bigEndian: netmask) : netmask, family), engine: engine)
    self.init(Service(id, settings), statistics: isCounting ? try statistics.read(in: bytes) : Statistics())
  }
}
