// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// The texts of `--help` and `--version`. Help begins with the text that the reference prints.
enum Usage {
  static let version: StaticString = "ipvsadm v1.31 2019/12/24 (compiled with popt and IPVS v1.2.1)\n"

  /// What `--help` prints. `program` is the name that it was called by.
  static func text(program: Text) -> Text {
    var text = Text(stringLiteral: version)
    text.add("Usage:\n")
    for form in forms { text.append("  \(program) \(form)\n") }
    text.add("\nCommands:\nEither long or short options are allowed.\n")
    addLines(of: .commands, to: &text)
    text.add("\nvirtual-service:\n")
    addLines(of: .services, to: &text)
    text.add("\nOptions:\n")
    addLines(of: .options, to: &text)
    text.add("Daemon Options:\n")
    addLines(of: .daemon, to: &text)
    text.add("\nNot in ipvsadm 1.31:\n")
    for form in newForms { text.append("  \(program) \(form)\n") }
    addLines(of: .new, to: &text)
    return text
  }

  private static let forms: [StaticString] = [
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

  private static let newForms: [StaticString] = [
    "--apply [--dry-run] [--drain seconds] [--slow-start seconds] [--keep-others] [--keep-weights]",
    "-D virtual-service --drain seconds",
    "-d virtual-service -r server-address --drain seconds",
    "-a virtual-service -r server-address --slow-start seconds [options]",
    "-E|e virtual-service --keep [options]",
    "-S [-n] --all",
    "-L [virtual-service] [-c] --json",
    "-L [virtual-service] --metrics",
    "-L -c [virtual-service] [-r server-address] [--client address[/len]] [--state name] [--count-by what]",
    "-L [virtual-service] [options] --watch [seconds]",
    "--doctor [virtual-service...] [--probe] [--verbose] [--json]",
    "--doctor --virtual address [--verbose] [--json]",
  ]

  private static func addLines(of section: Option.Section, to text: inout Text) {
    for option in Option.table where option.section == section && !option.summary.isEmpty {
      text.add("  ")
      addHead(option, to: &text)
      for (index, line) in summary(option).enumerated() {
        if index > 0 { text.field(width: 39) { $0.add("\n") } }
        text.append(line)
      }
      text.add("\n")
    }
  }

  private static func summary(_ option: Option) -> [Text] {
    let lines = option.summary.map { Text(stringLiteral: $0) }
    guard case .oneOf(let words) = option.completion else { return lines }
    var first: Text = "one of "
    first.add(words(), between: "|")
    first.add(",")
    return [first] + lines
  }

  /// An option's names and value, as wide as its section has them.
  private static func addHead(_ option: Option, to text: inout Text) {
    let value = option.argument.name
    switch option.section {
    case .commands:
      text.field(width: 28) {
        $0.field(width: option.short.utf8CodeUnitCount > 0 ? 18 : 0) {
          $0.append("--\(option.long)")
          if value.utf8CodeUnitCount > 0 { $0.append(" \(value)") }
        }
        addLetters(option, to: &$0)
      }
    case .services:
      text.field(width: 36) {
        $0.field(width: 18) {
          $0.append("--\(option.long)")
          if option.short.utf8CodeUnitCount > 0 { $0.add("|") }
          addLetters(option, to: &$0)
          $0.add(" ")
        }
        $0.add(value)
      }
    case .options, .new:
      text.field(width: 36) {
        $0.field(width: 15) { $0.append("--\(option.long)") }
        addLetters(option, to: &$0)
        $0.append(" \(value)")
      }
    case .daemon:
      text.field(width: 36) { $0.append("--\(option.long) \(value)") }
    }
  }

  /// The letters that stand for an option: `-L|-l`.
  private static func addLetters(_ option: Option, to text: inout Text) {
    for (index, letter) in option.short.bytes.enumerated() {
      text.add(index > 0 ? "|-" : "-")
      text.bytes.append(letter)
    }
  }
}

extension Option.Argument {
  /// What the value is called, empty where there is none.
  fileprivate var name: StaticString {
    switch self {
    case .none: ""
    case .required(let name), .optional(let name, _), .words(let name): name
    }
  }
}
