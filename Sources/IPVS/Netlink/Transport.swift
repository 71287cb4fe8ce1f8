// SPDX-License-Identifier: Apache-2.0

/// What carries netlink's bytes to the kernel and back.
protocol Transport: ~Copyable {
  /// Sends one datagram. EINTR is the caller's to repeat.
  mutating func send(_ bytes: [UInt8]) throws(Errno)

  /// Receives one datagram into `buffer` and returns its whole length, of which what does not fit is lost.
  /// EINTR is the caller's to repeat; EAGAIN means that none came in time.
  mutating func receive(into buffer: inout [UInt8]) throws(Errno) -> Int
}
