// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// What the doctor says about one thing.
struct Finding {
  enum Level {
    case error, warning, ok

    var name: StaticString {
      switch self {
      case .error: "error"
      case .warning: "warning"
      case .ok: "ok"
      }
    }
  }

  var level: Level
  /// What was looked for; programs tell findings apart by it.
  var check: StaticString
  /// What it is about: a service, a server, an interface, a switch of the kernel.
  var subject: Text
  /// What is wrong with it, or that nothing is.
  var problem: Text
  /// What that does.
  var effect = Text()
  /// The command that mends it.
  var command = Text()
  /// The machine on which it does, if not on this one.
  var host: Address?

  /// The finding with a command that works from outside of the network namespace that it is about.
  func mended(in namespace: Text?) -> Finding {
    guard let namespace, host == nil, !command.isEmpty else { return self }
    var finding = self
    let isPath = namespace.bytes.contains(UInt8(ascii: "/"))
    // A shell would take what stands behind these for itself.
    let isSimple = !command.bytes.contains { "&|<>;'".utf8.contains($0) }
    let inner = isSimple ? command : "sh -c \(Text(quoting: command))"
    finding.command =
      isPath
      ? "nsenter --net=\(Text(quoting: namespace)) \(inner)"
      : "ip netns exec \(Text(quoting: namespace)) \(inner)"
    return finding
  }

  /// The finding as a line.
  func append(to text: inout Text) {
    text.append("\(level.name)  \(subject): \(problem)")
    if !effect.isEmpty { text.append("; \(effect)") }
    if !command.isEmpty {
      text.add("; ")
      if let host { text.append("on \(host): ") }
      text.append(command)
    }
    text.add("\n")
  }

  /// The finding as an element of a JSON document.
  func appendJSON(to text: inout Text) {
    text.open("{")
    text.member("level", string: Text(stringLiteral: level.name))
    text.member("check", string: Text(stringLiteral: check))
    text.member("subject", string: subject)
    text.member("problem", string: problem)
    if !effect.isEmpty { text.member("effect", string: effect) }
    if let host { text.member("host", string: host) }
    if !command.isEmpty { text.member("command", string: command) }
    text.add("}")
  }
}
