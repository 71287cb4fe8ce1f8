// SPDX-License-Identifier: Apache-2.0

@testable import IPVS

/// A transport that gives prepared answers, whatever is sent: bytes that a kernel might send, or never would.
struct ScriptedTransport: ~Copyable, Transport {
  enum Answer {
    case datagram([UInt8])
    /// A datagram of which only the beginning is received, as when the buffer is too small.
    case longDatagram(length: Int)
    case error(Int32)
  }

  /// What was sent, shared with the test.
  final class Log {
    var sent: [[UInt8]] = []
  }

  private var answers: [Answer]
  private var sendErrors: [Int32]
  private let log: Log

  init(_ answers: [Answer], sendErrors: [Int32] = [], log: Log = Log()) {
    self.answers = answers
    self.sendErrors = sendErrors
    self.log = log
  }

  mutating func send(_ bytes: [UInt8]) throws(Errno) {
    if !sendErrors.isEmpty { throw Errno(rawValue: sendErrors.removeFirst()) }
    log.sent.append(bytes)
  }

  mutating func receive(into buffer: inout [UInt8]) throws(Errno) -> Int {
    guard !answers.isEmpty else { throw Errno(rawValue: 11) }
    switch answers.removeFirst() {
    case .datagram(let bytes):
      buffer.replaceSubrange(..<bytes.count, with: bytes)
      return bytes.count
    case .longDatagram(let length): return length
    case .error(let number): throw Errno(rawValue: number)
    }
  }
}

/// Messages as the kernel writes them.
enum Kernel {
  static let family: UInt16 = 27

  static func message(_ type: UInt16, sequence: UInt32, _ payload: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.appendNative(UInt32(16 + payload.count))
    bytes.appendNative(type)
    bytes.appendNative(UInt16(0))
    bytes.appendNative(sequence)
    bytes.appendNative(UInt32(0))
    bytes += payload
    return bytes + Array(repeating: 0, count: bytes.count.aligned - bytes.count)
  }

  static func entry(sequence: UInt32 = 1, _ request: Request) -> [UInt8] {
    message(family, sequence: sequence, [1, 1, 0, 0] + request.attributes)
  }

  static func error(sequence: UInt32 = 1, _ errno: Int32) -> [UInt8] {
    var payload: [UInt8] = []
    payload.appendNative(-errno)
    return message(2, sequence: sequence, payload + Array(repeating: 0, count: 16))
  }

  static func done(sequence: UInt32 = 1, _ errno: Int32 = 0) -> [UInt8] {
    var payload: [UInt8] = []
    payload.appendNative(-errno)
    return message(3, sequence: sequence, payload)
  }
}

/// An exchange over a scripted transport.
func exchange(
  _ answers: ScriptedTransport.Answer..., sendErrors: [Int32] = [],
  log: ScriptedTransport.Log = ScriptedTransport.Log()
) -> Exchange<ScriptedTransport> {
  Exchange(ScriptedTransport(answers, sendErrors: sendErrors, log: log), family: Kernel.family)
}
