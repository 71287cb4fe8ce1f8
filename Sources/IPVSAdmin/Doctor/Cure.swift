// SPDX-License-Identifier: Apache-2.0

internal import IPVS

extension Text {
  /// How a server of a service is called: `TCP 10.0.0.100:80 -> 10.1.0.11:80`.
  init(naming server: Endpoint, of id: Service.ID) { self = "\(id) -> \(server)" }

  /// The option that names a service: `-t 10.0.0.100:80`.
  init(option id: Service.ID) { self = RuleWriter(names: NameTable()).name(of: id) }
}

/// Commands that mend what is wrong.
extension Text {
  /// Edits a service and keeps what it does not name.
  static func edit(_ id: Service.ID, _ options: Text) -> Text {
    "ipvsadm -E \(Text(option: id)) --keep \(options)"
  }

  /// Edits a server and keeps what it does not name.
  static func edit(_ server: Endpoint, of id: Service.ID, _ options: Text) -> Text {
    "ipvsadm -e \(Text(option: id)) -r \(server) --keep \(options)"
  }

  /// Makes a change.
  static func command(_ change: Change) -> Text {
    var text: Text = "ipvsadm "
    RuleWriter(names: NameTable()).add(change, to: &text)
    text.bytes.removeLast()
    return text
  }

  /// Replaces the route to an address by the same one with something more.
  static func route(to address: Address, _ gateway: Address?, _ output: Interface, _ options: Text) -> Text {
    "ip route replace \(address)\(gateway.map { " via \($0)" } ?? Text()) dev \(output.word) \(options)"
  }

  /// Several commands, each of which is run if the one before succeeds.
  static func all(_ commands: [Text]) -> Text {
    var text = Text()
    text.add(commands[...], between: " && ")
    return text
  }
}
