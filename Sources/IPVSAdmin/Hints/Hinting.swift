// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import IPVS

extension Session {
  /// Makes a change that a person typed, and tells what else there is to know about it.
  mutating func apply(_ change: Change, hinting command: Command) throws(CommandError) {
    let old = formerServer(change)
    let refusal = try ask { (director) throws(IPVSError) in try director.apply([change])[0] }
    if let refusal {
      throw CommandError(IPVSError(change.operation, .refused(refusal)))
        .hinting(Hint.refusal(of: change, refusal, in: wholeTable(), typed: command))
    }
    if let surprise = Hint.surprise(of: change, typed: command, old: old) { Terminal.print(hint: surprise) }
  }

  /// The error with what is nearest to a service that cannot be listed, because it is not there.
  mutating func hinting(_ error: CommandError, missing id: Service.ID?) -> CommandError {
    guard let id, Terminal.hasReader else { return error }
    return error.hinting(Hint.missing(id, in: wholeTable()))
  }

  /// The server that a change edits, as it is before.
  private mutating func formerServer(_ change: Change) -> Destination? {
    guard case .editDestination(let server, let id) = change else { return nil }
    let servers = try? ask { (director) throws(IPVSError) in try director.destinations(of: id) }
    return servers?.first { $0.destination.endpoint == server.endpoint }?.destination
  }

  /// All services with their servers; none where the kernel does not tell.
  private mutating func wholeTable() -> [TableEntry] {
    do throws(CommandError) {
      return try table(
        try ask { (director) throws(IPVSError) in try director.services() }, sorted: true, numeric: true
      ).0
    } catch {
      return []
    }
  }
}
