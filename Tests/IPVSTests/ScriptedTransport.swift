// SPDX-License-Identifier: Apache-2.0

@testable import IPVS

/// A transport that gives prepared answers, whatever is sent: bytes that a kernel might send, or never would.
struct ScriptedTransport: ~Copyable, Transport {
  enum Answer {
    case datagram([UInt8])
    /// Several, as when more than one has come before they are received.
    case datagrams([[UInt8]])
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

  mutating func receive(into inbox: inout Inbox) throws(Errno) {
    guard !answers.isEmpty else { throw Errno(rawValue: 11) }
    switch answers.removeFirst() {
    case .datagram(let bytes): inbox.put([bytes])
    case .datagrams(let all): inbox.put(all)
    case .longDatagram(let length): inbox.lengths = [length]
    case .error(let number): throw Errno(rawValue: number)
    }
  }
}

extension Inbox {
  fileprivate mutating func put(_ datagrams: [[UInt8]]) {
    for (slot, datagram) in datagrams.enumerated() {
      bytes.replaceSubrange(slot * Self.slotSize..<slot * Self.slotSize + datagram.count, with: datagram)
    }
    lengths = datagrams.map(\.count)
  }
}

extension [UInt8] {
  /// What a decoder makes of the bytes.
  func decoded<Value>(_ decode: (RawSpan) throws -> Value) rethrows -> Value {
    try unsafe decode(span.bytes)
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
