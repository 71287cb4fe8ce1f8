// SPDX-License-Identifier: Apache-2.0

internal import CLinux

/// What carries netlink's bytes to the kernel and back. EINTR is the caller's to repeat.
protocol Transport: ~Copyable {
  /// Sends one datagram.
  mutating func send(_ bytes: [UInt8]) throws(ErrorNumber)

  /// Receives the datagrams that have come; EAGAIN when there is none.
  mutating func receive(into inbox: inout Inbox) throws(ErrorNumber)

  /// Waits until a datagram has come; ETIMEDOUT when none came in time.
  mutating func wait(milliseconds: Int32) throws(ErrorNumber)
}

/// Room for the datagrams that are received together. The kernel makes none longer than a slot.
struct Inbox {
  static let slots = clinux_netlink_slots
  static let slotSize = 32 * 1024

  var bytes: [UInt8]
  /// How long each datagram is that came, of which what does not fit its slot is lost.
  var lengths: [Int] = []

  init() {
    // Not zeroed: most of it is never written to, and then it costs no memory either.
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
