// SPDX-License-Identifier: Apache-2.0

internal import CIPVS

extension Timeouts {
  /// Adds the timeouts.
  func encode(into request: inout Request) {
    request.add(IPVS_CMD_ATTR_TIMEOUT_TCP, tcp)
    request.add(IPVS_CMD_ATTR_TIMEOUT_TCP_FIN, tcpFin)
    request.add(IPVS_CMD_ATTR_TIMEOUT_UDP, udp)
  }

  /// The timeouts in an answer; one that the kernel was built without is 0.
  init(decoding answer: Attributes) throws(NetlinkError) {
    self.init(tcp: 0, tcpFin: 0, udp: 0)
    try answer.forEach { (attribute) throws(NetlinkError) in
      switch attribute.type {
      case IPVS_CMD_ATTR_TIMEOUT_TCP: tcp = try attribute.integer()
      case IPVS_CMD_ATTR_TIMEOUT_TCP_FIN: tcpFin = try attribute.integer()
      case IPVS_CMD_ATTR_TIMEOUT_UDP: udp = try attribute.integer()
      default: break
      }
    }
  }
}

extension KernelInfo {
  /// The information in an answer.
  init(decoding answer: Attributes) throws(NetlinkError) {
    var version: UInt32?
    var size: UInt32?
    try answer.forEach { (attribute) throws(NetlinkError) in
      switch attribute.type {
      case IPVS_INFO_ATTR_VERSION: version = try attribute.integer()
      case IPVS_INFO_ATTR_CONN_TAB_SIZE: size = try attribute.integer()
      default: break
      }
    }
    guard let version, let size else { throw .malformed("the information lacks an attribute") }
    self.init(version: version, tableSize: size)
  }
}
