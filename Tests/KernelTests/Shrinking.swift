// SPDX-License-Identifier: Apache-2.0

extension Case {
  /// The simplest case that still fails, or the simplest that so many tries find.
  func shrunk(tries: Int = 400, _ fails: (Case) throws -> Bool) rethrows -> Case {
    var (shortest, tries) = (self, tries)
    var isDone = false
    while !isDone {
      isDone = true
      for step in [Self.withoutLines, Self.withoutInput, Self.withoutWords, Self.withSimpleWords] {
        // A round tries each place once, in what is left of the case.
        var skipped = 0
        while tries > 0, let simpler = step(shortest).dropFirst(skipped).first {
          tries -= 1
          if try fails(simpler) {
            shortest = simpler
            isDone = false
          } else {
            skipped += 1
          }
        }
      }
    }
    return shortest
  }

  /// Without each half, quarter and so on of its lines.
  private static func withoutLines(_ example: Case) -> [Case] {
    pieces(of: example.lines).map { Case(lines: $0) }
  }

  private static func withoutInput(_ example: Case) -> [Case] {
    example.lines.indices.flatMap { index in
      let input = example.lines[index].input.split(separator: "\n", omittingEmptySubsequences: false)
      return pieces(of: input).map { rest in
        var simpler = example
        simpler.lines[index].input = rest.joined(separator: "\n")
        return simpler
      }
    }
  }

  private static func withoutWords(_ example: Case) -> [Case] {
    example.lines.indices.flatMap { index in
      let words = example.lines[index].words
      return words.indices.dropFirst().map { place in
        var simpler = example
        simpler.lines[index] = Line(
          words: Array(words[..<place] + words[(place + 1)...]), input: example.lines[index].input)
        return simpler
      }
    }
  }

  private static func withSimpleWords(_ example: Case) -> [Case] {
    example.lines.indices.flatMap { index in
      let words = example.lines[index].words
      return words.indices.filter { words[$0].count > 1 && !words[$0].hasPrefix("-") }.map { place in
        var simpler = example
        simpler.lines[index] = Line(
          words: words[..<place] + ["1"] + words[(place + 1)...], input: example.lines[index].input)
        return simpler
      }
    }
  }

  /// The elements without each half of them, quarter, and so on.
  private static func pieces<Element>(of elements: [Element]) -> [[Element]] {
    var pieces: [[Element]] = []
    var size = elements.count / 2
    while size > 0 {
      for start in stride(from: 0, to: elements.count, by: size) {
        pieces.append(Array(elements[..<start] + elements[start...].dropFirst(size)))
      }
      size /= 2
    }
    return pieces
  }

  /// As a file of cases has it.
  var fileText: String {
    lines.map { line in
      var text = "\(line.text)\n"
      let input = line.input.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map {
        String($0)
      }
      for part in input.dropLast() { text += "< \(Self.escaped(part))\n" }
      if let last = input.last, !last.isEmpty { text += "<| \(Self.escaped(last))\n" }
      return text
    }.joined()
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("\t", with: "\\t").replacing("\r", with: "\\r")
  }
}

extension Case.Line {
  init(words: [String], input: String = "") {
    let words = words.map { $0.isEmpty || $0.contains(" ") ? "'\($0)'" : $0 }
    self.init(text: words.joined(separator: " "), input: input)
  }
}
