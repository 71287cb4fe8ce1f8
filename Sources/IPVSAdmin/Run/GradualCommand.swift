// SPDX-License-Identifier: Apache-2.0

internal import IPVS

extension Program {
  /// Makes an edit that takes so many seconds: what is deleted drains, what is added starts slowly.
  func make<K: Kernel & ~Copyable>(
    _ edit: Edit, within seconds: UInt32, in kernel: inout K, showing progress: Progress
  ) throws(Complaint) {
    var transition = Transition()
    switch try change(of: edit) {
    case .addDestination(var server, let id):
      let goal = server
      server.settings.weight = min(1, goal.settings.weight)
      try MemoryReserve.take()
      try make(.addDestination(server, to: id), typed: edit, isPart: true, in: &kernel)
      transition.rising = [Transition.Rising(goal, of: id)]
      transition.slowStart = seconds
    case let change:
      do { transition.leaving = try Transition.Leaving.all(for: change, in: &kernel) } catch {
        throw Complaint(IPVSError(change.operation, error.reason)).hinting(
          Hint.refusal(error, of: change, typed: edit, in: &kernel))
      }
      if case .deleteService(let id) = change { transition.services = [id] }
      transition.drain = seconds
      try MemoryReserve.take()
    }
    try complete(transition, in: &kernel, showing: progress)
  }

  /// Waits for a transition, and tells a person how far it is. If it is part of more, the rest decides on servers that
  /// someone else has put back.
  func complete<K: Kernel & ~Copyable>(
    _ transition: Transition, isPart: Bool = false, in kernel: inout K, showing progress: Progress
  ) throws(Complaint) {
    var (transition, progress) = (transition, progress)
    let signal: Bool
    do {
      signal = try transition.run(in: &kernel) { progress.show($0) }
    } catch {
      progress.end()
      try? transition.putBack(in: &kernel)
      let complaint = Complaint(error)
      throw isPart || transition.rising.isEmpty ? complaint : Messages.halfway(complaint.text)
    }
    progress.end()
    for cut in transition.cutOff {
      tell(Messages.cutOff(cut.server, connections: cut.connections, clients: cut.clients))
    }
    if !isPart { for server in transition.stayed { tell(Messages.stays(server)) } }
    if signal { throw Messages.interrupted(restored: transition.restored, rising: transition.rising.count) }
  }
}
