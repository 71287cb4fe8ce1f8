// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// How changes of a live table go.
extension Messages {
  static func noLock(_ error: ErrorNumber) -> Complaint {
    Complaint("cannot wait for other programs that apply rules: \(error)", .failure)
  }

  static func foreignLock(user: Int32) -> Complaint {
    Complaint("a process of user \(user) keeps others from applying rules", .failure)
  }

  static var silentLock: Complaint {
    Complaint("a process keeps others from applying rules, and applies none", .failure)
  }

  static var noMemory: Complaint { Complaint("out of memory", .failure) }

  static let waiting: Text = "another program applies rules; waiting for its end"

  /// A change that the kernel refused, after which the table is as it was, or not.
  static func refusal(_ text: Text, line: Int?, isTakenBack: Bool) -> Complaint {
    var message = Text()
    if let line { message.append("line \(line): ") }
    message.append(text)
    message.add(isTakenBack ? "; the table is as it was" : "; not everything could be taken back")
    return Complaint(message, .refused)
  }

  /// The conversation with the kernel failed in the middle of rules.
  static func stopped(_ text: Text, line: Int) -> Complaint {
    Complaint("line \(line): \(text); from this line on, rules may not have been carried out", .refused)
  }

  /// The conversation with the kernel failed when other changes had been made.
  static func halfway(_ text: Text) -> Complaint {
    Complaint("\(text); what changed before stays", .refused)
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
