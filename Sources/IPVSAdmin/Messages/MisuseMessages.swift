// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// What is wrong with a command line, or with a rule.
extension Messages {
  static func text(_ misuse: Misuse, program: Text) -> Text {
    switch misuse {
    case .noCommand: "Try `\(program) -h' or '\(program) --help' for more information."
    case .noRule: "this is no rule"
    case .notUnderstood(let option, let code): "\(option): \(Popt.text(code))"
    case .secondCommand(let option): "invalid option `\(option)'"
    case .unexpectedWord(let word): "unexpected argument \(word)"
    case .severalOf(let kind): "multiple '\(kind.name)' options specified"
    case .needed(let kind, let context):
      "You need to supply the '\(kind.name)' option for the \(name(context))"
    case .illegal(let kind, let context): "Illegal '\(kind.name)' option with the \(name(context))"
    case .conflict(let kind, let other, let context):
      "The option '\(kind.name)' conflicts with the '\(other.name)' option in the \(name(context))"
    case .listConflict: "options conflicts in the list command"
    case .tunnelConflict: "Tunnel options conflict with forward method"
    case .ipv6WithoutMark: "-6 used before -f\n"
    case .value(let value): text(value)
    case .service: "illegal virtual server address[:port] specified"
    case .destination: "illegal real server address[:port] specified"
    case .timeout(let text): "invalid timeout value `\(text)' specified"
    case .mark(let text): "invalid fwmark value `\(text)' specified"
    case .group(let text, let family):
      "invalid \(family == .ipv4 ? "IPv4" : "IPv6" as StaticString) mcast-group `\(text)'"
    case .flag(let name): "invalid scheduler flag `\(name)'"
    case .foreignFlag(let name): "incompatible scheduler flag `\(name)'"
    case .tooFewTimeouts: "--set option requires 3 timeout values"
    case .state(let name): "unknown state `\(name)', there are \(list(Connection.states.map { "\($0)" }))"
    case .countSubject(let text):
      "cannot count by `\(text)', only by \(list(CountSubject.allCases.map { "\($0.name)" }))"
    case .portZero: "Zero port specified for non-persistent service"
    case .onePacketWithoutUDP: "One-Packet Scheduling is only for UDP virtual services"
    case .families: "Different address family is allowed only for tunneling servers"
    case .nestedRules: "rules cannot restore rules"
    case .watchInRules: "rules cannot watch a listing"
    case .doctorInRules: "rules cannot ask the doctor"
    case .namespaceInRules: "rules cannot enter a network namespace"
    case .notApplied: "only -A, -a, --set and --start-daemon can be applied"
    case .twice: "this is in the rules twice"
    case .noServiceYet: "the rules have no such service before this line"
    case .helpInRules: "help and version cannot replace the table"
    case .calledName(let name): help(name)
    }
  }

  private static func text(_ value: Misuse.Value) -> Text {
    switch value {
    case .weight: "illegal weight specified"
    case .upperThreshold: "illegal u_threshold specified"
    case .lowerThreshold: "illegal l_threshold specified"
    case .syncID: "illegal syncid specified"
    case .port: "illegal mcast-port specified"
    case .ttl: "illegal mcast-ttl specified"
    case .maximumLength: "illegal sync-maxlen specified"
    case .tunnelType: "illegal tunnel type specified"
    case .tunnelPort: "illegal tunnel port specified"
    case .startRole: "illegal start-daemon parameter specified"
    case .stopRole: "illegal start_daemon specified"
    case .netmask: "illegal virtual server persistent mask specified"
    case .prefix: "illegal ipv6 netmask specified"
    case .drain: "illegal drain time specified"
    case .slowStart: "illegal slow-start time specified"
    case .client: "illegal client address[/length] specified"
    case .watch: "illegal watch interval specified"
    case .virtual: "illegal virtual address specified"
    }
  }

  private static func name(_ context: Context) -> Text {
    switch context {
    case .command(let verb): "'\(name(verb))' command"
    case .tunnel(let kind): "'\(kind.name)' tunnel type"
    }
  }

  /// The command's long option, with one exception.
  private static func name(_ verb: Verb) -> StaticString {
    if verb == .clear { return "flush" }
    for option in Option.table {
      if case .command(verb) = option.role { return option.long }
    }
    return ""
  }

  private static func help(_ name: CalledName) -> Text {
    switch name {
    case .save:
      "ipvsadm-save: Script to save the IPVS table to stdout.\n   With the -n option, prints out the table in numeric format."
    case .restore, .ipvsadm:
      "ipvsadm-restore: Script to restore the IPVS table from stdin.\n   Reads rules as ipvsadm-save writes them, and replaces the table by them."
    }
  }
}
