// SPDX-License-Identifier: Apache-2.0

internal import IPVS

extension Program {
  /// The change that was typed. Whether it is valid does not depend on the kernel.
  func change(of edit: Edit) throws(Complaint) -> Change {
    do { return try edit.resolved(by: resolver) } catch {
      throw Complaint(error, program: name).hinting(Hint.misuse(error, in: words))
    }
  }

  /// Makes a change that was typed. If it is part of more, what is left after a lost answer is not what was typed.
  func make<K: Kernel & ~Copyable>(
    _ change: Change, typed edit: Edit, isPart: Bool = false, in kernel: inout K
  ) throws(Complaint) {
    do { try kernel.make(change) } catch {
      guard case .refused = error.reason else {
        throw isPart ? Messages.halfway(Messages.text(error)) : Complaint(error)
      }
      throw Complaint(error).hinting(Hint.refusal(error, of: change, typed: edit, in: &kernel))
    }
    tell(hint: Hint.surprise(of: change, typed: edit, in: &kernel))
  }
}
