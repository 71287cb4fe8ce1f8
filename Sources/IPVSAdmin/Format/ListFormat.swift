// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// How a table of services is listed.
struct ListFormat: Equatable {
  enum Style: Equatable {
    case stats, rate, thresholds, persistentConnections, tunnel, plain

    /// The style that the options ask for; of several, the first in this order.
    init(_ given: KindSet) {
      let styles: [(Kind, Style)] = [
        (.stats, .stats), (.rate, .rate), (.thresholds, .thresholds),
        (.persistentConnections, .persistentConnections), (.tunnelInfo, .tunnel),
      ]
      self = styles.first { given.contains($0.0) }?.1 ?? .plain
    }
  }

  var style = Style.plain
  /// Counters in full.
  var isExact = false
}
