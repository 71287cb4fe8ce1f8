// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import IPVS

/// The wording of everything that can be wrong.
enum Messages {
  // MARK: - The kernel

  static func text(_ error: IPVSError) -> Text {
    switch error.reason {
    case .refused(.noService) where error.operation.isAboutDestinations: "Service not defined"
    case .refused(let refusal): text(refusal)
    case .unavailable: text(ErrorNumber(rawValue: ENOPROTOOPT))
    case .system(let number) where error.operation == .initialize: text(number)
    case .system(let number) where error.operation == .listConnections:
      "cannot read /proc/net/ip_vs_conn: \(number)"
    case .system(let number) where error.operation == .getTotals:
      "cannot read /proc/net/ip_vs_stats: \(number)"
    case .system, .timedOut, .overrun, .tooLong, .malformed: "\(error.reason)"
    }
  }

  static func text(_ refusal: Refusal, to operation: IPVSError.Operation) -> Text {
    text(IPVSError(operation, .refused(refusal)))
  }

  private static func text(_ refusal: Refusal) -> Text {
    switch refusal {
    case .noService: "No such service"
    case .serviceExists: "Service already exists"
    case .noSchedulerOrEngine: "Scheduler or persistence engine not found"
    case .noDestination: "No such destination"
    case .destinationExists: "Destination already exists"
    case .noDaemon: "No daemon is running"
    case .daemonExists: "Daemon has already run"
    case .needsNetlink(let feature):
      "\(feature.option) needs netlink, which is not permitted in this user namespace"
    case .noInterface, .notPermitted, .invalid, .outOfRange, .other: text(refusal.number)
    }
  }

  private static func text(_ number: ErrorNumber) -> Text {
    for (known, text) in numbers where known == number.rawValue { return Text(stringLiteral: text) }
    return "\(number)"
  }

  private static let numbers: [(number: Int32, text: StaticString)] = [
    (EPERM, "Permission denied (you must be root)"),
    (EINVAL, "Invalid operation.  Possibly wrong module version, address not unicast, ..."),
    (ENOPROTOOPT, "Protocol not available"),
    (ENOMEM, "Memory allocation problem"),
    (EOPNOTSUPP, "Operation not supported with IPv6"),
    (EAFNOSUPPORT, "Operation not supported with specified address family"),
    (EMSGSIZE, "Module is wrong version"),
  ]
}

extension IPVSError.Operation {
  fileprivate var isAboutDestinations: Bool {
    self == .addDestination || self == .editDestination || self == .deleteDestination
  }
}

extension NetlinkFeature {
  /// How it is asked for.
  fileprivate var option: StaticString {
    switch self {
    case .ipv6: "IPv6"
    case .engine: "--pe"
    case .tunnelType: "--tun-type"
    case .maximumLength: "--sync-maxlen"
    case .group: "--mcast-group"
    case .port: "--mcast-port"
    case .ttl: "--mcast-ttl"
    case .zeroAddress: "-Z with 0.0.0.0:0"
    }
  }
}

extension Messages {
  /// The older interface shows a part of the table only.
  static var hiddenIPv6: Complaint {
    Complaint(
      "the table has services or servers of IPv6, and they need netlink, which is not permitted in this user namespace",
      .failure)
  }
}

// MARK: - Changes of a live table

extension Messages {
  static func noLock(_ error: ErrorNumber) -> Complaint {
    Complaint("cannot wait for other programs that apply rules: \(error)", .failure)
  }

  static func foreignLock(user: Int32) -> Complaint {
    Complaint("a process of user \(user) keeps others from applying rules", .failure)
  }

  static let waiting: Text = "another program applies rules; waiting for its end"

  /// A change that the kernel refused, after which the table is as it was, or not.
  static func refusal(_ text: Text, line: Int?, isTakenBack: Bool) -> Complaint {
    var message = Text()
    if let line { message.append("line \(line): ") }
    message.append(text)
    message.add(isTakenBack ? "; the table is as it was" : "; not everything could be taken back")
    return Complaint(message, .refused)
  }

  static var restlessTable: Complaint {
    Complaint("another program keeps changing the table; it is not what the rules say", .refused)
  }

  static func interrupted(restored: Int, rising: Int) -> Complaint {
    var text: Text = "interrupted"
    if restored > 0 {
      text.append("; \(count(restored, "server has its weight", "servers have their weights")) back")
    }
    if rising > 0 { text.append("; \(count(rising, "server stays", "servers stay")) below the weight") }
    return Complaint(text, .interrupted)
  }

  static func stays(_ server: Endpoint) -> Text { "\(server) stays: its weight is not 0 any more" }

  static func cutOff(_ server: Endpoint, connections: UInt32, clients: UInt32) -> Text {
    let connections = count(Int(connections), "connection", "connections")
    return
      "\(server): \(connections) and \(count(Int(clients), "persistent client", "persistent clients")) cut off"
  }

