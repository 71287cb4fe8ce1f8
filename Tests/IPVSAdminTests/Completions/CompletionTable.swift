// SPDX-License-Identifier: Apache-2.0

@testable import IPVSAdmin

/// What the shells' completions know of the options, as text. A row is `SPELLINGS|VALUE|OPTIONS|SUMMARY`: how
/// the option is written, what its value is, and for a command the options that go with it, for an option, or
/// for one of its values, those that it rules out. An option is named there by its first spelling.
enum CompletionTable {
  /// One row for each command.
  static var commands: [String] {
    Option.table.compactMap { option in
      guard let verb = option.verb else { return nil }
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
    let fields = [option.spellings, [option.valueField], options, option.wholeSummary]
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
    let context = Context.command(verb)
    switch "\(option.long)" {
    // The grammar has them anywhere; they mean something beside these.
    case "sort": return Option.table.contains { "\($0.long)" == "nosort" && $0.legality.knows(context) }
    case "ipv6": return Option.table.contains { $0.kind == .service && $0.legality.knows(context) }
    default: return option.legality.knows(context)
    }
  }

  /// Whether a line that has one option cannot have the other as well.
  static func rulesOut(_ option: Option, _ other: Option) -> Bool {
    let pairs: [(Option?, Option?)] = [(option, other), (option.need, other), (option, other.need)]
    return pairs.contains { (one, other) in
      guard let one, let other, one.firstSpelling != other.firstSpelling else { return false }
      return one.kind != nil && one.kind == other.kind || areExclusive(one, other)
        || areExclusions(one, other)
    }
  }

  /// Whether a line that has the option cannot have the other one with this value.
  static func rulesOut(_ option: Option, _ other: Option, _ value: String) -> Bool {
    guard "\(other.long)" == "tun-type",
      let tunnel = TunnelKind.allCases.first(where: { "\($0.name)" == value })
    else {
      return false
    }
    return option.legality.isOfTunnels && !option.legality.knows(.tunnel(tunnel))
  }

  /// Whether the table has them exclude each other, with a command or with a tunnel type.
  private static func areExclusive(_ option: Option, _ other: Option) -> Bool {
    !option.legality.exclusive.isDisjoint(with: other.legality.exclusive)
      && !(option.kind == .connection && other.legality.isOfConnections)
      && !(other.kind == .connection && option.legality.isOfConnections)
  }

  /// What is refused together for reasons other than the legality of kinds.
  private static func areExclusions(_ option: Option, _ other: Option) -> Bool {
    let names = Set([option, other].map { "\($0.long)" })
    return names == ["ops", "tcp-service"] || names == ["ops", "sctp-service"]
      || names == ["virtual", "probe"]
      || isListConflict(option, other)
  }

  /// Whether no listing can be what both ask for.
  private static func isListConflict(_ option: Option, _ other: Option) -> Bool {
    var draft = Draft()
    do throws(Misuse) {
      for one in [option, other] where goes(one, with: .list) { try one.take(&draft, Text(one.sample ?? "")) }
      _ = try draft.command(.list)
    } catch {
      return error == .listConflict
    }
    return false
  }
}

extension Option {
  /// The option that this one needs: whatever rules that one out rules this one out, too.
  fileprivate var need: Option? {
    let name: String? =
      if legality.isOfTunnels {
        "ipip"
      } else if "\(long)" == "ipv6" {
        "fwmark-service"
      } else if legality.isOfConnections, kind != .service {
        "connection"
      } else {
        nil
      }
    return name.flatMap { try? Option.named($0) }
  }

  fileprivate var valueField: String {
    switch (argument, completion) {
    case (.none, _), (.words, _): ""
    case (.optional, _): "maybe"
    case (.required, .nothing): "value"
    case (.required, .oneOf), (.required, .word): "word \(values.joined(separator: " "))"
    case (.required, .list): "list \(values.joined(separator: " "))"
    case (.required, .service): "service"
    case (.required, .server): "server"
    case (.required, .interface): "interface"
    case (.required, .client): "client"
    case (.required, .state): "state"
    case (.required, .namespace): "namespace"
    }
  }

  /// The summary as the usage text has it.
  fileprivate var wholeSummary: [String] {
    let lines = summary.map { "\($0)" }
    guard case .oneOf = completion else { return lines }
    return ["one of \(values.joined(separator: "|")),"] + lines
  }
}

extension Legality {
  fileprivate func knows(_ context: Context) -> Bool {
    needed.contains(context) || allowed.contains(context) || exclusive.contains(context)
      || context == .command(.list) && isOfConnections
  }

  fileprivate var isOfConnections: Bool { allowed.isSuperset(of: .connections) }
}
