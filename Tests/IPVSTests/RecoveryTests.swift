// SPDX-License-Identifier: Apache-2.0

import CLinux
import Testing

@testable import IPVS

/// After an error the next request gets its own answer, and all of it.
@Suite struct RecoveryTests {
  private static func entry(_ mark: UInt32) -> [UInt8] {
    Wire.entry(ServiceStatus(Service(.mark(mark))).attributes)
  }

  /// An entry whose service has no scheduler.
  private static let broken = Wire.entry(
    Wire.attributes { $0.addNested(IPVS_CMD_ATTR_SERVICE, (.mark(2) as Service.ID).encode) })

  static let dumps: [(answers: [Script.Answer], reason: IPVSError.Reason)] = [
    (
      [.datagram(entry(1) + broken + entry(3)), .datagram(entry(4)), .datagram(Wire.done())],
      .malformed(.service)
    ),
    ([.datagrams([broken, entry(3)]), .datagrams([entry(4), Wire.done()])], .malformed(.service)),
    ([.datagram(broken + Wire.done())], .malformed(.service)),
    (
      [.datagram(entry(1) + [1, 2, 3, 4]), .datagram(entry(4)), .datagram(Wire.done())], .malformed(.message)
    ),
    ([.datagram(entry(1)), .longDatagram(length: 1 << 20), .datagram(Wire.done())], .tooLong),
    (
      [.datagram(entry(1)), .error(ENOMEM), .datagram(entry(3)), .datagram(Wire.done())],
      .system(ErrorNumber(rawValue: ENOMEM))
    ),
    ([.datagram(broken), .datagram([1]), .datagram(broken), .datagram(Wire.done())], .malformed(.service)),
    ([.datagram(broken), .nothing, .datagram(entry(3)), .datagram(Wire.error(EBUSY))], .malformed(.service)),
  ]

  @Test(arguments: dumps)
  func aDumpThatMakesNoSenseIsReadToItsEnd(answers: [Script.Answer], reason: IPVSError.Reason) throws {
    let script = Script(answers)
    var exchange = exchange(script)
    #expect(throws: reason) { _ = try exchange.all(.services) as [ServiceStatus] }
    #expect(script.answers.isEmpty)
    try expectWhole(&exchange, script)
  }

  @Test func theEndOfADumpMayBeLost() throws {
    let script = Script([.datagram(Self.broken)])
    var exchange = exchange(script)
    #expect(throws: IPVSError.Reason.malformed(.service)) {
      _ = try exchange.all(.services) as [ServiceStatus]
    }
    #expect(script.waits == [5000])
    try expectWhole(&exchange, script)
  }

  @Test func anAnswerThatMakesNoSense() throws {
    let script = Script([.datagram(Wire.entry())])
    var exchange = exchange(script)
    #expect(throws: IPVSError.Reason.malformed(.info)) { _ = try exchange.first(.info) as KernelInfo }
    try expectWhole(&exchange, script)
  }

  /// Bytes after an answer do not spoil the next one.
  @Test(arguments: [[1, 2, 3, 4], Array(Wire.error(EPERM).dropLast(4)), Wire.error(sequence: 2, -5)])
  func answersWithGarbageBehindThem(garbage: [UInt8]) throws {
    let info = KernelInfo(version: 1, tableSize: 2)
    let script = Script([.datagrams([Wire.entry(info.attributes) + garbage, garbage])])
    var exchange = exchange(script)
    #expect(try exchange.first(.info) == info)
    try expectWhole(&exchange, script)
  }

  /// An answer that comes too late is not taken for the next one.
  @Test func answersThatCameTooLate() throws {
    let script = Script([.datagram(Self.entry(1))])
    var exchange = exchange(script)
    #expect(throws: IPVSError.Reason.timedOut) { _ = try exchange.all(.services) as [ServiceStatus] }
    script.answers = [.datagrams([Self.entry(2), Wire.done()])]
    try expectWhole(&exchange, script)
  }

  @Test(arguments: [ENOBUFS, EBADF])
  func changesOfWhichTheFateIsUnknown(number: Int32) throws {
    let script = Script([.datagram(Wire.error(EEXIST)), .error(number)])
    var exchange = exchange(script)
    #expect(throws: IPVSError.Reason.self) { try exchange.perform([.clear, .clear, .clear]) }
    script.answers = [.datagram(Wire.error(sequence: 2, EEXIST)), .datagram(Wire.error(sequence: 4, 0))]
    try expectWhole(&exchange, script)
  }

  /// Has an exchange do something of every kind, which takes the answers that are there already.
  private func expectWhole(
    _ exchange: inout Exchange<ScriptedTransport>, _ script: Script,
    at location: SourceLocation = #_sourceLocation
  ) throws {
    let services = [ServiceStatus(Service(.mark(7))), ServiceStatus(Service(.mark(8)))]
    script.answers += [
      .reply { number in services.flatMap { Wire.entry(sequence: number, $0.attributes) } },
      .reply { Wire.done(sequence: $0) },
      .reply { Wire.entry(sequence: $0, KernelInfo(version: 1, tableSize: 2).attributes) },
      .reply { Wire.error(sequence: $0 - 1, EEXIST) },
      .reply { Wire.error(sequence: $0, 0) },
    ]
    #expect(try exchange.all(.services) == services, sourceLocation: location)
    #expect(try exchange.first(.info) == KernelInfo(version: 1, tableSize: 2), sourceLocation: location)
    let refusals = try exchange.perform([.clear, .clear])
    #expect(refusals == [nil, ErrorNumber(rawValue: EEXIST)], sourceLocation: location)
    #expect(script.answers.isEmpty, sourceLocation: location)
  }
}
