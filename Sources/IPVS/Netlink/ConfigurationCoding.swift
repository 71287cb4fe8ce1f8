// SPDX-License-Identifier: Apache-2.0

internal import CLinux

extension Timeouts: Answer {
  /// Adds the timeouts. The kernel keeps a timeout for which it gets 0.
  func encode(into outbox: inout Outbox) {
    outbox.add(IPVS_CMD_ATTR_TIMEOUT_TCP, tcp ?? 0)
    outbox.add(IPVS_CMD_ATTR_TIMEOUT_TCP_FIN, tcpFin ?? 0)
    outbox.add(IPVS_CMD_ATTR_TIMEOUT_UDP, udp ?? 0)
  }

  init(decoding bytes: RawSpan, _ attributes: Range<Int>, isCounting _: Bool) throws(IPVSError.Reason) {
    self.init()
    var cursor = AttributeCursor(attributes)
    while let attribute = try cursor.next(in: bytes) {
      switch attribute.type {
      case IPVS_CMD_ATTR_TIMEOUT_TCP: tcp = try bytes.integer(attribute)
      case IPVS_CMD_ATTR_TIMEOUT_TCP_FIN: tcpFin = try bytes.integer(attribute)
      case IPVS_CMD_ATTR_TIMEOUT_UDP: udp = try bytes.integer(attribute)
      default: break
      }
    }
  }
}

extension KernelInfo: Answer {
  init(decoding bytes: RawSpan, _ attributes: Range<Int>, isCounting _: Bool) throws(IPVSError.Reason) {
    var version: UInt32?
    var size: UInt32?
    var cursor = AttributeCursor(attributes)
    while let attribute = try cursor.next(in: bytes) {
      switch attribute.type {
      case IPVS_INFO_ATTR_VERSION: version = try bytes.integer(attribute)
      case IPVS_INFO_ATTR_CONN_TAB_SIZE: size = try bytes.integer(attribute)
      default: break
      }
    }
    guard let version, let size else { throw .malformed(.info) }
    self.init(version: version, tableSize: size)
  }
}
