// SPDX-License-Identifier: Apache-2.0

internal import IPVS

extension Program {
  /// Carries out the rules on standard input, in order, and reports those that were not understood or that the kernel
  /// refused. If they replace the table, nothing changes unless all are understood.
  func restore<K: Kernel & ~Copyable>(
    replacing: Bool, to kernel: inout K, printingTo output: inout Output
  ) throws(Complaint) {
    let rules = Rules(
      try Input.readAll(mustBeOpen: replacing), replacing: replacing, by: resolver, program: name)
    if replacing {
      guard rules.mistakes.isEmpty else { throw Complaint(rules.mistakes.text, .usage) }
      do { try kernel.clear() } catch { throw Complaint(error) }
    }
    var refusals = LineComplaints()
    var failure: Complaint?
    do { try run(rules, in: &kernel, printingTo: &output, &refusals) } catch { failure = error }
    if rules.mistakes.isEmpty, refusals.isEmpty, failure == nil { return }
    refusals.merge(rules.mistakes)
    var text = refusals.text
    if let failure {
      if !text.isEmpty { text.add("\n") }
      text.append(failure.text)
    }
    throw Complaint(text, rules.mistakes.isEmpty ? .refused : .usage)
  }

  /// How many changes are gathered before they are made.
  private static var page: Int { 1024 }

  /// Runs rules in order and collects the refusals. Changes are made together unless something prints between them.
  private func run<K: Kernel & ~Copyable>(
    _ rules: Rules, in kernel: inout K, printingTo output: inout Output, _ refusals: inout LineComplaints
  ) throws(Complaint) {
    var pending: [(line: Int, change: Change)] = []
    var rest = rules.steps
    while let (line, step) = rest.next() {
      if case .change(let change) = step {
        pending.append((line, change))
        if pending.count < Self.page { continue }
      }
      try make(pending, in: &kernel, &refusals)
      pending.removeAll(keepingCapacity: true)
      do {
        switch step {
        case .change: break
        case .other(.list(let query)): try list(query, try service(of: query), from: &kernel, to: &output)
        case .other(let command): return explain(command, to: &output)
        }
      } catch {
        refusals.add(error.text, line: line)
      }
    }
    try make(pending, in: &kernel, &refusals)
  }

  private func make<K: Kernel & ~Copyable>(
    _ changes: [(line: Int, change: Change)], in kernel: inout K, _ refusals: inout LineComplaints
  ) throws(Complaint) {
    if changes.isEmpty { return }
    do {
      for (rule, refusal) in zip(changes, try kernel.apply(changes.map { $0.change })) {
        guard let refusal else { continue }
        refusals.add(Messages.text(refusal, to: rule.change.operation), line: rule.line)
      }
    } catch {
      throw Complaint(error)
    }
  }
}

/// What a rule does, once all names in it are looked up.
private enum Step {
  case change(Change)
  /// A list, or help, at which reading ends.
  case other(Command)
}

/// The rules of a text. Those that are as `--save` writes them stay in the text until they are carried out.
private struct Rules {
  private let text: [UInt8]
  /// What the other lines ask for.
  private var others: [(line: Int, step: Step)] = []
  /// The lines that are not understood.
  private(set) var mistakes = LineComplaints()

  /// Reads all rules, and looks the names in them up together.
  init(_ text: [UInt8], replacing: Bool, by resolver: Resolver, program: Text) {
    self.text = text
    var commands: [(line: Int, command: Command)] = []
    var reader = RuleReader(text)
    while let range = reader.nextLine() {
      if QuickReader.change(text, range) != nil { continue }
      let words = reader.words(of: range)
      if words.isEmpty { continue }
      do { commands.append((reader.line, try CommandParser.parse(words))) } catch {
        mistakes.add(Messages.text(error, program: program), line: reader.line)
      }
    }
    resolver.learn(commands.flatMap { $0.command.hostNames })
    var unresolved = LineComplaints()
    for (line, command) in commands {
      do { others.append((line, try Self.step(command, resolver, replacing: replacing))) } catch {
        unresolved.add(Messages.text(error, program: program), line: line)
      }
    }
    mistakes.merge(unresolved)
  }

  private static func step(
    _ command: Command, _ resolver: Resolver, replacing: Bool
  ) throws(Misuse) -> Step {
    switch command {
    case .edit(let edit): return .change(try edit.resolved(by: resolver))
    case .list(let query): _ = try query.service(by: resolver)
    case .help, .version: if replacing { throw .helpInRules }
    case .restore: throw .nestedRules
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
