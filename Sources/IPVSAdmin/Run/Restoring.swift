// SPDX-License-Identifier: Apache-2.0

internal import IPVS

extension Session {
  /// Reads all rules before any takes effect. A rule that the kernel refuses does not stop the later ones.
  mutating func restore(clearing: Bool, program: String) throws(CommandError) {
    var steps: [(line: Int, step: Step)] = []
    var mistakes: [String] = []
    for rule in RuleReader.read(try Input.readAll(mustBeOpen: clearing), program: program) {
      do throws(CommandError) {
        steps.append((rule.line, try step(try command(rule), program: program)))
      } catch {
        mistakes.append("line \(rule.line): \(error.message)")
      }
    }
    guard mistakes.isEmpty else { throw CommandError(mistakes.joined(separator: "\n")) }

    if clearing { try ask { (director) throws(IPVSError) in try director.apply(.clear) } }
    var refusals: [String] = []
    do throws(CommandError) { try run(steps, &refusals) } catch { refusals.append(error.message) }
    guard refusals.isEmpty else {
      throw CommandError(refusals.joined(separator: "\n"), status: .refused)
    }
  }

  /// Runs steps in order, changes together as far as nothing prints between them, and gathers a line for each
  /// that was refused.
  private mutating func run(
    _ steps: [(line: Int, step: Step)], _ refusals: inout [String]
  ) throws(CommandError) {
    var pending: [(line: Int, change: Change)] = []
    for (line, step) in steps {
      if case .change(let change) = step {
        pending.append((line, change))
        continue
      }
      refusals += try apply(pending)
      pending = []
      do throws(CommandError) { try run(step) } catch { refusals.append("line \(line): \(error.message)") }
      if case .print = step { return }
    }
    refusals += try apply(pending)
  }

  private func command(_ rule: RuleReader.Rule) throws(CommandError) -> Command {
    do throws(CommandParser.Failure) { return try rule.command.get() } catch {
      throw error.resolved(by: resolver)
    }
  }

  /// Has the kernel make changes, and returns a line for each that it refused.
  private mutating func apply(_ changes: [(line: Int, change: Change)]) throws(CommandError) -> [String] {
    let answers = try ask { (director) throws(IPVSError) in try director.apply(changes.map(\.change)) }
    return zip(changes, answers).compactMap { (rule, errno) in
      errno.map { "line \(rule.line): \(Messages.text(IPVSError(rule.change.operation, .refused($0))))" }
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
