// SPDX-License-Identifier: Apache-2.0

/// One option of the command line, as data: a row has everything about it.
struct Option: Sendable {
  /// What follows the option, with its name in the usage text.
  enum Argument: Sendable {
    case none
    /// A value, in the same word or in the next.
    case required(StaticString)
    /// A value, unless the next word begins with a dash; then the default.
    case optional(StaticString, default: StaticString)
    /// Words of the command line.
    case words(StaticString)
  }

  /// The words that a value can be, made only for who asks for them.
  typealias Words = @Sendable () -> [StaticString]

  /// What completes the value in a shell.
  enum Completion: Sendable {
    /// Nothing that a shell knows.
    case nothing
    /// One of these words; the usage text lists them.
    case oneOf(Words)
    /// One of these words, or several with commas between.
    case word(Words)
    case list(Words)
    /// What the running table has, or the machine.
    case service, server, interface, client, state, namespace
  }

  /// What the option does in the grammar.
  enum Role: Sendable {
    /// It is the command, which must come first.
    case command(Verb)
    /// It is an option of a kind; a command line has at most one of a kind.
    case kind(Kind)
    /// It may stand anywhere, any number of times.
    case free
  }

  /// Where the usage text lists it.
  enum Section: Sendable {
    case commands, services, options, daemon
    /// What ipvsadm 1.31 does not have.
    case new
  }

  /// Stores the value, which is empty if the option takes none.
  typealias Take = @Sendable (_ draft: inout Draft, _ value: Text) throws(Misuse) -> Void

  /// The name after two dashes, or empty.
  let long: StaticString
  /// Its letters, none to two.
  let short: StaticString
  let role: Role
  let legality: Legality
  let section: Section
  let argument: Argument
  let completion: Completion
  /// What it does, in a line, or two.
  let summary: [StaticString]
  let take: Take

  private init(
    _ long: StaticString, _ short: StaticString, _ role: Role, _ legality: Legality, _ section: Section,
    _ argument: Argument, _ completion: Completion, _ summary: [StaticString], _ take: @escaping Take
  ) {
    self.long = long
    self.short = short
    self.role = role
    self.legality = legality
    self.section = section
    self.argument = argument
    self.completion = completion
    self.summary = summary
    self.take = take
  }

  /// A row for a command.
  static func command(
    _ long: StaticString, _ short: StaticString, _ verb: Verb, in section: Section = .commands,
    takes argument: Argument = .none, completedBy completion: Completion = .nothing,
    _ summary: StaticString..., take: @escaping Take = { (_, _) in }
  ) -> Option {
    Option(long, short, .command(verb), Legality(), section, argument, completion, summary, take)
  }

  /// A row for an option of a kind.
  static func option(
    _ long: StaticString, _ short: StaticString, _ kind: Kind, _ legality: Legality,
    in section: Section = .options, takes argument: Argument = .none,
    completedBy completion: Completion = .nothing, _ summary: StaticString..., take: @escaping Take
  ) -> Option {
    Option(long, short, .kind(kind), legality, section, argument, completion, summary, take)
  }

  /// A row for an option that may stand anywhere.
  static func free(
    _ long: StaticString, _ short: StaticString, _ summary: StaticString..., take: @escaping Take
  ) -> Option {
    Option(long, short, .free, Legality(), .options, .none, .nothing, summary, take)
  }

  /// The kinds with what they are legal with, in the order in which they are checked.
  static let kinds: [(kind: Kind, legality: Legality)] = {
    var kinds: [(kind: Kind, legality: Legality)?] = Array(repeating: nil, count: 64)
    for option in table {
      if case .kind(let kind) = option.role { kinds[kind.rank] = (kind, option.legality) }
    }
    return kinds.compactMap { $0 }
  }()
}
