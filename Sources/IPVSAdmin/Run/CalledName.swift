// SPDX-License-Identifier: Apache-2.0

/// The names that the program goes by. What the two others do, they do with few options of their own.
enum CalledName {
  case ipvsadm, save, restore

  /// The name at the end of a path; any other name is the program's own.
  init(path: String) {
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    switch path[(slash.map(path.utf8.index(after:)) ?? path.startIndex)...] {
    case "ipvsadm-save": self = .save
    case "ipvsadm-restore": self = .restore
    default: self = .ipvsadm
    }
  }

  /// What a command line under this name means. Words that are no options do not matter to the two others.
  func command(_ words: [String], program: String) throws(CommandParser.Failure) -> Command {
    let options = words.filter { $0.hasPrefix("-") }
    switch self {
    case .ipvsadm: return try CommandParser.parse(words, program: program)
    case .save where options.allSatisfy { $0 == "-n" }: return .save(numeric: !options.isEmpty)
    case .restore where options.isEmpty: return .restore(clearing: true)
    case .save, .restore:
      throw CommandParser.Failure(error: CommandError(help, status: .failure), names: [])
    }
  }

  private var help: String {
    switch self {
    case .save:
      "ipvsadm-save: Script to save the IPVS table to stdout.\n"
        + "   With the -n option, prints out the table in numeric format."
    case .restore, .ipvsadm:
      "ipvsadm-restore: Script to restore the IPVS table from stdin.\n"
        + "   Reads rules as ipvsadm-save writes them, and replaces the table by them."
    }
  }
}
