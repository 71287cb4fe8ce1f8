// SPDX-License-Identifier: Apache-2.0

import CLinux

@testable import IPVS

/// Messages as the kernel writes them.
enum Wire {
  static let family: UInt16 = 27

  static func message(_ type: UInt16, sequence: UInt32 = 1, _ payload: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.appendNative(UInt32(16 + payload.count))
    bytes.appendNative(type)
    bytes.appendNative(UInt16(0))
    bytes.appendNative(sequence)
    bytes.appendNative(UInt32(0))
    bytes += payload
    return bytes + Array(repeating: 0, count: bytes.count.aligned - bytes.count)
  }

  static func entry(sequence: UInt32 = 1, _ attributes: [UInt8] = []) -> [UInt8] {
    message(family, sequence: sequence, [1, 1, 0, 0] + attributes)
  }

  static func error(sequence: UInt32 = 1, _ number: Int32) -> [UInt8] {
    var payload: [UInt8] = []
    payload.appendNative(-number)
    return message(UInt16(NLMSG_ERROR), sequence: sequence, payload + Array(repeating: 0, count: 16))
  }

  static func done(sequence: UInt32 = 1, _ number: Int32 = 0) -> [UInt8] {
    var payload: [UInt8] = []
    payload.appendNative(-number)
    return message(UInt16(NLMSG_DONE), sequence: sequence, payload)
  }

  /// The attributes that `body` adds.
  static func attributes(_ body: (inout Outbox) -> Void) -> [UInt8] {
    var outbox = Outbox()
    body(&outbox)
    return outbox.bytes
  }
}

extension Outbox {
  /// Adds bytes as they are.
  mutating func add(_ type: Int, bytes value: [UInt8]) {
    bytes.appendNative((UInt16(clinux_attribute_header + value.count), UInt16(type)))
    bytes += value
    while bytes.count != bytes.count.aligned { bytes.append(0) }
  }
}

/// An answer that the tests write as the kernel does, so that what was decoded can be held against what was written.
protocol Writable: Answer, Equatable {
  func write(into outbox: inout Outbox)
}

extension Writable {
  var attributes: [UInt8] { Wire.attributes(write) }

  /// Decodes attributes that stand between other bytes, as they do in an inbox.
  init(
    attributes: [UInt8], among other: UInt8 = 0, isCounting: Bool = true
  ) throws(IPVSError.Reason) {
    let around = [UInt8](repeating: other, count: 8)
    let bytes = around + attributes + around
    self = try unsafe Self(decoding: bytes.span.bytes, 8..<8 + attributes.count, isCounting: isCounting)
  }
}

extension ServiceStatus: Writable {
  func write(into outbox: inout Outbox) {
    outbox.addNested(IPVS_CMD_ATTR_SERVICE) {
      service.encode(into: &$0)
      $0.addNested(IPVS_SVC_ATTR_STATS64, statistics.write)
    }
  }
}

extension DestinationStatus: Writable {
  func write(into outbox: inout Outbox) {
    outbox.addNested(IPVS_CMD_ATTR_DEST) {
      destination.encode(into: &$0)
      $0.add(IPVS_DEST_ATTR_ACTIVE_CONNS, activeConnections)
      $0.add(IPVS_DEST_ATTR_INACT_CONNS, inactiveConnections)
      $0.add(IPVS_DEST_ATTR_PERSIST_CONNS, persistentConnections)
      $0.addNested(IPVS_DEST_ATTR_STATS64, statistics.write)
    }
  }
}

extension SyncDaemon: Writable {
  func write(into outbox: inout Outbox) { outbox.addNested(IPVS_CMD_ATTR_DAEMON, encode) }
}

extension Timeouts: Writable {
  /// Not as they are set: the kernel says nothing of a timeout that it does not have.
  func write(into outbox: inout Outbox) {
    if let tcp { outbox.add(IPVS_CMD_ATTR_TIMEOUT_TCP, tcp) }
    if let tcpFin { outbox.add(IPVS_CMD_ATTR_TIMEOUT_TCP_FIN, tcpFin) }
    if let udp { outbox.add(IPVS_CMD_ATTR_TIMEOUT_UDP, udp) }
  }
}

extension KernelInfo: Writable {
  func write(into outbox: inout Outbox) {
    outbox.add(IPVS_INFO_ATTR_VERSION, version)
    outbox.add(IPVS_INFO_ATTR_CONN_TAB_SIZE, tableSize)
  }
}

extension Statistics {
  /// The counters as the kernel numbers them, from `IPVS_STATS_ATTR_CONNS` to `IPVS_STATS_ATTR_OUTBPS`.
  var numbered: [UInt64] { total.numbered + rate.numbered }

  fileprivate func write(into outbox: inout Outbox) {
    for (index, number) in numbered.enumerated() { outbox.add(IPVS_STATS_ATTR_CONNS + index, number) }
  }
}

extension Statistics.Counters {
  fileprivate var numbered: [UInt64] { [connections, inPackets, outPackets, inBytes, outBytes] }
}
