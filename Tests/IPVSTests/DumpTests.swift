// SPDX-License-Identifier: Apache-2.0

import CIPVS
import Testing

@testable import IPVS

/// Listings of a table that others change meanwhile. Each service is a mark here.
@Suite struct DumpTests {
  /// The datagrams of a dump, each with some services.
  private static func dump(_ sequence: UInt32, _ datagrams: [UInt32]...) -> [ScriptedTransport.Answer] {
    datagrams.map { marks in
      .datagram(
        marks.flatMap {
          Kernel.entry(sequence: sequence, .service(IPVS_CMD_NEW_SERVICE, Service(.mark($0, .ipv4)).encode))
        })
    } + [.datagram(Kernel.done(sequence: sequence))]
  }

  private static func listed(_ dumps: [ScriptedTransport.Answer]...) throws -> [UInt32] {
    var exchange = Exchange(ScriptedTransport(dumps.flatMap { $0 }), family: Kernel.family)
    return try exchange.all(Request(1), by: \ServiceStatus.service.id, ServiceStatus.init(decoding:))
      .compactMap { if case .mark(let mark, _) = $0.service.id { mark } else { nil } }
  }

  @Test func anEmptyTable() throws {
    #expect(try Self.listed(Self.dump(1)) == [])
  }

  @Test func oneDatagramIsOneMoment() throws {
    #expect(try Self.listed(Self.dump(1, [1, 2, 3])) == [1, 2, 3])
  }

  @Test func severalDatagramsAreAskedForAgain() throws {
    #expect(try Self.listed(Self.dump(1, [1, 2], [3]), Self.dump(2, [1, 2], [3])) == [1, 2, 3])
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
    var exchange = Exchange(ScriptedTransport(dumps.flatMap { $0 }), family: Kernel.family)
    let services = try exchange.all(Request(1), by: \ServiceStatus.service.id, ServiceStatus.init(decoding:))
    let ids = services.map(\.service.id)
    #expect(Set(ids).count == ids.count)
    #expect(Set(ids).isSuperset(of: [.mark(7, .ipv4), .mark(8, .ipv4)]))
    #expect(ids.first == .mark(100 + limit, .ipv4))
  }
}
