// SPDX-License-Identifier: Apache-2.0

import TestNoise

/// Random command lines, most of them right, about few services and servers, so that they meet.
struct RandomCommands {
  private let services: [String]
  private let servers: [String]
  private var noise: Noise

  /// A sequence of so many commands.
  static func sequence(_ count: Int, seed: UInt64) -> Case {
    var commands = RandomCommands(seed: seed)
    return Case(lines: (0..<count).map { _ in commands.line() })
  }

  private init(seed: UInt64) {
    noise = Noise(seed: seed)
    services = Array(Words.services.shuffled(using: &noise).prefix(6))
    servers = Array(Words.servers.shuffled(using: &noise).prefix(6))
  }

  private mutating func line() -> Case.Line {
    if noise.once(in: 20) { return rules() }
    if noise.once(in: 50) { return Case.Line(words: ["ipvsadm-save"] + (noise.once(in: 2) ? ["-n"] : [])) }
    return Case.Line(words: noise.once(in: 5) ? spoiled(words()) : words())
  }

  private mutating func rules() -> Case.Line {
    let isRestore = noise.once(in: 4)
    // Most have no mistake, so that ipvsadm-restore has something to do.
    let isRight = !noise.once(in: 3)
    var lines = (0..<Int.random(in: 1...20, using: &noise)).map { _ in rule(isRight) }
    if !isRestore, noise.once(in: 9) { lines.append(noise.pick(["-h", "-v"])) }
    let input = lines.joined(separator: "\n") + (noise.once(in: 4) ? "" : "\n")
    return Case.Line(words: [isRestore ? "ipvsadm-restore" : noise.pick(["-R", "--restore"])], input: input)
  }

  private mutating func rule(_ isRight: Bool) -> String {
    if noise.once(in: 12) { return noise.pick(["", " ", "\r", "# -C", "  # ipvsadm -C"]) }
    if !isRight, noise.once(in: 6) {
      return noise.pick(["word", "-R", "/bin/ipvsadm -C", "-A", "--bogus", "x -C"])
    }
    var words = isRight ? change() : self.words()
    if !isRight, noise.once(in: 5) { words = spoiled(words) }
    while !Self.isFitForRules(words) { words = change() }
    if noise.once(in: 20) {
      words = noise.pick([["-Ln"], ["-Sn"], ["-L", "--timeout"], ["-lnc"], ["-L", "--stats"]])
    }
    if noise.once(in: 5) { words.insert("ipvsadm", at: 0) }
    if noise.once(in: 15) { words.append(noise.pick(["# why", "#", "\r"])) }
    return words.joined(separator: noise.once(in: 9) ? noise.pick(["  ", "\t"]) : " ")
  }

  /// The reference waits forever for the answer to a listing that the kernel refuses, and when a daemon starts after
  /// another was stopped. After help and version neither program reads on.
  private static func isFitForRules(_ words: [String]) -> Bool {
    !words.contains { word in
      ["-L", "-l", "-h", "-v"].contains { word.hasPrefix($0) }
        || ["--list", "--help", "--version", "--stop-daemon"].contains(word)
    }
  }

  // MARK: - Commands

  private mutating func words() -> [String] {
    switch Int.random(in: 0..<100, using: &noise) {
    case 0..<60: change()
    case 60..<62: spelled("-Z", "--zero") + (noise.once(in: 2) ? service() : [])
    case 62..<67:
      ["--set"] + (0..<3).map { _ in noise.pick(["0", "1", "900", "2678400", "2678401", "-1", "x"]) }
    case 67..<73: daemon()
    case 73..<75: [noise.pick(["-h", "--help", "-v", "--version", "", "--", "word", "-n", "-Q", "--bogus"])]
    case 75..<80: noise.pick([["-Sn"], ["-S"], ["--save", "--numeric"], ["-S", "-n"]])
    case 80..<83:
      ["-L"]
        + noise.pick([["--timeout"], ["--daemon"], ["-c"], ["-c", "-n"], ["-nc", "--persistent-conn"]])
    default: list()
    }
  }

