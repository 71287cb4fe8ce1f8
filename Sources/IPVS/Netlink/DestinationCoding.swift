// SPDX-License-Identifier: Apache-2.0

internal import CLinux

extension Endpoint {
  /// Adds the attributes that identify the server.
  func encodeDestination(into outbox: inout Outbox) {
    outbox.add(IPVS_DEST_ATTR_ADDR_FAMILY, address.family.number)
    outbox.add(IPVS_DEST_ATTR_ADDR, address.networkOrder)
    outbox.add(IPVS_DEST_ATTR_PORT, port.bigEndian)
  }
}

extension Destination {
  /// Adds the attributes of a whole server.
  func encode(into outbox: inout Outbox) {
    endpoint.encodeDestination(into: &outbox)
    outbox.add(IPVS_DEST_ATTR_FWD_METHOD, settings.forwarding.number)
    outbox.add(IPVS_DEST_ATTR_WEIGHT, UInt32(bitPattern: settings.weight))
    outbox.add(IPVS_DEST_ATTR_U_THRESH, settings.upperThreshold)
    outbox.add(IPVS_DEST_ATTR_L_THRESH, settings.lowerThreshold)
    guard case .tunnel(let tunnel) = settings.forwarding else { return }
    let (type, port, checksum) = tunnel.parts
    outbox.add(IPVS_DEST_ATTR_TUN_TYPE, type)
    outbox.add(IPVS_DEST_ATTR_TUN_PORT, port.bigEndian)
    outbox.add(IPVS_DEST_ATTR_TUN_FLAGS, checksum.number)
  }
}

extension DestinationStatus: Answer {
  init(decoding bytes: RawSpan, _ attributes: Range<Int>, isCounting: Bool) throws(IPVSError.Reason) {
    var family: AddressFamily?
    var address: Attribute?
    var port: UInt16?
    var method: UInt32?
    var weight: UInt32?
    var tunnel: (type: UInt8, port: UInt16, flags: UInt16) = (0, 0, 0)
    var status = DestinationStatus(Destination(Endpoint(Address(ipv4: 0), port: 0)))
    var statistics = StatisticsAttributes()
    var cursor = AttributeCursor(attributes)
    guard try cursor.enter(IPVS_CMD_ATTR_DEST, in: bytes) else { throw .malformed(.destination) }
    while let attribute = try cursor.next(in: bytes) {
      switch attribute.type {
      case IPVS_DEST_ATTR_ADDR_FAMILY: family = AddressFamily(number: try bytes.integer(attribute))
      case IPVS_DEST_ATTR_ADDR: address = attribute
      case IPVS_DEST_ATTR_PORT: port = UInt16(bigEndian: try bytes.integer(attribute))
      case IPVS_DEST_ATTR_FWD_METHOD: method = try bytes.integer(attribute)
      case IPVS_DEST_ATTR_WEIGHT: weight = try bytes.integer(attribute)
      case IPVS_DEST_ATTR_U_THRESH: status.destination.settings.upperThreshold = try bytes.integer(attribute)
      case IPVS_DEST_ATTR_L_THRESH: status.destination.settings.lowerThreshold = try bytes.integer(attribute)
      case IPVS_DEST_ATTR_ACTIVE_CONNS: status.activeConnections = try bytes.integer(attribute)
      case IPVS_DEST_ATTR_INACT_CONNS: status.inactiveConnections = try bytes.integer(attribute)
      case IPVS_DEST_ATTR_PERSIST_CONNS: status.persistentConnections = try bytes.integer(attribute)
      case IPVS_DEST_ATTR_TUN_TYPE: tunnel.type = try bytes.integer(attribute)
      case IPVS_DEST_ATTR_TUN_PORT: tunnel.port = UInt16(bigEndian: try bytes.integer(attribute))
      case IPVS_DEST_ATTR_TUN_FLAGS: tunnel.flags = try bytes.integer(attribute)
      case IPVS_DEST_ATTR_STATS: statistics.older = attribute
      case IPVS_DEST_ATTR_STATS64: statistics.newer = attribute
      default: break
      }
    }
    guard let family, let address, let port, let method, let weight,
      let forwarding = Forwarding(
        number: method, tunnel: Tunnel(type: tunnel.type, port: tunnel.port, flags: tunnel.flags))
    else { throw .malformed(.destination) }
    if isCounting { status.statistics = try statistics.read(in: bytes) }
    status.destination.endpoint = Endpoint(try bytes.address(address, family), port: port)
    status.destination.settings.forwarding = forwarding
    status.destination.settings.weight = Int32(bitPattern: weight)
    self = status
  }
}
