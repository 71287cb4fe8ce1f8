// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// Runs commands over one conversation with the kernel.
struct Session: ~Copyable {
  private var director: Director
  private var output = Output()
  private let resolver = Resolver()

  init() throws(CommandError) {
    StandardDescriptors.occupy()
    do throws(IPVSError) { director = try Director() } catch { throw CommandError(error) }
  }

  /// Runs a command that was typed. `program` is the name that rules read from standard input see.
  mutating func run(_ command: Command, program: String) throws(CommandError) {
    if case .restore = command {
      try restore(program: program)
    } else {
      try run(try step(command, program: program))
    }
    try output.flush()
  }

  /// A command that is ready to run: nothing in it is left to look up.
  private enum Step {
    case change(Change)
    case list(ListQuery, Service.ID?)
    case save(numeric: Bool)
    case print(String)
  }

  private func step(_ command: Command, program: String) throws(CommandError) -> Step {
    switch command {
    case .edit(let edit): return .change(try edit.resolved(by: resolver))
    case .list(let query):
      guard case .service(let name) = query.subject else { return .list(query, nil) }
      return .list(query, try name.resolved(by: resolver))
    case .save(let numeric): return .save(numeric: numeric)
    case .help: return .print(Usage.version + Usage.text(program: program))
    case .version: return .print(Usage.version)
    case .restore: throw CommandError("rules cannot restore rules")
    }
  }

  private mutating func run(_ step: Step) throws(CommandError) {
    do throws(IPVSError) {
      switch step {
      case .change(let change): try director.apply(change)
      case .print(let text): output.text.add(text)
      case .save(let numeric): try save(numeric: numeric)
      case .list(let query, let id): try list(query, id)
      }
    } catch {
      throw CommandError(error)
    }
  }
}

// MARK: - Listing

extension Session {
  private mutating func list(_ query: ListQuery, _ id: Service.ID?) throws(IPVSError) {
    switch query.subject {
    case .table, .service: try listTable(query, id)
    case .connections: try listConnections(query)
    case .timeouts: output.text.add(try director.timeouts().listing)
    case .daemons: for daemon in try director.daemons() { output.text.add(daemon.listing) }
    }
  }

  private mutating func listTable(_ query: ListQuery, _ id: Service.ID?) throws(IPVSError) {
    var services: [ServiceStatus]
    if let id {
      services = [try director.service(id)]
    } else {
      services = try director.services()
      output.text.add(TableText.version(director.info))
    }
    let (entries, names) = try table(services, sorted: !query.unsorted, numeric: query.numeric)
    let table = TableText(format: query.format, names: names)
    table.title(into: &output.text)
    for entry in entries { table.entry(entry, into: &output.text) }
  }

  private mutating func save(numeric: Bool) throws(IPVSError) {
    let (entries, names) = try table(try director.services(), sorted: true, numeric: numeric)
    let writer = RuleWriter(names: names)
    for entry in entries { writer.entry(entry, into: &output.text) }
  }

  /// Services with their servers, and the names for them.
  private mutating func table(
    _ services: [ServiceStatus], sorted: Bool, numeric: Bool
  ) throws(IPVSError) -> ([TableEntry], NameTable) {
    var entries: [TableEntry] = []
    for service in services {
      entries.append(
        TableEntry(service: service, servers: try director.destinations(of: service.service.id)))
    }
    if sorted { SortOrder.sort(&entries) }
    var names = NameCache(numeric ? nil : resolver)
    for entry in entries { names.learn(entry) }
    return (entries, names.table)
  }

  private mutating func listConnections(_ query: ListQuery) throws(IPVSError) {
    var reader = try ConnectionReader()
    var names = NameCache(query.numeric ? nil : resolver)
    let listing = ConnectionText(showsEngine: query.format.style == .persistentConnections)
    listing.title(into: &output.text)
    while let connection = try reader.next() {
      for endpoint in [connection.client, connection.virtual, connection.destination] {
        names.learn(endpoint, connection.transport)
      }
      listing.entry(connection, names: names.table, into: &output.text)
    }
  }
}

// MARK: - Restoring

extension Session {
  /// Reads all rules before any takes effect. A rule that the kernel refuses does not stop the later ones.
  private mutating func restore(program: String) throws(CommandError) {
    var steps: [(line: Int, step: Step)] = []
    var mistakes: [String] = []
    for rule in RuleReader.read(try Input.readAll(), program: program) {
      do throws(CommandError) {
        steps.append((rule.line, try step(try command(rule), program: program)))
      } catch {
        mistakes.append("line \(rule.line): \(error.message)")
      }
    }
    guard mistakes.isEmpty else { throw CommandError(mistakes.joined(separator: "\n")) }

    var pending: [(line: Int, change: Change)] = []
    var refusals: [String] = []
    for (line, step) in steps {
      if case .change(let change) = step {
        pending.append((line, change))
        continue
      }
      refusals += try apply(pending)
      pending = []
      do throws(CommandError) { try run(step) } catch { refusals.append("line \(line): \(error.message)") }
      if case .print = step { break }
    }
    refusals += try apply(pending)
    guard refusals.isEmpty else {
      try output.flush()
      throw CommandError(refusals.joined(separator: "\n"), status: .refused)
    }
  }

  private func command(_ rule: RuleReader.Rule) throws(CommandError) -> Command {
    do throws(CommandParser.Failure) { return try rule.command.get() } catch {
      throw error.resolved(by: resolver)
    }
  }

  /// Has the kernel make changes, and returns a line for each that it refused.
  private mutating func apply(_ changes: [(line: Int, change: Change)]) throws(CommandError) -> [String] {
    do throws(IPVSError) {
      let answers = try director.apply(changes.map(\.change))
      return zip(changes, answers).compactMap { (rule, errno) in
        errno.map {
          "line \(rule.line): \(Messages.text(IPVSError(rule.change.operation, .refused($0))))"
        }
      }
    } catch {
      throw CommandError(error)
    }
  }
}

extension CommandParser.Failure {
  /// What to tell: a name that was typed before the mistake and does not resolve comes first.
  func resolved(by resolver: Resolver) -> CommandError {
    do throws(CommandError) {
      for name in names { try name.check(by: resolver) }
      return error
    } catch {
      return error
    }
  }
}
