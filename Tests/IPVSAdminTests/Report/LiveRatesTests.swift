// SPDX-License-Identifier: Apache-2.0

import IPVS
import Testing

@testable import IPVSAdmin

/// Rates of what is counted, and the orders that a screen has.
@Suite struct LiveRatesTests {
  private static let web: Service.ID = .tcp("10.0.0.1:80")
  private static let other: Service.ID = .tcp("10.0.0.2:80")

  private static func table(_ services: [(Service.ID, UInt64, [(Endpoint, UInt64, UInt32)])]) -> Table {
    Table(
      services.map { (id, total, servers) in
        Table.Entry(
          ServiceStatus(Service(id), statistics: statistics(total)),
          destinations: servers.map { (endpoint, total, active) in
            DestinationStatus(
              Destination(endpoint), activeConnections: active, statistics: statistics(total))
          })
      })
  }

  private static func statistics(_ number: UInt64) -> Statistics {
    Statistics(
      total: Statistics.Counters(
        connections: number, inPackets: number, outPackets: number, inBytes: number, outBytes: number))
  }

  /// Counters one after another with their times, and the rate in tenths after the last.
  static let courses: [([(Int, UInt64)], UInt64?)] = [
    ([(0, 5)], nil), ([(0, 5), (2000, 5)], 0), ([(0, 5), (2000, 6)], 5), ([(0, 0), (3000, 1000)], 3333),
    // Only the last interval counts, unless it is shorter than two seconds.
    ([(0, 0), (2000, 1000), (4000, 1001)], 5), ([(0, 0), (1000, 2), (2000, 2)], 10),
    ([(0, 0), (1000, 2), (2000, 2), (3000, 4)], 10), ([(0, 0), (500, 1)], 20),
    // The counters were zeroed meanwhile.
    ([(0, 900), (2000, 4)], 20),
    ([(0, 0), (1, .max)], .max), ([(0, 0), (86_400_000, 1 << 60)], 133_439_988_959_125),
    ([(7, 1), (7, 2)], nil),
  ]

  @Test(arguments: courses.indices)
  func ofACourse(index: Int) {
    let (course, tenths) = Self.courses[index]
    var rates = LiveRates()
    for (time, number) in course {
      rates.take(Self.table([(Self.web, number, [("10.1.0.1:80", number, 0)])]), at: time)
    }
    for server: Endpoint? in [nil, "10.1.0.1:80"] {
      let rate = rates.tenths[LiveRates.Place(id: Self.web, server: server)]
      for value: (Statistics.Counters) -> UInt64 in [
        { $0.connections }, { $0.inPackets }, { $0.outPackets }, { $0.inBytes }, { $0.outBytes },
      ] {
        #expect(rate.map(value) == tenths)
      }
    }
  }

  @Test func whatIsNewHasNoRate() {
    var rates = LiveRates()
    rates.take(Self.table([(Self.web, 0, [])]), at: 0)
    rates.take(Self.table([(Self.web, 0, [("10.1.0.1:80", 0, 0)]), (Self.other, 0, [])]), at: 2000)
    #expect(Array(rates.tenths.keys) == [LiveRates.Place(id: Self.web)])
    rates.take(Self.table([]), at: 4000)
    #expect(rates.tenths.isEmpty)
  }

  @Test func orders() {
    let before = Self.table([
      (Self.web, 0, [("10.1.0.1:80", 0, 1), ("10.1.0.2:80", 0, 9), ("10.1.0.3:80", 0, 1)]),
      (Self.other, 0, [("10.1.0.4:80", 0, 12)]),
    ])
    let after = Self.table([
      (Self.web, 1, [("10.1.0.1:80", 1, 1), ("10.1.0.2:80", 5, 9), ("10.1.0.3:80", 7, 1)]),
      (Self.other, 9, [("10.1.0.4:80", 9, 12)]),
    ])
    var rates = LiveRates()
    rates.take(before, at: 0)
    rates.take(after, at: 2000)
    func order(_ order: WatchOrder) -> [[UInt16]] {
      order.sorted(after, by: rates).entries.map {
        $0.destinations.map { UInt16($0.id.address.words.0 & 0xff) }
      }
    }
    #expect(order(.usual) == [[1, 2, 3], [4]])
    #expect(order(.rate) == [[4], [3, 2, 1]])
    #expect(order(.connections) == [[4], [2, 1, 3]])
    var orders = [WatchOrder.usual]
    for _ in 1...WatchOrder.allCases.count { orders.append(orders[orders.count - 1].next) }
    #expect(orders == WatchOrder.allCases + [.usual])
  }
}
