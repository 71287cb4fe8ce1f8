// SPDX-License-Identifier: Apache-2.0

import CLinux
import Testing

@testable import IPVS

@Suite struct ExchangeTests {
  /// A change whose message has twenty bytes.
  private let change = Change.clear

  @Test func eachChangeGetsItsOwnAnswer() throws {
    let script = Script([.datagram(Wire.error(sequence: 2, EEXIST)), .datagram(Wire.error(sequence: 5, 0))])
    var exchange = exchange(script)
    let answers = try exchange.perform([change, change, change, change])
    #expect(answers == [nil, ErrorNumber(rawValue: EEXIST), nil, nil])
    #expect(script.sent.count == 1)
    #expect(script.sequences == [1, 2, 3, 4, 5])
  }

  @Test func onlyTheMessageBehindABatchAsksForAnAcknowledgement() throws {
    let script = Script([.datagram(Wire.error(sequence: 4, 0))])
    var exchange = exchange(script)
    _ = try exchange.perform([change, change, change])
    let sent = script.sent[0]
    let flags = [6, 26, 46, 66].map { Int(sent[$0] | sent[$0 + 1]) }
    #expect(flags == [clinux_request, clinux_request, clinux_request, clinux_ack])
  }

  @Test func batchesAreBounded() throws {
    let limit = Exchange<ScriptedTransport>.batchLimit
    let script = Script([
      .datagram(Wire.error(sequence: UInt32(limit) + 1, 0)),
      .datagram(Wire.error(sequence: UInt32(limit) + 2, ENOENT)),
      .datagram(Wire.error(sequence: UInt32(limit) + 3, 0)),
    ])
    var exchange = exchange(script)
    let answers = try exchange.perform(Array(repeating: change, count: limit + 1))
    #expect(answers.dropLast().allSatisfy { $0 == nil })
    #expect(answers.last == ErrorNumber(rawValue: ENOENT))
    #expect(script.sent.map(\.count) == [limit * 20 + 16, 36])
  }

  @Test func noChangesNeedNoAnswer() throws {
    let script = Script([])
    var exchange = exchange(script)
    #expect(try exchange.perform([]) == [])
    #expect(script.sent.isEmpty)
  }

  @Test func answersToSomethingElseAreSkipped() throws {
    var exchange = exchange(
      .datagram(Wire.error(sequence: 0, EPERM)), .datagram(Wire.error(sequence: 77, EPERM)),
      .datagram(Wire.message(1, sequence: 1, [])), .datagram(Wire.error(sequence: 2, 0)))
    #expect(try exchange.perform([change]) == [nil])
  }

  @Test func aDumpSpansDatagrams() throws {
    var exchange = exchange(
      .datagram(Wire.entry() + Wire.entry()), .datagrams([Wire.entry(), Wire.entry(sequence: 9)]),
      .datagram(Wire.done()))
    try exchange.ask(.services, dump: true)
    var count = 0
    while try exchange.nextEntry() != nil { count += 1 }
    #expect(count == 3)
    #expect(exchange.datagrams == 4)
  }

  @Test func aQueryOfOneAnswer() throws {
    let info = KernelInfo(version: 1, tableSize: 2)
    let script = Script([.datagram(Wire.entry(info.attributes))])
    var exchange = exchange(script)
    #expect(try exchange.first(.info) as KernelInfo == info)
    #expect(script.waits.isEmpty)
  }

  // MARK: - Failures

  static let failures: [(Script.Answer, IPVSError.Reason)] = [
    (.error(ENOBUFS), .overrun),
    (.error(EBADF), .system(ErrorNumber(rawValue: EBADF))),
    (.waitError(ENOMEM), .system(ErrorNumber(rawValue: ENOMEM))),
    (.longDatagram(length: 1 << 20), .tooLong),
    (.datagram([1, 2, 3]), .malformed(.message)),
    (.datagram([0, 0, 0, 0] + Wire.error(0).dropFirst(4)), .malformed(.message)),
    (.datagram(Array(Wire.error(0).dropLast(3))), .malformed(.message)),
    (.datagram(Wire.message(UInt16(NLMSG_ERROR), [])), .malformed(.number)),
    (.datagram(Wire.error(-5)), .malformed(.number)),
    (.datagram(Wire.error(4096)), .malformed(.number)),
    (.datagram(Wire.message(Wire.family, [1])), .malformed(.message)),
  ]

  @Test(arguments: failures)
  func whatGoesWrongHasAName(answer: Script.Answer, reason: IPVSError.Reason) {
    #expect(throws: reason) {
      var exchange = exchange(answer)
      _ = try exchange.perform([.clear])
    }
    #expect(throws: reason) {
      var exchange = exchange(answer)
      _ = try exchange.all(.services) as [ServiceStatus]
    }
    #expect(throws: reason) {
      var exchange = exchange(answer)
      _ = try exchange.first(.info) as KernelInfo
    }
  }

  @Test func sendingCanFail() {
    #expect(throws: IPVSError.Reason.system(ErrorNumber(rawValue: EMSGSIZE))) {
      var exchange = exchange(sendErrors: [EMSGSIZE])
      _ = try exchange.perform([.clear])
    }
  }

  @Test(arguments: [Wire.done(ENOENT), Wire.error(ENOENT)])
  func aDumpMayBeRefusedInTheMiddle(end: [UInt8]) {
    #expect(throws: IPVSError.Reason.refused(.other(ErrorNumber(rawValue: ENOENT)))) {
      var exchange = exchange(.datagram(Wire.entry(CodingTests.daemons[0].attributes)), .datagram(end))
      _ = try exchange.all(.daemons) as [SyncDaemon]
    }
  }

  @Test func anAnswerMayBeMissing() {
    #expect(throws: IPVSError.Reason.malformed(.missing)) {
      var exchange = exchange(.datagram(Wire.error(0)))
      _ = try exchange.first(.info) as KernelInfo
    }
  }
}
