// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import IPVS

extension Program {
  /// Makes the table what the rules on standard input say, or prints the changes that would.
  func apply(_ options: ApplyOptions, printingTo output: inout Output) throws(Complaint) {
    let rules = Rules(try Input.readAll(mustBeOpen: true), for: .goal, by: resolver, program: name)
    let goal = Goal(rules, program: name)
    var mistakes = rules.mistakes
    mistakes.merge(goal.mistakes)
    guard mistakes.isEmpty else { throw Complaint(mistakes.text, .usage).hinting(rules.hint) }
    let progress = Progress(isNeeded: options.drain != nil || options.slowStart != nil)
    var kernel = try openKernel()
    kernel.isCounting = false
    try check(rules, replacing: true, for: kernel)
    if options.isDryRun {
      let changes = try snapshot(like: goal.table, from: &kernel).changes(
        to: goal.table, keeping: options.keeping)
      for change in changes { RuleWriter(names: NameTable()).add(change, to: &output.text) }
      return
    }
    try NamespaceLock.take { if Terminal.hasReader { tell(Messages.waiting) } }
    clinux_hold_signals()
    try apply(goal, of: rules, options, to: &kernel, showing: progress)
  }

  private func apply<K: Kernel & ~Copyable>(
    _ goal: Goal, of rules: Rules, _ options: ApplyOptions, to kernel: inout K, showing progress: Progress
  ) throws(Complaint) {
    let table = try snapshot(like: goal.table, from: &kernel)
    try MemoryReserve.take()
    var transition = Transition()
    var beginning = goal
    if let seconds = options.slowStart {
      transition.slowStart = seconds
      transition.rising = beginning.slowDown(newTo: table).map { Transition.Rising($0.0, of: $0.1) }
    }
    let removals = try settle(table, beginning, of: rules, options, in: &kernel)
    let summary =
      Terminal.hasReader
      ? Messages.summary(of: table.changes(to: goal.table, keeping: options.keeping), on: table) : nil
    if let seconds = options.drain {
      transition.drain = seconds
      for change in removals {
        do { transition.leaving += try Transition.Leaving.all(for: change, in: &kernel) } catch {
          // Someone else may have deleted it.
          guard case .refused(let refusal) = error.reason, refusal.isRace else {
            throw Messages.halfway(Messages.text(error))
          }
        }
      }
      transition.services = removals.compactMap { if case .deleteService(let id) = $0 { id } else { nil } }
    }
    if !transition.isEmpty {
      let present: Table
      do {
        try complete(transition, isPart: true, in: &kernel, showing: progress)
        present = try snapshot(like: goal.table, from: &kernel)
      } catch {
        throw error.status == .interrupted ? error : Messages.halfway(error.text)
      }
      clinux_hold_signals()  // the transition has released them
      var rest = options
      rest.drain = nil
      // While servers rose, someone else may have decided on a weight.
      if options.slowStart != nil { rest.keeping.insert(.weights) }
      _ = try settle(present, goal, of: rules, rest, in: &kernel)
    }
    if let summary { tell(summary) }
  }

  /// What there is of all that a table speaks of, in the order of listings, so that removals have a stable order, too.
  private func snapshot<K: Kernel & ~Copyable>(like model: Table, from kernel: inout K) throws(Complaint)
    -> Table
  {
    let hasStatus = model.timeouts != nil || model.daemons != nil
    do {
      var table = try hasStatus ? kernel.wholeTable() : kernel.table()
      SortOrder.sort(&table)
      return table
    } catch {
      throw Complaint(error)
    }
  }

  /// Changes a table, and looks again until it is what the goal says: another program may change it, too. Removals
  /// that drain are not made but returned.
  private func settle<K: Kernel & ~Copyable>(
    _ table: Table, _ goal: Goal, of rules: Rules, _ options: ApplyOptions, in kernel: inout K
  ) throws(Complaint) -> [Change] {
    var table = table
    var history: [Made] = []
    for _ in 0..<Self.patience {
      let changes = table.changes(to: goal.table, keeping: options.keeping)
      let removals = changes.filter { $0.isRemoval }
      let others = changes.filter { !$0.isRemoval }
      if others.isEmpty, removals.isEmpty || options.drain != nil { return removals }
      try make(others, on: table, &history, of: rules, in: &kernel)
      if options.drain == nil { try make(removals, on: table, &history, of: rules, in: &kernel) }
      do { table = try snapshot(like: goal.table, from: &kernel) } catch {
        throw Messages.refusal(error.text, line: nil, isTakenBack: takeBack(history, in: &kernel))
      }
    }
    throw Messages.restlessTable
  }

  /// How often the table may turn out to have been changed by others.
  private static var patience: Int { 8 }

  /// Makes changes. If the kernel refuses one, all are taken back, with those that were made before.
  private func make<K: Kernel & ~Copyable>(
    _ changes: [Change], on table: Table, _ history: inout [Made], of rules: Rules, in kernel: inout K
  ) throws(Complaint) {
    if changes.isEmpty { return }
    var made = Made(table: table)
    var refused: (change: Change, refusal: Refusal)?
    do {
      for (change, refusal) in zip(changes, try kernel.apply(changes)) {
        if let refusal {
          if !refusal.isRace, refused == nil { refused = (change, refusal) }
        } else {
          made.changes.append(change)
        }
      }
    } catch {
      // Which of them were made, only the table tells.
      let present = try? snapshot(like: table, from: &kernel)
      let undo = present.flatMap { try? kernel.apply($0.changes(to: table)) }
      let isUndone = undo?.allSatisfy { $0 == nil } ?? false
      throw Messages.refusal(
        Messages.text(error), line: nil, isTakenBack: takeBack(history, in: &kernel) && isUndone)
    }
    history.append(made)
    guard let refused else { return }
    throw Messages.refusal(
      Messages.text(refused.refusal, to: refused.change.operation), line: rules.line(of: refused.change),
      isTakenBack: takeBack(history, in: &kernel))
  }

  /// Takes changes back, the last ones first. Returns whether all could be.
  private func takeBack<K: Kernel & ~Copyable>(_ history: [Made], in kernel: inout K) -> Bool {
    let undo = history.reversed().flatMap { $0.table.takingBack($0.changes) }
    return (try? kernel.apply(undo))?.allSatisfy { $0 == nil } ?? false
  }
}

/// Changes that were made, and the table that they were made on.
private struct Made {
  let table: Table
  var changes: [Change] = []
}

extension Change {
  fileprivate var isRemoval: Bool {
    switch self {
    case .deleteService, .deleteDestination: true
    default: false
    }
  }
}

extension Refusal {
  /// Whether another program was faster.
  fileprivate var isRace: Bool {
    switch self {
    case .serviceExists, .destinationExists, .noService, .noDestination: true
    default: false
    }
  }
}
