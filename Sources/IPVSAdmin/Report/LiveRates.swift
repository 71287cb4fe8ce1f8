// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// What passes through services and servers in a second, by counters that were read one after another.
struct LiveRates {
  /// A service, or one of its servers.
  struct Place: Hashable {
    let id: Service.ID
    var server: Endpoint?
  }

  /// The kernel sums its counters every two seconds, so that a shorter time would show nothing, then twice as much.
  private static let shortest = 1900

  private var past: [(time: Int, counters: [Place: Statistics.Counters])] = []

  /// In tenths; nothing for what was not there before.
  private(set) var tenths: [Place: Statistics.Counters] = [:]

  /// Takes the counters of a table, with the time in milliseconds.
  mutating func take(_ table: Table, at time: Int) {
    let counters = table.counters
    while past.count > 1, time - past[1].time >= Self.shortest { past.removeFirst() }
    tenths.removeAll(keepingCapacity: true)
    if let (start, before) = past.first, time > start {
      for (place, counters) in counters {
        guard let before = before[place] else { continue }
        tenths[place] = counters.tenths(since: before, UInt64(time - start))
      }
    }
    past.append((time, counters))
  }
}

extension Table {
  fileprivate var counters: [LiveRates.Place: Statistics.Counters] {
    var counters: [LiveRates.Place: Statistics.Counters] = [:]
    for entry in entries {
      counters[LiveRates.Place(id: entry.id)] = entry.service.statistics.total
      for status in entry.destinations {
        counters[LiveRates.Place(id: entry.id, server: status.id)] = status.statistics.total
      }
    }
    return counters
  }
}

extension Statistics.Counters {
  /// Tenths in a second. A counter that is less than before was zeroed meanwhile.
  fileprivate func tenths(since before: Self, _ milliseconds: UInt64) -> Self {
    func rate(_ counter: (Self) -> UInt64) -> UInt64 {
      let (new, old) = (counter(self), counter(before))
      let tenThousandths = (new >= old ? new - old : new).multipliedFullWidth(by: 10_000)
      guard tenThousandths.high < milliseconds else { return .max }
      return milliseconds.dividingFullWidth(tenThousandths).quotient
    }
    return Self(
      connections: rate { $0.connections }, inPackets: rate { $0.inPackets },
      outPackets: rate { $0.outPackets }, inBytes: rate { $0.inBytes }, outBytes: rate { $0.outBytes })
  }
}
