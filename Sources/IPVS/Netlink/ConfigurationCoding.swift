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
  init(decoding answer: RawSpan) throws(NetlinkError) {
    self.init(tcp: 0, tcpFin: 0, udp: 0)
    try answer.forEachAttribute { (type, value) throws(NetlinkError) in
      switch type {
      case IPVS_CMD_ATTR_TIMEOUT_TCP: tcp = try value.integer()
      case IPVS_CMD_ATTR_TIMEOUT_TCP_FIN: tcpFin = try value.integer()
      case IPVS_CMD_ATTR_TIMEOUT_UDP: udp = try value.integer()
      default: break
      }
    }
  }
}

extension KernelInfo {
  /// The information in an answer.
  init(decoding answer: RawSpan) throws(NetlinkError) {
    var version: UInt32?
    var size: UInt32?
    try answer.forEachAttribute { (type, value) throws(NetlinkError) in
      switch type {
      case IPVS_INFO_ATTR_VERSION: version = try value.integer()
      case IPVS_INFO_ATTR_CONN_TAB_SIZE: size = try value.integer()
      default: break
      }
    }
    guard let version, let size else { throw .malformed("the information lacks an attribute") }
    self.init(version: version, tableSize: size)
  }
}
