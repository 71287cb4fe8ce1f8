// SPDX-License-Identifier: Apache-2.0

internal import CIPVS

extension Service.ID {
  /// Adds the attributes that tell which service is meant.
  func encode(into request: inout Request) {
    request.add(IPVS_SVC_ATTR_AF, family.number)
    switch self {
    case .mark(let mark, _):
      request.add(IPVS_SVC_ATTR_FWMARK, mark)
    case .endpoint(let transport, let endpoint):
      request.add(IPVS_SVC_ATTR_PROTOCOL, transport.number)
      request.add(IPVS_SVC_ATTR_ADDR, bytes: endpoint.address.bytes)
      request.add(IPVS_SVC_ATTR_PORT, endpoint.port.bigEndian)
    }
  }
}

extension Service {
  /// Adds the attributes of a whole service. The mask of the flags has every bit, so what is not set is
  /// cleared.
  func encode(into request: inout Request) {
    id.encode(into: &request)
    let persistent = persistence == nil ? 0 : UInt32(IP_VS_SVC_F_PERSISTENT)
    var flagsAndMask: [UInt8] = []
    flagsAndMask.appendNative(flags.rawValue | persistent)
    flagsAndMask.appendNative(UInt32.max)
    request.add(IPVS_SVC_ATTR_SCHED_NAME, scheduler)
    request.add(IPVS_SVC_ATTR_FLAGS, bytes: flagsAndMask)
    request.add(IPVS_SVC_ATTR_TIMEOUT, persistence ?? 0)
    switch netmask {
    case .ipv4(let mask): request.add(IPVS_SVC_ATTR_NETMASK, mask.bigEndian)
    case .ipv6(let length): request.add(IPVS_SVC_ATTR_NETMASK, length)
    }
    if let engine { request.add(IPVS_SVC_ATTR_PE_NAME, engine) }
  }
}

extension ServiceStatus {
  /// The service in an answer: `IPVS_CMD_ATTR_SERVICE` among its attributes.
  init(decoding answer: RawSpan) throws(NetlinkError) {
    var fields = Fields()
    try answer.forEachAttribute(within: IPVS_CMD_ATTR_SERVICE) { (type, value) throws(NetlinkError) in
      try fields.read(type, value)
    }
    guard let family = fields.family, let id = try fields.id(family), let scheduler = fields.scheduler,
      let flags = fields.flags, let timeout = fields.timeout, let netmask = fields.netmask
    else { throw .malformed("a service lacks an attribute") }
    let persistent = flags & UInt32(IP_VS_SVC_F_PERSISTENT) != 0
    let others = UInt32(IP_VS_SVC_F_PERSISTENT | IP_VS_SVC_F_HASHED)
    self.init(
      Service(
        id, scheduler: scheduler, flags: Service.Flags(rawValue: flags & ~others),
        persistence: persistent ? timeout : nil,
        netmask: family == .ipv4 ? .ipv4(UInt32(bigEndian: netmask)) : .ipv6(netmask),
        engine: fields.engine),
      statistics: fields.statistics)
  }

  private struct Fields {
    var family: AddressFamily?
    var transport: UInt16?
    var address: AddressWords?
    var port: UInt16?
    var mark: UInt32?
    var scheduler: String?
    var engine: String?
    var flags: UInt32?
    var timeout: UInt32?
    var netmask: UInt32?
    var statistics = Statistics()

    mutating func read(_ type: Int, _ value: RawSpan) throws(NetlinkError) {
      switch type {
      case IPVS_SVC_ATTR_AF: family = AddressFamily(number: try value.integer())
      case IPVS_SVC_ATTR_PROTOCOL: transport = try value.integer()
      case IPVS_SVC_ATTR_ADDR: address = try value.words()
      case IPVS_SVC_ATTR_PORT: port = UInt16(bigEndian: try value.integer())
      case IPVS_SVC_ATTR_FWMARK: mark = try value.integer()
      case IPVS_SVC_ATTR_SCHED_NAME: scheduler = value.text()
      case IPVS_SVC_ATTR_PE_NAME: engine = value.text()
      case IPVS_SVC_ATTR_FLAGS:
        guard value.byteCount == 8 else { throw .malformed("flags without a mask") }
        flags = value.native(at: 0, as: UInt32.self)
      case IPVS_SVC_ATTR_TIMEOUT: timeout = try value.integer()
      case IPVS_SVC_ATTR_NETMASK: netmask = try value.integer()
      case IPVS_SVC_ATTR_STATS: try statistics.read(value, as: UInt32.self)
      case IPVS_SVC_ATTR_STATS64: try statistics.read(value, as: UInt64.self)
      default: break
      }
    }

    func id(_ family: AddressFamily) throws(NetlinkError) -> Service.ID? {
      if let mark { return .mark(mark, family) }
      guard let number = transport, let transport = TransportProtocol(number: number), let address, let port
      else { return nil }
      return .endpoint(transport, Endpoint(try address.address(family), port: port))
    }
  }
}
