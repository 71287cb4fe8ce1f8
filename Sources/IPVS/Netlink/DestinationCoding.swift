// SPDX-License-Identifier: Apache-2.0

internal import CIPVS

extension Endpoint {
  /// Adds the attributes that tell which server is meant.
  func encodeDestination(into request: inout Request) {
    request.add(IPVS_DEST_ATTR_ADDR_FAMILY, address.family.number)
    request.add(IPVS_DEST_ATTR_ADDR, bytes: address.bytes)
    request.add(IPVS_DEST_ATTR_PORT, port.bigEndian)
  }
}

extension Destination {
  /// Adds the attributes of a whole server.
  func encode(into request: inout Request) {
    endpoint.encodeDestination(into: &request)
    request.add(IPVS_DEST_ATTR_FWD_METHOD, forwarding.number)
    request.add(IPVS_DEST_ATTR_WEIGHT, UInt32(bitPattern: weight))
    request.add(IPVS_DEST_ATTR_U_THRESH, upperThreshold)
    request.add(IPVS_DEST_ATTR_L_THRESH, lowerThreshold)
    guard case .tunnel(let tunnel) = forwarding else { return }
    let (type, port, checksum) = tunnel.parts
    request.add(IPVS_DEST_ATTR_TUN_TYPE, type)
    request.add(IPVS_DEST_ATTR_TUN_PORT, port.bigEndian)
    request.add(IPVS_DEST_ATTR_TUN_FLAGS, checksum.number)
  }
}

extension DestinationStatus {
  /// The server in an answer: `IPVS_CMD_ATTR_DEST` among its attributes. A kernel that does not send the
  /// server's family means its service's.
  init(decoding answer: RawSpan, of service: Service.ID) throws(NetlinkError) {
    var fields = Fields()
    try answer.forEachAttribute(within: IPVS_CMD_ATTR_DEST) { (type, value) throws(NetlinkError) in
      try fields.read(type, value)
    }
    guard let address = fields.address, let port = fields.port, let method = fields.method,
      let weight = fields.weight
    else { throw .malformed("a server lacks an attribute") }
    guard let forwarding = Forwarding(number: method, tunnel: fields.tunnel) else {
      throw .malformed("a server has forwarding method \(method)")
    }
    let family = fields.family ?? service.family
    self.init(
      Destination(
        Endpoint(try address.address(family), port: port), forwarding: forwarding,
        weight: Int32(bitPattern: weight), upperThreshold: fields.upper, lowerThreshold: fields.lower),
      active: fields.active, inactive: fields.inactive, persistent: fields.persistent,
      statistics: fields.statistics)
  }

  private struct Fields {
    var family: AddressFamily?
    var address: AddressWords?
    var port: UInt16?
    var method: UInt32?
    var weight: UInt32?
    var upper: UInt32 = 0
    var lower: UInt32 = 0
    var active: UInt32 = 0
    var inactive: UInt32 = 0
    var persistent: UInt32 = 0
    var tunnelType: UInt8 = 0
    var tunnelPort: UInt16 = 0
    var tunnelFlags: UInt16 = 0
    var statistics = Statistics()

    var tunnel: Tunnel { Tunnel(type: tunnelType, port: tunnelPort, flags: tunnelFlags) }

    mutating func read(_ type: Int, _ value: RawSpan) throws(NetlinkError) {
      switch type {
      case IPVS_DEST_ATTR_ADDR_FAMILY: family = AddressFamily(number: try value.integer())
      case IPVS_DEST_ATTR_ADDR: address = try value.words()
      case IPVS_DEST_ATTR_PORT: port = UInt16(bigEndian: try value.integer())
      case IPVS_DEST_ATTR_FWD_METHOD: method = try value.integer()
      case IPVS_DEST_ATTR_WEIGHT: weight = try value.integer()
      case IPVS_DEST_ATTR_U_THRESH: upper = try value.integer()
      case IPVS_DEST_ATTR_L_THRESH: lower = try value.integer()
      case IPVS_DEST_ATTR_ACTIVE_CONNS: active = try value.integer()
      case IPVS_DEST_ATTR_INACT_CONNS: inactive = try value.integer()
      case IPVS_DEST_ATTR_PERSIST_CONNS: persistent = try value.integer()
      case IPVS_DEST_ATTR_TUN_TYPE: tunnelType = try value.integer()
      case IPVS_DEST_ATTR_TUN_PORT: tunnelPort = UInt16(bigEndian: try value.integer())
      case IPVS_DEST_ATTR_TUN_FLAGS: tunnelFlags = try value.integer()
      case IPVS_DEST_ATTR_STATS: try statistics.read(value, as: UInt32.self)
      case IPVS_DEST_ATTR_STATS64: try statistics.read(value, as: UInt64.self)
      default: break
      }
    }
  }
}