  private mutating func change() -> [String] {
    switch Int.random(in: 0..<60, using: &noise) {
    case 0..<18: spelled("-A", "--add-service") + shuffled([service()] + settings())
    case 18..<24: spelled("-E", "--edit-service") + shuffled([service()] + settings())
    case 24..<26: spelled("-D", "--delete-service") + service()
    case 26..<46: spelled("-a", "--add-server") + shuffled([service(), server()] + serverSettings())
    case 46..<54: spelled("-e", "--edit-server") + shuffled([service(), server()] + serverSettings())
    case 54..<58: spelled("-d", "--delete-server") + shuffled([service(), server()])
    case 58: noise.once(in: 3) ? spelled("-C", "--clear") : spelled("-Z", "--zero")
    default: ["--set", noise.pick(["0", "900"]), "120", noise.pick(["0", "300"])]
    }
  }

  private mutating func list() -> [String] {
    var groups = Words.formats.filter { _ in noise.once(in: 8) }.map { [$0] }
    if noise.once(in: 3) { groups.append(service()) }
    if !noise.once(in: 4) { groups.append([noise.pick(["-n", "--numeric"])]) }
    return [noise.pick(["-L", "-l", "--list", "-Ln", "-ln"])] + shuffled(groups)
  }

  private mutating func daemon() -> [String] {
    let role = noise.pick(["master", "backup", "master", "backup", "both", "mas"])
    if noise.once(in: 3) {
      return ["--stop-daemon", role] + (noise.once(in: 3) ? option(Words.daemonSettings[1]) : [])
    }
    var groups = Words.daemonSettings.dropFirst().filter { _ in noise.once(in: 4) }.map { option($0) }
    if !noise.once(in: 5) { groups.append(option(Words.daemonSettings[0])) }
    return ["--start-daemon", role] + shuffled(groups)
  }

  // MARK: - Options

  private mutating func service() -> [String] {
    noise.pick(noise.once(in: 12) ? Words.services + Words.oddServices : services).split(separator: " ").map(
      String.init)
  }

  private mutating func server() -> [String] {
    let server = noise.pick(noise.once(in: 12) ? Words.servers + Words.oddServers : servers)
    return option(("-r", "--real-server", [server]))
  }

  private mutating func settings() -> [[String]] {
    var groups = Words.settings.filter { _ in noise.once(in: 6) }.map { option($0) }
    if !noise.once(in: 3) { groups.append(option(("-s", "--scheduler", Words.schedulers))) }
    if noise.once(in: 4) {
      groups.append(noise.pick([["-p"], ["--persistent"], ["-p", "60"], ["-p300"], ["--persistent=5"]]))
    }
    return groups
  }

  private mutating func serverSettings() -> [[String]] {
    var groups = Words.serverSettings.filter { _ in noise.once(in: 6) }.map { option($0) }
    if !noise.once(in: 3) {
      groups.append(noise.pick(Words.forwarding).split(separator: " ").map(String.init))
    }
    return groups
  }

  /// An option with one of its values, in one of its spellings.
  private mutating func option(_ option: Words.Option) -> [String] {
    guard !option.values.isEmpty else { return spelled(option.short, option.long) }
    let value = noise.pick(option.values)
    switch Int.random(in: 0..<6, using: &noise) {
    case 0: return ["\(option.long)=\(value)"]
    case 1: return [option.long, value]
    case 2 where !option.short.hasPrefix("--"): return [option.short + value]
    default: return [option.short, value]
    }
  }

  private mutating func spelled(_ short: String, _ long: String) -> [String] {
    [noise.once(in: 5) ? long : short]
  }

  private mutating func shuffled(_ groups: [[String]]) -> [String] {
    noise.once(in: 4) ? groups.shuffled(using: &noise).flatMap { $0 } : groups.flatMap { $0 }
  }

  /// Words with a mistake or two, or none after all.
  private mutating func spoiled(_ words: [String]) -> [String] {
    var words = words
    repeat {
      let place = Int.random(in: words.indices, using: &noise)
      switch Int.random(in: 0..<6, using: &noise) {
      case 0 where words.count > 1: words.remove(at: place)
      case 1: words.insert(words[place], at: Int.random(in: 0...words.count, using: &noise))
      case 2: words.swapAt(place, Int.random(in: words.indices, using: &noise))
      case 3: words[place] = noise.pick(Words.odd)
      case 4: words.insert(noise.pick(Words.odd), at: Int.random(in: 1...words.count, using: &noise))
      default:
        words += option(
          noise.pick(Words.settings + Words.serverSettings + Words.daemonSettings + Words.lists))
      }
    } while noise.once(in: 3)
    return words
  }
}
