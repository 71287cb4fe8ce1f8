// SPDX-License-Identifier: Apache-2.0

internal import IPVS

extension Program {
  /// Carries out the rules on standard input, in order, and tells those that were not understood or that the kernel
  /// refused. When they replace the table, all have to be understood, or nothing changes.
  func restore<K: Kernel & ~Copyable>(
    replacing: Bool, to kernel: inout K, printingTo output: inout Output
  ) throws(Complaint) {
    var rules = Rules(try Input.readAll(mustBeOpen: replacing), program: name)
    rules.resolve(by: resolver, program: name)
    if replacing {
      guard rules.mistakes.isEmpty else { throw Complaint(rules.mistakes.text, .usage) }
      do { try kernel.clear() } catch { throw Complaint(error) }
    }
    var refusals = LineComplaints()
    var failure: Complaint?
    do { try run(rules.steps, in: &kernel, printingTo: &output, &refusals) } catch { failure = error }
    if rules.mistakes.isEmpty, refusals.isEmpty, failure == nil { return }
    refusals.merge(rules.mistakes)
    var text = refusals.text
    if let failure {
      if !text.isEmpty { text.add("\n") }
      text.append(failure.text)
    }
    throw Complaint(text, rules.mistakes.isEmpty ? .refused : .usage)
  }

  /// Runs steps in order, changes together as far as nothing prints between them, and gathers what is refused.
  private func run<K: Kernel & ~Copyable>(
    _ steps: [(line: Int, step: Step)], in kernel: inout K, printingTo output: inout Output,
    _ refusals: inout LineComplaints
  ) throws(Complaint) {
    var pending: [(line: Int, change: Change)] = []
    for (line, step) in steps {
      if case .change(let change) = step {
        pending.append((line, change))
        continue
      }
      try make(pending, in: &kernel, &refusals)
      pending = []
      do {
        switch step {
        case .change: break
        case .list(let query, let id): try list(query, id, from: &kernel, to: &output)
        case .save(let isNumeric): try save(isNumeric: isNumeric, from: &kernel, to: &output)
        case .help:
          output.text.append(Usage.text(program: name))
          return
        case .version:
          output.text.add(Usage.version)
          return
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

/// What a rule does once nothing in it is left to look up.
private enum Step {
  case change(Change)
  case list(ListQuery, Service.ID?)
  case save(isNumeric: Bool)
  case help
  case version
}

/// The rules of a text.
private struct Rules {
  private var commands: [(line: Int, command: Command)] = []
  private(set) var steps: [(line: Int, step: Step)] = []
  /// The lines that are not understood.
  private(set) var mistakes = LineComplaints()

  /// Reads all rules that are understood.
  init(_ text: [UInt8], program: Text) {
    var reader = RuleReader(text)
    while let (line, words) = reader.next() {
      do { commands.append((line, try CommandParser.parse(words))) } catch {
        mistakes.add(Messages.text(error, program: program), line: line)
      }
    }
  }

  /// Looks all names up together, and makes steps of the commands.
  mutating func resolve(by resolver: Resolver, program: Text) {
    var unresolved = LineComplaints()
    resolver.learn(commands.flatMap { $0.command.hostNames })
    steps.reserveCapacity(commands.count)
    for (line, command) in commands {
      do { steps.append((line, try Self.step(command, resolver))) } catch {
        unresolved.add(Messages.text(error, program: program), line: line)
      }
    }
    commands = []
    mistakes.merge(unresolved)
  }

  private static func step(_ command: Command, _ resolver: Resolver) throws(Misuse) -> Step {
    switch command {
    case .edit(let edit): .change(try edit.resolved(by: resolver))
    case .list(let query): .list(query, try query.service(by: resolver))
    case .save(let isNumeric): .save(isNumeric: isNumeric)
    case .help: .help
    case .version: .version
    case .restore: throw .nestedRules
    }
  }
}
