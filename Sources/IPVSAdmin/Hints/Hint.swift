// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// What was probably meant, for a person who typed a command: the object by its name, and what is nearest to it.
enum Hint {
  /// What to say about a command line that is wrong; `words` are what was typed.
  static func misuse(_ misuse: Misuse, in words: [Text]) -> Text? {
    switch misuse {
    case .noCommand: words.first.flatMap { nearest(toCommand: $0) }
    case .notUnderstood(let option, let code) where Popt.isUnknownOption(code): nearest(toOption: option)
    case .service(let text), .destination(let text): unread(text)
    case .families: "-i makes the server a tunneled one, in edits too; where no method is given, -g is meant"
    default: nil
    }
  }

  /// What to say about a list of connections.
  static func connections(_ selection: Selection) -> Text? {
    guard case .mark? = selection.service else { return nil }
    return "the kernel shows a mark only in the entries of persistent clients; -r lists all of a server"
  }

  /// What to say about a text that is not an address.
  private static func unread(_ text: Text) -> Text? {
    guard text.bytes.first == UInt8(ascii: "["), text.bytes.last == UInt8(ascii: "]"),
      Address(bytes: text.bytes.dropFirst().dropLast())?.family == .ipv6
    else { return nil }
    return "an address in brackets is followed by a port: \(text):80; without one it goes without brackets"
  }

  /// What to say when a service cannot be listed.
  static func refusal<K: Kernel & ~Copyable>(
    _ error: IPVSError, of id: Service.ID?, in kernel: inout K
  ) -> Text? {
    guard let id, error.reason == .refused(.noService) else { return nil }
    return nearest(to: id, in: &kernel)
  }

  /// What to say about a change that the kernel refused.
  static func refusal<K: Kernel & ~Copyable>(
    _ error: IPVSError, of change: Change, typed edit: Edit, in kernel: inout K
  ) -> Text? {
    guard case .refused(let refusal) = error.reason else { return nil }
    if refusal != .noService, let port = replacedPort(in: change, typed: edit) { return port }
    switch (refusal, change) {
    case (.noService, _):
      return change.service.map { nearest(to: $0, in: &kernel) }
    case (.serviceExists, .addService(let service)):
      guard let status = try? kernel.service(service.id) else { return nil }
      let scheduler = status.service.settings.scheduler
      return "\(words(service.id)) is there, with scheduler \(scheduler); -E changes it"
    case (.destinationExists, .addDestination(let server, let id)):
      guard let old = (try? kernel.destinations(of: id))?.first(where: { $0.id == server.id }) else {
        return nil
      }
      let weight = old.destination.settings.weight
      return "\(server.endpoint) is a server of \(words(id)), with weight \(weight); -e changes it"
    case (.noDestination, .editDestination(let server, let id)):
      return nearest(to: server.endpoint, of: id, in: neighbourhood(of: id, &kernel).table)
    case (.noDestination, .deleteDestination(let endpoint, let id)):
      return nearest(to: endpoint, of: id, in: neighbourhood(of: id, &kernel).table)
    case (.noSchedulerOrEngine, .addService(let service)), (.noSchedulerOrEngine, .editService(let service)):
      return unknown(service.settings)
    case (.noInterface, .startDaemon(let daemon)) where !daemon.interface.isEmpty:
      return "there is no interface \(daemon.interface); ip link shows those that there are"
    default: return nil
    }
  }

  private static func unknown(_ settings: Service.Settings) -> Text {
    let scheduler: Text =
      "the kernel has no scheduler `\(settings.scheduler)' (module ip_vs_\(settings.scheduler))"
    guard let engine = settings.engine else { return scheduler }
    return "\(scheduler) or no persistence engine `\(engine)' (module ip_vs_pe_\(engine))"
  }

  private static func nearest<K: Kernel & ~Copyable>(to id: Service.ID, in kernel: inout K) -> Text {
    let (table, isWhole) = neighbourhood(of: id, &kernel)
    return nearest(to: id, in: table, isWhole: isWhole)
  }

  /// The service with its servers or those that would be taken for it, and behind them what a glance at the table
  /// shows; and whether that is the whole table.
  private static func neighbourhood<K: Kernel & ~Copyable>(
    of id: Service.ID, _ kernel: inout K
  ) -> (table: Table, isWhole: Bool) {
    var near: [ServiceStatus] = []
    for id in id.namesakes {
      if let status = try? kernel.service(id) { near.append(status) }
    }
    var table = (try? kernel.table(of: near)) ?? Table()
    var (others, isWhole) = glance()
    for entry in others.entries where entry.id.endpoint != nil && !near.contains(where: { $0.id == entry.id })
    {
      table.entries.append(entry)
    }
    // The file does not show the family of a mark. The kernel is asked for a few of them.
    let marks = others.entries.filter { entry in
      entry.id.endpoint == nil && !near.contains { entry.id.namesakes.contains($0.id) }
    }
    let limit = 16
    if marks.count > limit { isWhole = false }
    let services = marks.prefix(limit).flatMap { $0.id.namesakes }.compactMap { try? kernel.service($0) }
    others = (try? kernel.table(of: services)) ?? Table()
    table.entries += others.entries
    return (table, isWhole)
  }

  /// How many milliseconds a look at the table may take.
  private static let patience = 100

  /// As much of the table as can be read in a moment: a person does not wait for a hint.
  private static func glance() -> (table: Table, isWhole: Bool) {
    guard let file = try? TableFile(milliseconds: patience), let services = try? file.services() else {
      return (Table(), false)
    }
    var table = Table()
    for service in services {
      let servers = (try? file.destinations(of: service.id)) ?? nil
      table.entries.append(Table.Entry(ServiceStatus(service), destinations: servers ?? []))
    }
    SortOrder.sort(&table)
    return (table, file.isWhole)
  }
}

// MARK: - Words

extension Hint {
  /// The service as a person calls it: `UDP service 10.0.0.1:53`, `mark 1`.
  static func words(_ id: Service.ID) -> Text {
    switch id {
    case .endpoint(let transport, let endpoint): "\(transport.name) service \(endpoint)"
    case .mark(let mark, .ipv4): "mark \(mark)"
    case .mark(let mark, .ipv6): "mark \(mark) (-6)"
    }
  }

  static func list(_ names: [Text], isWhole: Bool = true) -> Text {
    let limit = 4
    var text = Text()
    text.add(names.prefix(limit), between: ", ")
    if names.count > limit { text.append(isWhole ? " and \(names.count - limit) more" : " and more") }
    return text
  }
}

extension Service.ID {
  /// The service itself, and those that differ only in the protocol, or for a mark in the family.
  fileprivate var namesakes: [Service.ID] {
    switch self {
    case .endpoint(_, let endpoint): TransportProtocol.allCases.map { .endpoint($0, endpoint) }
    case .mark(let mark, _): [.mark(mark, .ipv4), .mark(mark, .ipv6)]
    }
  }
}

extension Change {
  /// The service that changes, if it is one.
  fileprivate var service: Service.ID? {
    switch self {
    case .addService(let service), .editService(let service): service.id
    case .deleteService(let id), .addDestination(_, let id), .editDestination(_, let id),
      .deleteDestination(_, let id), .zero(let id):
      id
    case .clear, .zeroAll, .setTimeouts, .startDaemon, .stopDaemon: nil
    }
  }
}
