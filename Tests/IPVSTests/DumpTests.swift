// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import IPVS

/// Listings of a table that others change meanwhile. Each service is a mark here.
@Suite struct DumpTests {
  /// The datagrams of a dump, each with some services.
  private static func dump(_ sequence: UInt32, _ datagrams: [UInt32]...) -> [Script.Answer] {
    datagrams.map { .datagram(entries(sequence, $0)) } + [.datagram(Wire.done(sequence: sequence))]
  }

  private static func entries(_ sequence: UInt32, _ marks: [UInt32]) -> [UInt8] {
    marks.flatMap { Wire.entry(sequence: sequence, ServiceStatus(Service(.mark($0))).attributes) }
  }

  private static func listed(_ dumps: [Script.Answer]...) throws -> [UInt32] {
    let script = Script(dumps.flatMap { $0 })
    var exchange = exchange(script)
    let services: [ServiceStatus] = try exchange.all(.services)
    #expect(script.answers.isEmpty)
    return services.compactMap { if case .mark(let mark, _) = $0.id { mark } else { nil } }
  }

  @Test func anEmptyTable() throws {
    #expect(try Self.listed(Self.dump(1)) == [])
  }

  @Test func oneDatagramIsOneMoment() throws {
    #expect(try Self.listed(Self.dump(1, [1, 2, 3])) == [1, 2, 3])
  }

  @Test func theEndMayComeTogetherWithTheEntries() throws {
    #expect(try Self.listed([.datagrams([Self.entries(1, [1, 2, 3]), Wire.done()])]) == [1, 2, 3])
    #expect(try Self.listed([.datagram(Self.entries(1, [1, 2, 3]) + Wire.done())]) == [1, 2, 3])
  }

  @Test func severalDatagramsAreAskedForAgain() throws {
    #expect(try Self.listed(Self.dump(1, [1, 2], [3]), Self.dump(2, [1, 2], [3])) == [1, 2, 3])
  }

  @Test func datagramsThatAreReceivedTogetherAreOfSeveralMoments() throws {
    let together: [Script.Answer] = [
      .datagrams([Self.entries(1, [1, 2]), Self.entries(1, [2, 3])]), .datagram(Wire.done()),
    ]
    #expect(try Self.listed(together, Self.dump(2, [1, 2], [3]), Self.dump(3, [1, 2], [3])) == [1, 2, 3])
  }

  @Test func anEntryThatWasSkippedIsFound() throws {
    // 1 goes between the datagrams, and 3 takes the place that was counted already.
    let dumps = [Self.dump(1, [1, 2], [4]), Self.dump(2, [2, 3], [4]), Self.dump(3, [2, 3], [4])]
    #expect(try Self.listed(dumps[0], dumps[1], dumps[2]) == [2, 3, 4])
  }

  @Test func anEntryThatWasToldTwiceIsListedOnce() throws {
    // 0 comes between the datagrams, and pushes 2 into the next one.
    let dumps = [
      Self.dump(1, [1, 2], [2, 3]), Self.dump(2, [0, 1, 2], [3]), Self.dump(3, [0, 1, 2], [3]),
    ]
    #expect(try Self.listed(dumps[0], dumps[1], dumps[2]) == [0, 1, 2, 3])
  }

  @Test func twoDumpsThatAreWrongInTheSameWayAreNotBelieved() throws {
    let wrong = { Self.dump($0, [1, 2], [2, 3]) }
    let right = { Self.dump($0, [1, 2], [3]) }
    #expect(try Self.listed(wrong(1), wrong(2), right(3), right(4)) == [1, 2, 3])
  }

  @Test func aTableThatNeverRestsIsToldAsItWasSeen() throws {
    let limit = UInt32(Exchange<ScriptedTransport>.dumpLimit)
    // 7 and 8 are there all the time, but no dump has both.
    let dumps = (1...limit).map { Self.dump($0, [100 + $0], [$0 % 2 == 0 ? 7 : 8]) }
    let marks = try Self.listed(dumps.flatMap { $0 })
    #expect(Set(marks).count == marks.count)
    #expect(Set(marks).isSuperset(of: [7, 8]))
    #expect(marks.first == 100 + limit)
  }
}
