// SPDX-License-Identifier: Apache-2.0

internal import CIPVS

/// What carries netlink's bytes to the kernel and back.
protocol Transport: ~Copyable {
  /// Sends one datagram. EINTR is the caller's to repeat.
  mutating func send(_ bytes: [UInt8]) throws(Errno)

  /// Waits for a datagram, and receives it with those that have come by then. EINTR is the caller's to repeat;
  /// EAGAIN means that none came in time.
  mutating func receive(into inbox: inout Inbox) throws(Errno)
}

/// Room for the datagrams that are received together. The kernel makes none longer than a slot.
struct Inbox {
  static let slots = cipvs_slots
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

  /// Hands every datagram to `body` in order.
  func forEachDatagram(_ body: (RawSpan) throws(NetlinkError) -> Void) throws(NetlinkError) {
    for (slot, length) in lengths.enumerated() {
      guard length <= Self.slotSize else { throw .tooLong }
      let start = slot * Self.slotSize
      try body(unsafe bytes.span.bytes.extracting(start..<start + length))
    }
  }
}
