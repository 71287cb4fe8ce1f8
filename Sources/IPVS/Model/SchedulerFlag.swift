// SPDX-License-Identifier: Apache-2.0

/// A scheduler's flag by its name. A new flag is a row.
package struct SchedulerFlag: Sendable {
  /// What the flag is called.
  package let name: StaticString
  /// The flag.
  package let flag: Service.Flags
  /// The scheduler that the name belongs to, or nil if every scheduler has it.
  package let scheduler: Name?

  /// Every name, in the order of listings.
  package static let all = [
    SchedulerFlag(name: "flag-1", flag: .scheduler1, scheduler: nil),
    SchedulerFlag(name: "flag-2", flag: .scheduler2, scheduler: nil),
    SchedulerFlag(name: "flag-3", flag: .scheduler3, scheduler: nil),
    SchedulerFlag(name: "sh-fallback", flag: .scheduler1, scheduler: "sh"),
    SchedulerFlag(name: "sh-port", flag: .scheduler2, scheduler: "sh"),
    SchedulerFlag(name: "mh-fallback", flag: .scheduler1, scheduler: "mh"),
    SchedulerFlag(name: "mh-port", flag: .scheduler2, scheduler: "mh"),
  ]
}

extension Service.Settings {
  /// The names of the flags that are set: the scheduler's own names if it has any.
  ///
  /// A listing omits the flags for which such a scheduler has no name. A rule uses the general names, and loses
  /// nothing.
  package func flagNames(losingNone: Bool) -> [StaticString] {
    let own = SchedulerFlag.all.filter { $0.scheduler == scheduler }
    let general = SchedulerFlag.all.filter { row in
      row.scheduler == nil && (own.isEmpty || losingNone && !own.contains { $0.flag == row.flag })
    }
    return (own + general).filter { flags.contains($0.flag) }.map { $0.name }
  }
}
