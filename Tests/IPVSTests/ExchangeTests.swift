// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing

@testable import IPVS

@Suite struct ExchangeTests {
  private let ping = Request(1)

  @Test func eachRequestGetsItsOwnAnswer() throws {
    let log = ScriptedTransport.Log()
    var exchange = exchange(
      .datagram(Kernel.error(sequence: 2, EEXIST)), .datagram(Kernel.error(sequence: 5, 0)), log: log)
    let answers = try exchange.perform([ping, ping, ping, ping])
    #expect(answers == [nil, Errno(rawValue: EEXIST), nil, nil])
    #expect(log.sent.count == 1)
  }

  @Test func onlyTheMessageBehindABatchAsksForAnAcknowledgement() throws {
    let log = ScriptedTransport.Log()
    var exchange = exchange(.datagram(Kernel.error(sequence: 4, 0)), log: log)
    _ = try exchange.perform([ping, ping, ping])
    let flags = log.sent[0].decoded { bytes in [6, 26, 46, 66].map { bytes.native(at: $0, as: UInt16.self) } }
    #expect(flags == [1, 1, 1, 4])
  }

  @Test func batchesAreBounded() throws {
    let limit = Exchange<ScriptedTransport>.batchLimit
    let log = ScriptedTransport.Log()
    var exchange = exchange(
      .datagram(Kernel.error(sequence: UInt32(limit) + 1, 0)),
      .datagram(Kernel.error(sequence: UInt32(limit) + 2, ENOENT)),
      .datagram(Kernel.error(sequence: UInt32(limit) + 3, 0)), log: log)
    let answers = try exchange.perform(Array(repeating: ping, count: limit + 1))
    #expect(answers.dropLast().allSatisfy { $0 == nil })
    #expect(answers.last == Errno(rawValue: ENOENT))
    #expect(log.sent.map(\.count) == [limit * 20 + 16, 36])
  }

  @Test func noRequestsNeedNoAnswer() throws {
    var exchange = exchange()
    #expect(try exchange.perform([]) == [])
  }

  @Test func interruptedCallsAreRepeated() throws {
    var exchange = exchange(
      .error(EINTR), .error(EINTR), .datagram(Kernel.error(sequence: 2, 0)), sendErrors: [EINTR, EINTR])
    #expect(try exchange.perform([ping]) == [nil])
  }

  @Test func answersToSomethingElseAreSkipped() throws {
    var exchange = exchange(
      .datagram(Kernel.error(sequence: 0, EPERM)), .datagram(Kernel.error(sequence: 77, EPERM)),
      .datagram(Kernel.message(1, sequence: 1, [])), .datagram(Kernel.error(sequence: 2, 0)))
    #expect(try exchange.perform([ping]) == [nil])
  }

  static let failures: [(ScriptedTransport.Answer, NetlinkError)] = [
    (.error(EAGAIN), .timedOut),
    (.error(ENOBUFS), .overrun),
    (.error(EBADF), .system(Errno(rawValue: EBADF))),
    (.longDatagram(length: 1 << 20), .tooLong),
    (.datagram([1, 2, 3]), .malformed("a message is cut off")),
    (.datagram(Array(Kernel.error(0).dropLast(3))), .malformed("a message has length 36")),
    (.datagram(Kernel.message(2, sequence: 1, [])), .malformed("an error without a number")),
    (.datagram(Kernel.error(-5)), .malformed("an error has number 5")),
    (.datagram(Kernel.message(27, sequence: 1, [1])), .malformed("a message has no header")),
  ]

  @Test(arguments: failures)
  func whatGoesWrongHasAName(answer: ScriptedTransport.Answer, error: NetlinkError) {
    #expect(throws: error) {
      var exchange = exchange(answer)
      _ = try exchange.perform([Request(1)])
    }
    #expect(throws: error) {
      var exchange = exchange(answer)
      try exchange.query(Request(1), dump: true) { _ in }
    }
  }

  @Test func sendingCanFail() {
    #expect(throws: NetlinkError.system(Errno(rawValue: EMSGSIZE))) {
      var exchange = exchange(sendErrors: [EMSGSIZE])
      _ = try exchange.perform([Request(1)])
    }
  }

  @Test func aDumpSpansDatagrams() throws {
    var exchange = exchange(
      .datagram(Kernel.entry(ping) + Kernel.entry(ping)), .datagram(Kernel.entry(ping)),
      .datagram(Kernel.done()))
    var count = 0
    try exchange.query(ping, dump: true) { _ in count += 1 }
    #expect(count == 3)
  }

  @Test(arguments: [Kernel.done(ENOENT), Kernel.error(ENOENT)])
  func aDumpMayFailInTheMiddle(end: [UInt8]) {
    var count = 0
    #expect(throws: NetlinkError.refused(Errno(rawValue: ENOENT))) {
      var exchange = exchange(.datagram(Kernel.entry(Request(1))), .datagram(end))
      try exchange.query(Request(1), dump: true) { _ in count += 1 }
    }
    #expect(count == 1)
  }

  @Test func anAnswerMayBeMissing() {
    #expect(throws: NetlinkError.malformed("there is none")) {
      var exchange = exchange(.datagram(Kernel.error(0)))
      _ = try exchange.first(Request(1), KernelInfo.init(decoding:))
    }
  }
}
