// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// Runs commands over one conversation with the kernel.
struct Session: ~Copyable {
  private var director: Director
  var output = Output()
  let resolver = Resolver()
  let info: KernelInfo

  init() throws(CommandError) {
    StandardDescriptors.occupy()
    do throws(IPVSError) {
      director = try Director()
      info = director.info
    } catch {
      throw CommandError(error)
    }
  }

  /// Talks to the kernel, and words what it refuses.
  mutating func ask<Answer: ~Copyable>(
    _ question: (inout Director) throws(IPVSError) -> Answer
  ) throws(CommandError) -> Answer {
    do throws(IPVSError) { return try question(&director) } catch { throw CommandError(error) }
  }

  /// Runs a command that was typed. `program` is the name that rules read from standard input see.
  mutating func run(_ command: Command, program: String) throws(CommandError) {
    do throws(CommandError) {
      if case .restore(let clearing) = command {
        try restore(clearing: clearing, program: program)
      } else {
        try run(try step(command, program: program), typed: command)
      }
    } catch {
      // What was printed before the error comes out, and if it cannot, the error matters more.
      try? output.flush()
      throw error
    }
    try output.flush()
  }

  /// A command that is ready to run: nothing in it is left to look up.
  enum Step {
    case change(Change)
    case list(ListQuery, Service.ID?)
    case save(numeric: Bool)
    case print(String)
  }

  func step(_ command: Command, program: String) throws(CommandError) -> Step {
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

  /// Runs a step; `typed` is the command that a person may have typed it with.
  mutating func run(_ step: Step, typed: Command? = nil) throws(CommandError) {
    switch step {
    case .change(let change):
      if let typed, Terminal.hasReader {
        try apply(change, hinting: typed)
      } else {
        try ask { (director) throws(IPVSError) in try director.apply(change) }
      }
    case .print(let text): output.text.add(text)
    case .save(let numeric): try save(numeric: numeric)
    case .list(let query, let id): try list(query, id)
    }
  }
}
