// SPDX-License-Identifier: Apache-2.0

/// The names that the program goes by. What the two others do, they do with few options of their own.
enum CalledName: String {
  case ipvsadm
  case save = "ipvsadm-save"
  case restore = "ipvsadm-restore"

  /// The name at the end of a path; any other name is the program's own.
  init(path: String) {
    self = path.split(separator: "/").last.flatMap { CalledName(rawValue: String($0)) } ?? .ipvsadm
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
