// SPDX-License-Identifier: Apache-2.0

internal import CIPVS
internal import Glibc

/// A generic netlink socket, open as long as the value lives.
@safe struct NetlinkSocket: ~Copyable, Transport {
  /// Room for the answers to one batch of requests, should the kernel refuse them all.
  private static let receiveBuffer: Int32 = 256 * 1024
  private static let patience: Int32 = 5

  private let socket: OpaquePointer

  init() throws(Errno) {
    guard let socket = unsafe cipvs_open(Self.receiveBuffer, Self.patience) else {
      throw SystemCall.error
    }
    unsafe self.socket = unsafe socket
  }

  deinit { unsafe cipvs_close(socket) }

  /// The number of a generic netlink family; ENOENT when the kernel has none of that name.
  func family(_ name: String) throws(Errno) -> UInt16 {
    UInt16(truncatingIfNeeded: try check(unsafe cipvs_family(socket, name)))
  }

  func send(_ bytes: [UInt8]) throws(Errno) {
    _ = try check(unsafe cipvs_send(socket, bytes, bytes.count))
  }

  func receive(into inbox: inout Inbox) throws(Errno) {
    var lengths = [UInt32](repeating: 0, count: Inbox.slots)
    let count = try check(unsafe cipvs_receive(socket, &inbox.bytes, Inbox.slotSize, &lengths))
    inbox.lengths = lengths.prefix(Int(count)).map(Int.init)
  }

  /// The result of a C function that answers with a negative errno when it fails.
  private func check<Result: FixedWidthInteger & SignedInteger>(_ result: Result) throws(Errno) -> Result {
    guard result >= 0 else { throw Errno(rawValue: Int32(-result)) }
    return result
  }
}
