// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// What a listing shows, and how.
struct ListQuery: Equatable {
  enum Subject: Equatable {
    case table
    case service(ServiceName)
    case connections
    case timeouts
    case daemons
  }

  /// What the listing is written as.
  enum Format {
    /// The text that the reference prints.
    case classic
    /// Rules, which `--restore` reads.
    case rules
    /// JSON: everything that is known, in numbers.
    case json
    /// Metrics, which Prometheus reads.
    case metrics
  }

  /// Which columns a table has. If several are asked for, the first in this order counts. The plain ones are last,
  /// because nobody asks for them.
  enum Style: Int {
    case stats, rate, thresholds, persistentConnections, tunnel, plain
  }

  var subject = Subject.table
  /// Which connections are listed or counted.
  var selection = Selection()
  /// By what connections are counted, if they are not listed.
  var countSubject: CountSubject?
  var format = Format.classic
  private(set) var style = Style.plain
  /// Counters in full.
  var isExact = false
  /// In the kernel's order instead of the usual one.
  var isUnsorted = false
  var isNumeric = false
  /// Timeouts and sync daemons before the services.
  var hasStatus = false

  /// Takes a format; there cannot be two.
  mutating func take(_ format: Format) throws(Misuse) {
    if self.format != .classic { throw .listConflict }
    self.format = format
  }

  mutating func take(_ style: Style) {
    if style.rawValue < self.style.rawValue { self.style = style }
  }

  /// Whether the listing is for everyone, and has only what everyone may know.
  var isPartial = false

  /// How many seconds after a listing the next one follows; nil for a single one.
  var interval: UInt32?
  /// Whether it is shown on a screen, with live rates beside the columns.
  var isOnScreen = false

  /// Whether of the servers only connections are counted, and nothing is shown that is not in a plain listing.
  var isOutline: Bool { isPartial || isPlain && !isOnScreen }

  private var isPlain: Bool { style == .plain && format == .classic }

  /// Whether counters of traffic are shown.
  var isCounting: Bool {
    switch format {
    case .classic: style == .stats || style == .rate || isOnScreen
    case .rules: false
    case .json, .metrics: true
    }
  }

  /// Whether services are listed.
  var isOfServices: Bool {
    switch subject {
    case .table, .service: true
    case .connections, .timeouts, .daemons: false
    }
  }

  /// Whether what is of no single service is asked for, too.
  var hasTotals: Bool { format == .metrics && subject == .table }

  /// Whether addresses and ports have names.
  var hasNames: Bool { !isNumeric && format != .json && format != .metrics }

  /// Whether everyone may know what is asked for, and not only root.
  var isForEveryone: Bool {
    switch subject {
    case .table: isPlain || format == .json
    // The file does not show which family a mark is of.
    case .service(.mark): false
    case .service(.endpoint): isPlain || format == .json
    case .connections: true
    case .timeouts, .daemons: false
    }
  }

  /// Whether `--stats`, `--rate` or `--thresholds` was given, which only go with a table.
  var hasTableNumbers: Bool { style.rawValue < Style.persistentConnections.rawValue }
}
