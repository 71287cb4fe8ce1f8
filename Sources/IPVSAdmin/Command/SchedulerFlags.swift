// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// The names of the scheduler's flags, which depend on the scheduler.
enum SchedulerFlags {
  private static let generic: [(name: String, flag: Service.Flags)] = [
    ("flag-1", .scheduler1), ("flag-2", .scheduler2), ("flag-3", .scheduler3),
  ]

  /// The flags that a scheduler has names of its own for.
  private static let named: [(scheduler: String, flags: [(name: String, flag: Service.Flags)])] = [
    ("sh", [("sh-fallback", .scheduler1), ("sh-port", .scheduler2)]),
    ("mh", [("mh-fallback", .scheduler1), ("mh-port", .scheduler2)]),
  ]

  /// Reads a list with commas between the names. Empty names do not count.
  static func parse(_ text: String, scheduler: String) throws(CommandError) -> Service.Flags {
    var flags: Service.Flags = []
    for name in text.split(separator: ",") {
      if let flag = generic.first(where: { $0.name == name })?.flag {
        flags.insert(flag)
      } else if let owner = named.first(where: { $0.flags.contains { $0.name == name } }) {
        guard owner.scheduler == scheduler, let flag = owner.flags.first(where: { $0.name == name })?.flag
        else { throw CommandError("incompatible scheduler flag `\(name)'") }
        flags.insert(flag)
      } else {
        throw CommandError("invalid scheduler flag `\(name)'")
      }
    }
    return flags
  }

  /// The names that a listing has for the flags that are set: the scheduler's own where it has any, and then
  /// no others.
  static func names(_ flags: Service.Flags, scheduler: String) -> [String] {
    let names = named.first { $0.scheduler == scheduler }?.flags ?? generic
    return names.filter { flags.contains($0.flag) }.map(\.name)
  }

  /// Names for all flags that are set, so that none is lost in a rule.
  static func allNames(_ flags: Service.Flags, scheduler: String) -> [String] {
    let own = named.first { $0.scheduler == scheduler }?.flags ?? []
    let rest = generic.filter { (_, flag) in !own.contains { $0.flag == flag } }
    return (own + rest).filter { flags.contains($0.flag) }.map(\.name)
  }
}
