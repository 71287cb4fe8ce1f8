// SPDX-License-Identifier: Apache-2.0

internal import IPVS

extension Program {
  /// Carries out the rules on standard input, in order, and reports those that were not understood or that the kernel
  /// refused. If they replace the table, nothing changes unless all are understood; by the older interface, unless it
  /// has a place for all.
  func restore(
    replacing: Bool, to kernel: inout EitherDirector, printingTo output: inout Output
  ) throws(Complaint) {
    let rules = Rules(
      try Input.readAll(mustBeOpen: replacing), for: replacing ? .replacement : .execution, by: resolver,
      program: name)
    if replacing {
      guard rules.mistakes.isEmpty else { throw Complaint(rules.mistakes.text, .usage).hinting(rules.hint) }
    }
    try check(rules, replacing: replacing, for: kernel)
    try MemoryReserve.take()
    if replacing {
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
    throw Complaint(text, rules.mistakes.isEmpty ? .refused : .usage).hinting(rules.hint)
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
        case .other(.gradual(let edit, let seconds)):
          try make(edit, within: seconds, in: &kernel, showing: Progress())
        case .other(.revise(let target, let words)): try revise(target, words, in: &kernel)
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
      throw Messages.stopped(Messages.text(error), line: changes[0].line)
    }
  }
}
