// SPDX-License-Identifier: Apache-2.0

import CLinux
import Testing

@testable import IPVS

/// How long an exchange waits. The scripted transport does not wait.
@Suite struct PatienceTests {
  /// An acknowledgement that comes late.
  @Sendable private static func late(sequence: UInt32) -> [UInt8] {
    usleep(20_000)
    return Wire.error(sequence: sequence, 0)
  }

  @Test func aKernelThatNeverAnswers() {
    let script = Script([])
    #expect(throws: IPVSError.Reason.timedOut) {
      var exchange = exchange(script)
      _ = try exchange.perform([.clear])
    }
    #expect(throws: IPVSError.Reason.timedOut) {
      var exchange = exchange(script)
      _ = try exchange.all(.services) as [ServiceStatus]
    }
    #expect(script.waits == [5000, 5000])
  }

  @Test func anAnswerThatIsThereIsNotWaitedFor() throws {
    let script = Script([.datagram(Wire.error(sequence: 2, 0))])
    var exchange = exchange(script)
    #expect(try exchange.perform([.clear]) == [nil])
    #expect(script.waits.isEmpty)
  }

  @Test func anAnswerMayComeLate() throws {
    let script = Script([.nothing, .nothing, .datagram(Wire.error(sequence: 2, 0))])
    var exchange = exchange(script)
    #expect(try exchange.perform([.clear]) == [nil])
    #expect(script.waits.count == 2)
  }

  /// An answer does not restart the time limit, which is for the whole call.
  @Test func allWaitsOfACallShareItsTime() throws {
    let script = Script([.nothing, .datagram(Wire.entry()), .nothing])
    var exchange = exchange(script)
    try exchange.ask(.services, dump: true)
    #expect(try exchange.nextEntry() != nil)
    usleep(20_000)
    #expect(throws: IPVSError.Reason.timedOut) { _ = try exchange.nextEntry() }
    #expect(script.waits.first == 5000)
    #expect(script.waits.dropFirst().allSatisfy { $0 <= 4980 && $0 > 0 })
    #expect(script.waits.count == 3)
  }

  @Test func eachBatchHasItsOwnTime() throws {
    let limit = Exchange<ScriptedTransport>.batchLimit
    let script = Script([
      .nothing, .reply(Self.late), .nothing, .reply(Self.late),
    ])
    var exchange = exchange(script)
    _ = try exchange.perform(Array(repeating: .clear, count: limit + 1))
    #expect(script.waits == [5000, 5000])
  }

  @Test func interruptedCallsAreRepeated() throws {
    let script = Script(
      [.error(EINTR), .error(EINTR), .waitError(EINTR), .datagram(Wire.error(sequence: 2, 0))],
      sendErrors: [EINTR, EINTR])
    var exchange = exchange(script)
    #expect(try exchange.perform([.clear]) == [nil])
    #expect(script.sent.count == 1)
  }
}
