// SPDX-License-Identifier: Apache-2.0

internal import IPVS

extension Program {
  /// Throws if it is the older interface that answers and it has no place for some of the rules; or, if they replace the
  /// table, if there are services that it does not show.
  func check(_ rules: Rules, replacing: Bool, for kernel: borrowing EitherDirector) throws(Complaint) {
    guard kernel.isOlder else { return }
    var refusals = LineComplaints()
    var rest = rules.steps
    while let (line, step) = rest.next() {
      guard let change = step.change(by: resolver), let refusal = kernel.objection(to: change) else {
        continue
      }
      refusals.add(Messages.text(refusal, to: change.operation), line: line)
    }
    if refusals.isEmpty {
      if replacing, kernel.hidesIPv6 { throw Messages.hiddenIPv6 }
      return
    }
    refusals.merge(rules.mistakes)
    throw Complaint(refusals.text, rules.mistakes.isEmpty ? .refused : .usage)
  }
}

extension Step {
  /// The change that the step makes; for one that begins with the present settings, with those of the line alone.
  fileprivate func change(by resolver: Resolver) -> Change? {
    switch self {
    case .change(let change): return change
    case .other(.gradual(let edit, _)): return try? edit.resolved(by: resolver)
    case .other(.revise(let target, let words)):
      let draft: Draft =
        switch target {
        case .service: Draft(revising: Service.Settings())
        case .destination: Draft(revising: Destination.Settings())
        }
      guard case .edit(let edit) = try? CommandParser.parse(words, over: draft) else { return nil }
      return try? edit.resolved(by: resolver)
    case .other: return nil
    }
  }
}
