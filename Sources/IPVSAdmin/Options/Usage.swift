// SPDX-License-Identifier: Apache-2.0

/// The texts of `--help` and `--version`.
enum Usage {
  static let version = "ipvsadm v1.31 2019/12/24 (compiled with popt and IPVS v1.2.1)\n"

  /// What `--help` prints after the version. `program` is the name that it was called by.
  static func text(program: String) -> String {
    let synopsis = forms.map { "  \(program) \($0)\n" }.joined()
    return """
      Usage:
      \(synopsis)
      Commands:
      Either long or short options are allowed.
      \(lines(.commands))
      virtual-service:
      \(lines(.services))
      Options:
      \(lines(.options))\
      Daemon Options:
      \(lines(.daemon))
      """
  }

  private static let forms = [
    "-A|E virtual-service [-s scheduler] [-p [timeout]] [-M netmask] [--pe persistence_engine] [-b sched-flags]",
    "-D virtual-service",
    "-C",
    "-R",
    "-S [-n]",
    "-a|e virtual-service -r server-address [options]",
    "-d virtual-service -r server-address",
    "-L|l [virtual-service] [options]",
    "-Z [virtual-service]",
    "--set tcp tcpfin udp",
    "--start-daemon {master|backup} [daemon-options]",
    "--stop-daemon {master|backup}",
    "-h",
  ]

  private static func lines(_ section: Option.Section) -> String {
    var text = ""
    for option in Option.table where option.section == section && !option.summary.isEmpty {
      text += head(option)
      text += option.summary.joined(separator: "\n" + String(repeating: " ", count: 38))
      text += "\n"
    }
    return text
  }

  /// An option's names and value, as wide as its section has them.
  private static func head(_ option: Option) -> String {
    let long = "--\(option.long)"
    let short = option.short.map { "-\($0)" }.joined(separator: "|")
    let value = option.argument.name
    switch option.section {
    case .commands:
      let name = value.isEmpty ? long : "\(long) \(value)"
      return "  " + (short.isEmpty ? name : name.padded(18) + short).padded(28)
    case .services:
      let names = short.isEmpty ? long : "\(long)|\(short)"
      return "  " + ((names + " ").padded(18) + value).padded(36)
    case .options:
      return "  " + (long.padded(15) + short + " " + value).padded(36)
    case .daemon:
      return "  " + "\(long) \(value)".padded(36)
    }
  }
}

extension Option.Argument {
  /// What the value is called, empty where there is none.
  fileprivate var name: String {
    switch self {
    case .none: ""
    case .required(let name), .optional(let name), .words(let name): name
    }
  }
}

extension String {
  /// The text with blanks behind it, up to a width.
  fileprivate func padded(_ width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
