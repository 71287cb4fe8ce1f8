// SPDX-License-Identifier: Apache-2.0

@testable import IPVSAdmin

/// What the shells' completions know of the options, as text. A row is `SPELLINGS|VALUE|OPTIONS|SUMMARY`: how
/// the option is written, what its value is, and for a command the options that go with it, for an option, or
/// for one of its values, those that it rules out. An option is named there by its first spelling.
enum CompletionTable {
  /// One row for each command.
  static var commands: [String] {
    Option.table.compactMap { option in
      guard case .command(let verb) = option.role else { return nil }
      return row(option, Option.table.filter { goes($0, with: verb) }.map(\.firstSpelling))
    }
  }

  /// One row for each other option, and one for each value that rules anything out.
  static var options: [String] {
    Option.table.filter { $0.verb == nil }.flatMap { option in
      [row(option, ruledOut(by: option))]
        + option.values.compactMap { value in
          let others = Option.table.filter { rulesOut($0, option, value) }.map(\.firstSpelling)
          return others.isEmpty ? nil : "\(option.firstSpelling)=\(value)||\(others.joined(separator: " "))|"
        }
    }
  }

  private static func row(_ option: Option, _ options: [String]) -> String {
    let fields = [option.spellings, [option.valueField], options, option.summary]
    return fields.map { $0.joined(separator: " ") }.joined(separator: "|")
  }

  private static func ruledOut(by option: Option) -> [String] {
    Option.table.flatMap { other in
      rulesOut(option, other)
        ? [other.firstSpelling]
        : other.values.filter { rulesOut(option, other, $0) }.map { "\(other.firstSpelling)=\($0)" }
    }
  }
}

// MARK: - Rules

extension CompletionTable {
  /// Whether a command takes an option.
  static func goes(_ option: Option, with verb: Verb) -> Bool {
    switch option.role {
    case .command: false
    case .kind(let kind): verb.legality.knows(kind)
    // The grammar has them anywhere; they mean something beside these.
    case .free: option.name == .sort ? verb.legality.knows(.noSort) : verb.legality.knows(.service)
    }
  }

  /// Whether a line that has one option cannot have the other as well.
  static func rulesOut(_ option: Option, _ other: Option) -> Bool {
    option.firstSpelling != other.firstSpelling
      && (isExclusive(option.kind, other.kind) || isExclusion(option.name, other.name))
  }

  /// Whether a line that has the option cannot have the other one with this value.
  static func rulesOut(_ option: Option, _ other: Option, _ value: String) -> Bool {
    guard other.name == .tunnelType, let tunnel = TunnelKind(rawValue: value), let kind = option.kind else {
      return false
    }
    return TunnelKind.options.contains(kind) && !tunnel.legality.knows(kind)
  }

  private static func isExclusive(_ kind: Kind?, _ other: Kind?) -> Bool {
    guard let kind, let other else { return false }
    return kind == other
      || legalities.contains { $0.exclusive.contains(kind) && $0.exclusive.contains(other) }
  }

  private static let legalities = Verb.allCases.map(\.legality) + TunnelKind.allCases.map(\.legality)

  private static func isExclusion(_ name: Option.Name, _ other: Option.Name) -> Bool {
    exclusions.contains {
      $0.contains(name) && $1.contains(other) || $0.contains(other) && $1.contains(name)
    }
  }

  /// What the parser refuses together for other reasons than the legality of kinds.
  private static let exclusions: [([Option.Name], [Option.Name])] = [
    ([.ipv6], [.tcpService, .udpService, .sctpService, .connection, .timeout, .daemon]),
    ([.onePacket], [.tcpService, .sctpService]),
    (
      [.gatewaying, .masquerading],
      [.tunnelType, .tunnelPort, .tunnelNoChecksum, .tunnelChecksum, .tunnelRemoteChecksum]
    ),
    ([.connection, .timeout, .daemon], [.stats, .rate, .thresholds]),
    ([.timeout, .daemon], [.persistentConnections]),
  ]
}

extension Legality {
  fileprivate func knows(_ kind: Kind) -> Bool {
    required.contains(kind) || allowed.contains(kind) || exclusive.contains(kind)
  }
}

extension Option {
  /// The option as it is typed, the long form first.
  var spellings: [String] { (long.utf8CodeUnitCount > 0 ? ["--\(long)"] : []) + short.map { "-\($0)" } }

  var firstSpelling: String { spellings[0] }

  var verb: Verb? { if case .command(let verb) = role { verb } else { nil } }

  var kind: Kind? { if case .kind(let kind) = role { kind } else { nil } }

  /// The values, where the table has them.
  var values: [String] {
    switch completion {
    case .word(let words), .list(let words): words.split(separator: " ").map(String.init)
    case .nothing, .service, .server, .interface: []
    }
  }

  fileprivate var valueField: String {
    switch (argument, completion) {
    case (.none, _), (.words, _): ""
    case (.optional, _): "maybe"
    case (.required, .nothing): "value"
    case (.required, .word(let words)): "word \(words)"
    case (.required, .list(let words)): "list \(words)"
    case (.required, .service): "service"
    case (.required, .server): "server"
    case (.required, .interface): "interface"
    }
  }
}
