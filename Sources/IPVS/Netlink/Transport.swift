// SPDX-License-Identifier: Apache-2.0

internal import CLinux

/// What carries netlink's bytes to the kernel and back. The caller repeats calls that end with EINTR.
protocol Transport: ~Copyable {
  /// Sends one datagram.
  mutating func send(_ bytes: [UInt8]) throws(ErrorNumber)

  /// Receives the datagrams that have arrived; EAGAIN if there is none.
  mutating func receive(into inbox: inout Inbox) throws(ErrorNumber)

  /// Waits for a datagram; ETIMEDOUT if none arrives in time.
  mutating func wait(milliseconds: Int32) throws(ErrorNumber)
}

/// Room for the datagrams that are received together. The kernel makes none longer than a slot.
struct Inbox {
  static let slots = clinux_netlink_slots
  static let slotSize = 32 * 1024

  var bytes: [UInt8]
  /// The full length of each datagram. What does not fit its slot is lost.
  var lengths: [Int] = []

  init() {
    // It is not zeroed: most of it is never written to, and so takes no memory.
    unsafe bytes = [UInt8](unsafeUninitializedCapacity: Self.slots * Self.slotSize) {
      $1 = $0.count
    }
  }

  /// Where a datagram is.
  func range(_ slot: Int) throws(IPVSError.Reason) -> Range<Int> {
    guard lengths[slot] <= Self.slotSize else { throw .tooLong }
    return slot * Self.slotSize..<slot * Self.slotSize + lengths[slot]
  }
}
