// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// Turns the words of a command line into a command. Nothing is looked up.
enum CommandParser {
  /// Parses the words after the program's name.
  static func invocation(_ words: [Text]) throws(Misuse) -> Invocation {
    var draft = Draft()
    let command = try parse(words, into: &draft)
    return Invocation(command, namespace: draft.namespace)
  }

  /// Parses words whose network namespace does not matter. What they say changes the draft, which is empty or has settings
  /// that are revised.
  static func parse(_ words: [Text], over draft: Draft = Draft()) throws(Misuse) -> Command {
    var draft = draft
    return try parse(words, into: &draft)
  }

  private static func parse(_ words: [Text], into draft: inout Draft) throws(Misuse) -> Command {
    if words.isEmpty { return .list(ListQuery()) }
    // popt would take the text before a zero byte for the whole word.
    if words.contains(where: { $0.bytes.contains(0) }) { throw .noCommand }
    var popt = Popt(words)
    draft.typed = words
    let verb = try takeVerb(&popt, &draft)
    if verb == .help { return .help }
    if verb == .version { return .version }
    while let (option, value) = try popt.next() {
      switch option.role {
      case .command: throw .secondCommand(popt.badOption)
      case .kind(let kind):
        if !draft.given.insert(kind) {
          guard option.legality.repeatable.contains(.command(verb)) else { throw .severalOf(kind) }
          try draft.keepService()
        }
      case .free: break
      }
      try option.take(&draft, value ?? option.argument.defaultValue)
    }
    draft.words = popt.words
    return try draft.command(verb)
  }

  private static func takeVerb(_ popt: inout Popt, _ draft: inout Draft) throws(Misuse) -> Verb {
    do {
      if let (option, value) = try popt.next(), case .command(let verb) = option.role {
        try option.take(&draft, value ?? Text())
        return verb
      }
    } catch {
      if case .notUnderstood = error { throw .noCommand }
      throw error
    }
    throw .noCommand
  }
}

extension Option.Argument {
  /// The placeholder for a value that was not given.
  fileprivate var defaultValue: Text {
    if case .optional(_, let value) = self { Text(stringLiteral: value) } else { Text() }
  }
}

extension CalledName {
  /// What a command line under this name means. The other two names ignore words that are not options.
  func invocation(_ words: [Text]) throws(Misuse) -> Invocation {
    if self == .ipvsadm { return try CommandParser.invocation(words) }
    var namespace: Text?
    var isNumeric = false
    var rest = words[...]
    while let word = rest.popFirst() {
      if word == "--netns" || word.bytes.starts(with: "--netns=".utf8) {
        let value = word == "--netns" ? rest.popFirst() : Text(word.bytes.dropFirst(8))
        guard namespace == nil, let value else { throw .calledName(self) }
        namespace = value
      } else if self == .save, word == "-n" {
        isNumeric = true
      } else if word.bytes.first == UInt8(ascii: "-") {
        throw .calledName(self)
      }
    }
    return Invocation(
      self == .save ? .save(isNumeric: isNumeric) : .restore(replacing: true), namespace: namespace)
  }
}
