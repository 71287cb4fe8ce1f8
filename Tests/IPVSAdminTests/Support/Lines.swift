// SPDX-License-Identifier: Apache-2.0

import IPVS
import Testing

@testable import IPVSAdmin

// Command lines as tests write them: one string, with blanks between the words.

extension Text {
  init(_ string: String) { self.init(string.utf8) }

  var string: String { String(decoding: bytes, as: UTF8.self) }

  /// The words of a line.
  static func words(_ line: String) -> [Text] { line.split(separator: " ").map { Text($0.utf8) } }
}

extension Text: CustomTestStringConvertible {
  var testDescription: String { string.debugDescription }
}

extension Command {
  /// What a line means.
  init(line: String) throws(Misuse) { self = try CommandParser.parse(Text.words(line)) }
}

extension ListQuery {
  /// What a line asks for that lists something.
  init(line: String) throws {
    guard case .list(let query) = try Command(line: line) else { throw NoSuchCommand(line: line) }
    self = query
  }
}

extension Edit {
  /// What a line changes, with its names as they were typed.
  init(line: String) throws {
    guard case .edit(let edit) = try Command(line: line) else { throw NoSuchCommand(line: line) }
    self = edit
  }
}

extension Change {
  /// What a line changes that has no host names in it.
  init(line: String) throws { self = try Edit(line: line).resolved(by: Resolver()) }
}

extension Misuse {
  /// What is wrong with a line, or nil. No name is looked up.
  init?(line: String) {
    do throws(Misuse) { _ = try Command(line: line) } catch {
      self = error
      return
    }
    return nil
  }

  /// What a program that is called `x` says.
  var message: String { Messages.text(self, program: "x").string }
}

/// A line means something, but not what the test is about.
struct NoSuchCommand: Error {
  let line: String
}