  /// How far servers are that leave or rise.
  static func progress(leaving: Int, connections: UInt32, clients: UInt32, rising: Int, seconds: Int) -> Text
  {
    var text = Text()
    if leaving > 0 {
      text.append(
        "draining \(count(leaving, "server", "servers")): \(connections) active, \(clients) persistent; ")
    }
    if rising > 0 { text.append("raising \(count(rising, "weight", "weights")); ") }
    text.append("\(seconds) s left")
    return text
  }

  /// What changes do to a table, in numbers of services and servers.
  static func summary(of changes: [Change], on table: Table) -> Text {
    var (added, changed, removed) = (0, 0, 0)
    let services = table.entries.byID
    for change in changes {
      switch change {
      case .addService, .addDestination: added += 1
      case .editService, .editDestination: changed += 1
      case .deleteService(let id): removed += 1 + (services[id]?.destinations.count ?? 0)
      case .deleteDestination: removed += 1
      case .clear, .zero, .zeroAll, .setTimeouts, .startDaemon, .stopDaemon: break
      }
    }
    let untouched = table.entries.reduce(0) { $0 + 1 + $1.destinations.count } - changed - removed
    return "\(added) added, \(changed) changed, \(removed) removed, \(untouched) as they were"
  }

  private static func count(_ number: Int, _ one: StaticString, _ many: StaticString) -> Text {
    "\(number) \(number == 1 ? one : many)"
  }
}

// MARK: - Watching

extension Messages {
  static func noScreen(_ error: ErrorNumber) -> Complaint {
    Complaint("cannot use the terminal: \(error)", .failure)
  }

  /// The last line of a screen: when its rows were read, what is wrong with them, which of them it shows, how many are
  /// new and how many have gone, and how they are sorted if they can be.
  static func status(
    of rows: Range<Int>, among count: Int, at time: Text, every seconds: Int, _ order: WatchOrder?,
    new: Int, gone: Int, remark: Text?
  ) -> Text {
    var text: Text = "\(time)  every \(seconds) s"
    if let line = remark?.bytes.split(separator: UInt8(ascii: "\n")).first { text.append("  \(Text(line))") }
    let shown = rows.isEmpty ? 0...0 : rows.lowerBound + 1...rows.upperBound
    text.append("  \(shown.lowerBound)-\(shown.upperBound) of \(count)")
    if new > 0 { text.append(", \(new) new") }
    if gone > 0 { text.append(", \(gone) gone") }
    if let order { text.append("  \(order.name) (s)") }
    text.add("  arrows scroll  q leaves")
    return text
  }

  static let withoutRates: Text = "only root sees rates"
}

extension WatchOrder {
  fileprivate var name: StaticString {
    switch self {
    case .usual: "in usual order"
    case .rate: "by rate"
    case .connections: "by connections"
    }
  }
}

// MARK: - The doctor

extension Messages {
  static func unreadableNetwork(_ reason: IPVSError.Reason) -> Complaint {
    Complaint("cannot read the interfaces of this machine: \(reason)", .failure)
  }

  static let noProc = Complaint("cannot read /proc, which tells most of what the doctor looks at", .failure)

  /// What the doctor could not see.
  static func unseen(_ things: [Text]) -> Text { "not seen: \(list(things))" }
}

// MARK: - The command line

extension Messages {
  static func text(_ misuse: Misuse, program: Text) -> Text {
    switch misuse {
    case .noCommand: "Try `\(program) -h' or '\(program) --help' for more information."
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

  private static func list(_ words: [Text]) -> Text {
    var text = Text()
    text.add(words[...], between: ", ")
    return text
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

// MARK: - Network namespaces

extension Messages {
  static func noNamespace(_ name: Text, _ error: ErrorNumber) -> Complaint {
    let text: Text =
      switch error.rawValue {
      case ENOENT: "there is no network namespace `\(name)'"
      case EINVAL: "`\(name)' is not a network namespace"
      case EPERM: "cannot enter the network namespace `\(name)': only root may"
      default: "cannot enter the network namespace `\(name)': \(error)"
      }
    return Complaint(text, .usage)
  }
}

// MARK: - Files

extension Messages {
  static func unreadableRules(_ error: ErrorNumber) -> Complaint {
    Complaint("cannot read the rules: \(error)", .failure)
  }

  static func longRules(mebibytes: Int) -> Complaint {
    Complaint("the rules are longer than \(mebibytes) MiB", .usage)
  }

  static func lostOutput(_ error: ErrorNumber) -> Complaint {
    Complaint("cannot write the output: \(error)", .failure)
  }

  /// `first` is the first of the lines.
  static func unreadableConnections(_ count: Int, first: Text) -> Complaint {
    let rest: Text = count > 1 ? " and \(count - 1) more" : ""
    return Complaint("cannot read this line of /proc/net/ip_vs_conn\(rest): \(first)", .failure)
  }
}
