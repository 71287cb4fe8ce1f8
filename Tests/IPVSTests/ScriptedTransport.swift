// SPDX-License-Identifier: Apache-2.0

import CLinux

@testable import IPVS

/// What a transport answers, whatever is sent, and what it was sent; shared with the test.
final class Script {
  enum Answer: Sendable {
    case datagram([UInt8])
    /// Several, as when more than one has come before they are received.
    case datagrams([[UInt8]])
    /// A datagram that depends on the number of the last message that was sent.
    case reply(@Sendable (UInt32) -> [UInt8])
    /// A datagram of which only the beginning is received, as when the buffer is too small.
    case longDatagram(length: Int)
    /// A wait that ends although nothing has arrived.
    case nothing
    /// An error of the call that receives.
    case error(Int32)
    /// An error of the call that waits.
    case waitError(Int32)
  }

  var answers: [Answer]
  var sendErrors: [Int32]
  private(set) var sent: [[UInt8]] = []
  /// For how many milliseconds the exchange would have waited each time.
  private(set) var waits: [Int32] = []

  init(_ answers: [Answer], sendErrors: [Int32] = []) {
    self.answers = answers
    self.sendErrors = sendErrors
  }

  /// The numbers of the messages that were sent, in order.
  var sequences: [UInt32] {
    var numbers: [UInt32] = []
    for bytes in sent {
      let bytes = unsafe bytes.span.bytes
      var start = 0
      while start < bytes.byteCount {
        numbers.append(bytes.native(at: start + 8, as: UInt32.self))
        start += Int(bytes.native(at: start, as: UInt32.self)).aligned
      }
    }
    return numbers
  }
}

extension Script {
  fileprivate func send(_ bytes: [UInt8]) throws(ErrorNumber) {
    if !sendErrors.isEmpty { throw ErrorNumber(rawValue: sendErrors.removeFirst()) }
    sent.append(bytes)
  }

  fileprivate func receive(into inbox: inout Inbox) throws(ErrorNumber) {
    switch answers.first {
    case .datagram(let bytes): inbox.put([bytes])
    case .datagrams(let all): inbox.put(all)
    case .reply(let datagram): inbox.put([datagram(sequences.last ?? 0)])
    case .longDatagram(let length): inbox.lengths = [length]
    case .error(let number):
      answers.removeFirst()
      throw ErrorNumber(rawValue: number)
    case .nothing, .waitError, nil: throw ErrorNumber(rawValue: EAGAIN)
    }
    answers.removeFirst()
  }

  fileprivate func wait(milliseconds: Int32) throws(ErrorNumber) {
    waits.append(milliseconds)
    switch answers.first {
    case nil: throw ErrorNumber(rawValue: ETIMEDOUT)
    case .nothing: answers.removeFirst()
    case .waitError(let number):
      answers.removeFirst()
      throw ErrorNumber(rawValue: number)
    default: break
    }
  }
}

/// A transport that does what a script says: it carries bytes that a kernel might send, or never would. It never
/// waits; when the script is at its end, no answer comes in time.
struct ScriptedTransport: ~Copyable, Transport {
  let script: Script

  mutating func send(_ bytes: [UInt8]) throws(ErrorNumber) { try script.send(bytes) }

  mutating func receive(into inbox: inout Inbox) throws(ErrorNumber) { try script.receive(into: &inbox) }

  mutating func wait(milliseconds: Int32) throws(ErrorNumber) { try script.wait(milliseconds: milliseconds) }
}

extension Inbox {
  fileprivate mutating func put(_ datagrams: [[UInt8]]) {
    for (slot, datagram) in datagrams.enumerated() {
      bytes.replaceSubrange(slot * Self.slotSize..<slot * Self.slotSize + datagram.count, with: datagram)
    }
    lengths = datagrams.map(\.count)
  }
}

/// An exchange over a scripted transport.
func exchange(_ script: Script) -> Exchange<ScriptedTransport> {
  Exchange(ScriptedTransport(script: script), MessageTypes(family: Wire.family))
}

/// An exchange over a scripted transport that gives these answers.
func exchange(_ answers: Script.Answer..., sendErrors: [Int32] = []) -> Exchange<ScriptedTransport> {
  exchange(Script(answers, sendErrors: sendErrors))
}
