// SPDX-License-Identifier: Apache-2.0

import IPVS
import Testing

@testable import IPVSAdmin

/// Command lines that are run one after the other on an empty table.
struct Case: Sendable, CustomTestStringConvertible {
  struct Line: Sendable {
    /// As it stands in the file.
    let text: String
    var words: [String] { Case.words(of: text) }
    var input = ""
    /// Set up by the library instead of the program, to save time.
    var isSetUp = false
  }

  var lines: [Line] = []

  /// The command lines with semicolons between them; lines of input have strokes.
  var testDescription: String {
    lines.map { line in
      let input = line.input.split(whereSeparator: \.isNewline).joined(separator: " / ")
      return input.isEmpty ? line.text : "\(line.text) < \(input)"
    }.joined(separator: "; ")
  }

  /// The results of the lines, one after the other.
  func play(with program: String) throws -> [Outcome] {
    for line in lines where line.isSetUp { try line.setUp() }
    return try lines.filter { !$0.isSetUp }.map { try $0.play(with: program) }
  }
}

extension Case.Line {
  /// The name by which the program is called, if that is not its own.
  private var calledName: String? { words.first.flatMap { $0.hasPrefix("ipvsadm-") ? $0 : nil } }

  /// The result of the line alone.
  func play(with program: String) throws -> Outcome {
    var outcome =
      if let calledName {
        try run(
          program == Kernel.ours ? program : "/sbin/\(calledName)", Array(words.dropFirst()), input: input,
          as: calledName)
      } else {
        try run(program, words, input: input)
      }
    outcome.errors = outcome.errors.replacing(calledName ?? program, with: "ipvsadm")
    outcome.output = outcome.output.replacing(program, with: "ipvsadm")
    return outcome
  }

  /// Makes the changes that the line asks for, or with `-R` its input.
  fileprivate func setUp() throws {
    var director = try Director()
    let resolver = Resolver()
    var lines = [words.map { Text($0.utf8) }]
    if words == ["-R"] {
      lines = []
      var reader = RuleReader(Array(input.utf8))
      while let rule = reader.next() { lines.append(rule.words) }
    }
    for line in lines {
      guard case .edit(let edit) = try CommandParser.parse(line) else { continue }
      try director.make(edit.resolved(by: resolver))
    }
  }
}

// MARK: - Files

extension Case {
  /// The cases in a file: paragraphs of command lines.
  ///
  /// - `# text` is a comment.
  /// - `ipvsadm-save` and `ipvsadm-restore` begin a line of the program by that name.
  /// - `+ ` before a line: the library sets up what the line says before the programs run.
  /// - `< text` is a line of standard input for the line above; `<| text` is one without its newline. In both,
  ///   `\\t`, `\\r`, `\\v` and `\\f` are what C has them for.
  /// - `'a b'` is one word, `''` an empty one.
  /// - `{a|b}` stands for as many cases as it has alternatives, each line with each; in a line that begins with
  ///   `* ` for as many lines of one case.
  /// - `@NAME = a | b` names alternatives; `{NAME}` stands for them.
  static func all(_ name: String) -> [Case] {
    let text = projectFile("Tests/KernelTests/Cases/\(name)")
    var lists: [String: String] = [:]
    var cases: [Case] = []
    var paragraph: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) + [Substring()] {
      if line.hasPrefix("#") { continue }
      if line.hasPrefix("@") {
        let halves = line.dropFirst().split(separator: " = ", maxSplits: 1)
        lists[String(halves[0])] = halves[1].split(separator: " | ").joined(separator: "|")
      } else if line.isEmpty {
        cases += expand(paragraph, lists).map(Case.init(paragraph:))
        paragraph = []
      } else {
        let isRepeated = line.hasPrefix("* ")
        paragraph += isRepeated ? expand([String(line.dropFirst(2))], lists).map { $0[0] } : [String(line)]
      }
    }
    return cases.filter { !$0.lines.isEmpty }
  }

  /// Every paragraph that one with alternatives stands for.
  private static func expand(_ paragraph: [String], _ lists: [String: String]) -> [[String]] {
    for (index, line) in paragraph.enumerated() {
      guard !line.hasPrefix("<"), let open = line.firstIndex(of: "{"),
        let close = line[open...].firstIndex(of: "}")
      else { continue }
      let inner = String(line[open...].dropFirst().prefix { $0 != "}" })
      let choices = (lists[inner] ?? inner).split(separator: "|", omittingEmptySubsequences: false)
      return choices.flatMap { choice in
        var copy = paragraph
        copy[index] = String(line[..<open] + choice + line[close...].dropFirst())
        return expand(copy, lists)
      }
    }
    return [paragraph]
  }

  private init(paragraph: [String]) {
    for text in paragraph {
      if text.hasPrefix("<") {
        let ends = !text.hasPrefix("<|")
        var input = String(text.dropFirst(ends ? 2 : 3))
        for (name, character) in [("\\t", "\t"), ("\\r", "\r"), ("\\v", "\u{b}"), ("\\f", "\u{c}")] {
          input = input.split(separator: name, omittingEmptySubsequences: false).joined(separator: character)
        }
        lines[lines.count - 1].input += input + (ends ? "\n" : "")
      } else {
        let isSetUp = text.hasPrefix("+ ")
        lines.append(Line(text: isSetUp ? String(text.dropFirst(2)) : text, isSetUp: isSetUp))
      }
    }
  }

  private static func words(of line: String) -> [String] {
    var words: [String] = []
    var word: String?
    var isQuoted = false
    for character in line {
      if character == "'" {
        isQuoted.toggle()
        word = word ?? ""
      } else if character == " ", !isQuoted {
        if let word { words.append(word) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    if let word { words.append(word) }
    return words
  }
}
