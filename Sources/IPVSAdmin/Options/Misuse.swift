// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// What is wrong with a command line. The wording is in `Messages`.
enum Misuse: Error, Equatable {
  /// The first option is no command, or there is none.
  case noCommand
  /// As `noCommand`, in rules that become a table.
  case noRule
  /// popt does not understand an option: what was typed, and popt's code for it.
  case notUnderstood(Text, Int32)
  /// An option is a second command.
  case secondCommand(Text)
  case unexpectedWord(Text)
  case severalOf(Kind)
  case needed(Kind, Context)
  case illegal(Kind, Context)
  /// The first kind does not go with the second one.
  case conflict(Kind, Kind, Context)
  case listConflict
  case tunnelConflict
  case ipv6WithoutMark

  /// A value of an option is not what the option takes.
  case value(Value)
  case service(Text)
  case destination(Text)
  case timeout(Text)
  case mark(Text)
  case group(Text, AddressFamily)
  case flag(Text)
  /// A flag of another scheduler.
  case foreignFlag(Text)
  case tooFewTimeouts
  case state(Text)
  case countSubject(Text)

  /// A service without a port that is not persistent.
  case portZero
  case onePacketWithoutUDP
  case families
  /// Rules hold a command that reads rules.
  case nestedRules
  /// Rules hold a listing that does not end.
  case watchInRules
  /// Rules ask the doctor.
  case doctorInRules
  /// Rules hold a command for a network namespace of its own.
  case namespaceInRules
  /// Rules that are applied hold another command than those that `--save` writes.
  case notApplied
  /// A service or a server is in the rules twice.
  case twice
  /// A server comes before its service, or without it.
  case noServiceYet
  /// Rules that replace the table ask for help or the version, at which reading them ends.
  case helpInRules
  /// `ipvsadm-save` or `ipvsadm-restore` got an option that it does not have.
  case calledName(CalledName)

  /// The options whose message does not repeat the value.
  enum Value: Equatable {
    case weight, upperThreshold, lowerThreshold, syncID, port, ttl, maximumLength, tunnelType, tunnelPort,
      startRole, stopRole, netmask, prefix, drain, slowStart, client, watch, virtual
  }
}
