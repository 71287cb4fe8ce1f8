// SPDX-License-Identifier: Apache-2.0

internal import CLinux

/// A netlink socket, open as long as the object lives.
@safe final class NetlinkSocket: Transport {
  /// Room for the answers to one batch of requests, even if the kernel refuses all of them.
  private static let receiveBuffer: Int32 = 256 * 1024

  private let socket: OpaquePointer

  /// Opens a socket of a protocol, one of `NETLINK_*`.
  init(_ netlinkProtocol: Int32 = NETLINK_GENERIC) throws(ErrorNumber) {
    guard let socket = unsafe clinux_netlink_open(netlinkProtocol, Self.receiveBuffer) else { throw .last }
    unsafe self.socket = unsafe socket
  }

  deinit { unsafe clinux_netlink_close(socket) }

  /// The number of IPVS's generic netlink family; ENOENT when the kernel has none.
  func family() throws(ErrorNumber) -> UInt16 {
    UInt16(truncatingIfNeeded: try check(unsafe clinux_netlink_family(socket)))
  }

  func send(_ bytes: [UInt8]) throws(ErrorNumber) {
    _ = try check(unsafe clinux_netlink_send(socket, bytes, bytes.count))
  }

  func receive(into inbox: inout Inbox) throws(ErrorNumber) {
    var lengths = [UInt32](repeating: 0, count: Inbox.slots)
    let count = try check(unsafe clinux_netlink_receive(socket, &inbox.bytes, Inbox.slotSize, &lengths))
    inbox.lengths = lengths.prefix(Int(count)).map { Int($0) }
  }

  func wait(milliseconds: Int32) throws(ErrorNumber) {
    _ = try check(unsafe clinux_netlink_wait(socket, milliseconds))
  }

  /// The result of a C function that answers with a negative errno when it fails.
  private func check(_ result: Int32) throws(ErrorNumber) -> Int32 {
    guard result >= 0 else { throw ErrorNumber(rawValue: -result) }
    return result
  }
}
