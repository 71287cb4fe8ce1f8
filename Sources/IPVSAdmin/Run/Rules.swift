// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// What a rule does, once all names in it are looked up.
enum Step {
  case change(Change)
  /// A list, a change that asks the kernel first, or help, at which reading ends.
  case other(Command)
}

/// The rules of a text. Those that are as `--save` writes them stay in the text until they are carried out.
struct Rules {
  /// What the rules are for, which decides what they may hold.
  enum Purpose {
    /// They are carried out one by one, whatever they are.
    case execution
    /// They are carried out after the table was cleared.
    case replacement
    /// They are what the table becomes.
    case goal
  }

  private let text: [UInt8]
  /// What the other lines ask for.
  private var others: [(line: Int, step: Step)] = []
  /// The lines that are not understood.
  private(set) var mistakes = LineComplaints()
  /// The first line that is not understood by itself.
  private var misread: (line: Int, misuse: Misuse, words: [Text])?

  /// Reads all rules, and looks the names in them up together.
  init(_ text: [UInt8], for purpose: Purpose, by resolver: Resolver, program: Text) {
    self.text = text
    var commands: [(line: Int, command: Command)] = []
    var reader = RuleReader(text)
    while let range = reader.nextLine() {
      if QuickReader.change(text, range) != nil { continue }
      let words = reader.words(of: range)
      if words.isEmpty {
        if purpose == .goal, reader.hasText(in: range) {
          mistakes.add(Messages.text(.notApplied, program: program), line: reader.line)
        }
        continue
      }
      do throws(Misuse) {
        let rule = try CommandParser.invocation(words)
        guard rule.namespace == nil else { throw .namespaceInRules }
        commands.append((reader.line, rule.command))
      } catch {
        if misread == nil { misread = (reader.line, error, words) }
        mistakes.add(Messages.text(error.of(purpose), program: program), line: reader.line)
      }
    }
    resolver.learn(commands.flatMap { $0.command.hostNames })
    var unresolved = LineComplaints()
    for (line, command) in commands {
      do { others.append((line, try Self.step(command, resolver, purpose))) } catch {
        unresolved.add(Messages.text(error, program: program), line: line)
      }
    }
    mistakes.merge(unresolved)
  }

  /// What to say about the first line that is not understood.
  var hint: Text? {
    guard let (line, misuse, words) = misread, let hint = Hint.misuse(misuse, in: words) else { return nil }
    return "line \(line): \(hint)"
  }

  private static func step(
    _ command: Command, _ resolver: Resolver, _ purpose: Purpose
  ) throws(Misuse) -> Step {
    if purpose == .goal, !command.isApplicable { throw .notApplied }
    switch command {
    case .edit(let edit): return .change(try edit.resolved(by: resolver))
    case .list(let query):
      if query.interval != nil { throw .watchInRules }
      _ = try query.service(by: resolver)
      _ = try query.selection.resolved(by: resolver)
    case .gradual(let edit, _): _ = try edit.resolved(by: resolver)
    case .revise(let target, _): _ = try target.resolved(by: resolver)
    case .help, .version: if purpose == .replacement { throw .helpInRules }
    case .restore, .apply: throw .nestedRules
    case .doctor: throw .doctorInRules
    }
    return .other(command)
  }

  /// The steps in the order of the lines.
  var steps: Steps { Steps(reader: RuleReader(text), others: others[...]) }

  struct Steps {
    fileprivate var reader: RuleReader
    fileprivate var others: ArraySlice<(line: Int, step: Step)>

    /// The next step and the number of its line, or nil after the last one.
    mutating func next() -> (line: Int, step: Step)? {
      while let range = reader.nextLine() {
        if let change = QuickReader.change(reader.text, range) { return (reader.line, .change(change)) }
        if others.first?.line == reader.line { return others.popFirst() }
      }
      return nil
    }
  }
}

extension Misuse {
  /// The mistake as it is told. Rules of a table are no commands, so the help about those does not help.
  fileprivate func of(_ purpose: Rules.Purpose) -> Misuse {
    if case (.noCommand, .goal) = (self, purpose) { return .noRule }
    return self
  }
}

extension Command {
  /// Whether the command says what a table is, and not what happens to it.
  fileprivate var isApplicable: Bool {
    switch self {
    case .edit(.addService), .edit(.addDestination), .edit(.setTimeouts), .edit(.startDaemon): true
    case .edit, .list, .gradual, .revise, .help, .version, .restore, .apply, .doctor: false
    }
  }
}
