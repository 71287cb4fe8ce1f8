// SPDX-License-Identifier: Apache-2.0

@testable internal import IPVS
@testable internal import IPVSAdmin

/// Rules and command lines. Host names in them are not looked up.
enum RuleText {
  /// Rules, read both ways.
  static func rules(_ bytes: [UInt8]) -> String? {
    var reader = RuleReader(bytes)
    var hasNames = false
    while let range = reader.nextLine() {
      let words = reader.words(of: range)
      let command = try? CommandParser.parse(words)
      if command?.hasNames == true {
        hasNames = true
        continue
      }
      let change = change(command)
      if let quick = QuickReader.change(bytes, range), quick != change {
        return "quick reads \(quick), and popt \(change, default: "nothing")"
      }
      if let complaint = change.flatMap(again) { return complaint }
    }
    if hasNames { return nil }
    let rules = Rules(bytes, for: .execution, by: Resolver(), program: "ipvsadm")
    _ = rules.mistakes.text
    var steps = rules.steps
    while steps.next() != nil {}
    return saved(goal(bytes).table)
  }

  /// A command line: its words are between zeros, and the name that the program is called by is the first.
  static func commandLine(_ bytes: [UInt8]) -> String? {
    var words = bytes.split(separator: 0, omittingEmptySubsequences: false).map { Text($0) }
    let name = CalledName(path: words.removeFirst())
    do throws(Misuse) {
      let command = try name.invocation(words).command
      if command.hasNames { return nil }
      return change(command).flatMap(again)
    } catch {
      let text = Messages.text(error, program: "ipvsadm")
      return text.isEmpty ? "no word about a mistake" : nil
    }
  }

  /// What is wrong with a table that is saved and read again. What no rule can say gets lost at once, and nothing
  /// afterwards.
  static func saved(_ table: Table) -> String? {
    let first = text(of: table)
    let second = goal(first.bytes)
    let text = text(of: second.table)
    let third = goal(text.bytes)
    if !third.mistakes.isEmpty { return "\(text.string): \(third.mistakes.text.string)" }
    let again = Self.text(of: third.table)
    return again == text ? nil : "\(text.string) became \(again.string)"
  }

  private static func text(of table: Table) -> Text {
    var text = Text()
    RuleWriter(names: NameTable()).add(table, to: &text)
    return text
  }

  private static func goal(_ text: [UInt8]) -> (table: Table, mistakes: LineComplaints) {
    let rules = Rules(text, for: .goal, by: Resolver(), program: "ipvsadm")
    let goal = Goal(rules, program: "ipvsadm")
    var mistakes = rules.mistakes
    mistakes.merge(goal.mistakes)
    return (goal.table, mistakes)
  }

  /// What a command changes, if it changes something at once.
  private static func change(_ command: Command?) -> Change? {
    guard case .edit(let edit) = command else { return nil }
    return try? edit.resolved(by: Resolver())
  }

  /// What is wrong with a change that is written and read again.
  private static func again(_ change: Change) -> String? {
    guard change.isSayable else { return nil }
    var text = Text()
    RuleWriter(names: NameTable()).add(change, to: &text)
    var reader = RuleReader(text.bytes)
    guard let words = reader.next()?.words, reader.next() == nil else { return "\(text.string) is no line" }
    guard let again = self.change(try? CommandParser.parse(words)) else {
      return "\(text.string) is not read"
    }
    return again == change.withoutIdleMask ? nil : "\(change) became \(again)"
  }
}

extension Change {
  /// Whether its names can stand in rules: no kernel has a scheduler or an engine that cannot, nor an interface with
  /// blanks.
  fileprivate var isSayable: Bool {
    func isWord(_ name: Name, behind text: Text = Text()) -> Bool {
      let word: Text = "\(text)\(name)"
      var reader = RuleReader(word.bytes)
      return reader.next()?.words == [word]
    }
    return switch self {
    case .addService(let service), .editService(let service):
      isWord(service.settings.scheduler) && service.settings.engine.map { isWord($0) } ?? true
    case .startDaemon(let daemon): isWord(daemon.interface, behind: "=")
    default: true
    }
  }

  /// The change without a mask that nothing uses: rules have one only with persistence.
  fileprivate var withoutIdleMask: Change {
    switch self {
    case .addService(let service): .addService(service.withoutIdleMask)
    case .editService(let service): .editService(service.withoutIdleMask)
    default: self
    }
  }
}

extension Service {
  fileprivate var withoutIdleMask: Service {
    var service = self
    if settings.persistence == nil { service.settings.netmask = .host }
    return service
  }
}

extension Command {
  /// Whether there is anything to look up.
  fileprivate var hasNames: Bool {
    if !hostNames.isEmpty { return true }
    guard case .edit(let edit) = self else { return false }
    switch edit {
    case .addService(let rule), .editService(let rule): return rule.name.hasPortName
    case .deleteService(let name), .zero(let name): return name.hasPortName
    case .addDestination(let rule), .editDestination(let rule):
      return rule.service.hasPortName || rule.server.hasPortName
    case .deleteDestination(let name, let server): return name.hasPortName || server.hasPortName
    case .clear, .zeroAll, .setTimeouts, .startDaemon, .stopDaemon: return false
    }
  }
}

extension ServiceName {
  fileprivate var hasPortName: Bool {
    if case .endpoint(_, let host) = self { host.hasPortName } else { false }
  }
}

extension HostPort {
  fileprivate var hasPortName: Bool { if case .name? = port { true } else { false } }
}

extension Text {
  /// The text for a complaint.
  var string: String { String(decoding: bytes, as: UTF8.self) }
}
