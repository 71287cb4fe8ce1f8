// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// Effects of a change that the user may not expect. The kernel is asked only after the change.
extension Hint {
  static func surprise<K: Kernel & ~Copyable>(
    of change: Change, typed edit: Edit, in kernel: inout K
  ) -> Text? {
    switch change {
    case .addService(let service), .editService(let service): return surprise(service)
    case .editDestination(let server, let id):
      guard case .editDestination(let rule) = edit else { return nil }
      return otherMethod(of: server, in: id, typed: rule, &kernel) ?? replacedPort(in: change, typed: edit)
    default: return replacedPort(in: change, typed: edit)
    }
  }

  private static func surprise(_ service: Service) -> Text? {
    guard service.settings.engine == "sip", let transport = service.id.transport, transport != .udp else {
      return nil
    }
    return "the engine sip reads UDP only; every connection to this service hangs"
  }

  /// What to say when an edit gave a server a method that was not typed. The old method is lost, but the other
  /// servers of the service suggest it.
  private static func otherMethod<K: Kernel & ~Copyable>(
    of server: Destination, in id: Service.ID, typed rule: DestinationRule, _ kernel: inout K
  ) -> Text? {
    let method = server.settings.forwarding
    if rule.hasMethod, method != .tunnel(.ipip) { return nil }
    let others = ((try? kernel.destinations(of: id)) ?? []).filter { $0.id != server.id }
      .map { $0.destination.settings.forwarding }
    if rule.hasMethod {
      let types = others.filter { if case .tunnel(let type) = $0 { type != .ipip } else { false } }
      guard !types.isEmpty else { return nil }
      return
        "\(server.endpoint) is tunneled by ipip now, other servers of \(words(id)) are not; --tun-type says how"
    }
    guard let other = others.first else {
      return "\(server.endpoint) is \(words(method)) now, because no method was given; -m or -i gives another"
    }
    guard !others.contains(method) else { return nil }
    return
      "\(server.endpoint) is \(words(method)) now, other servers of \(words(id)) are \(words(other)); \(other.option) makes it so"
  }

  /// What to say when the server is not reached on the port that was typed.
  static func replacedPort(in change: Change, typed edit: Edit) -> Text? {
    let rule: DestinationRule
    let endpoint: Endpoint
    switch (edit, change) {
    case (.addDestination(let typed), .addDestination(let server, _)):
      (rule, endpoint) = (typed, server.endpoint)
    case (.editDestination(let typed), .editDestination(let server, _)):
      (rule, endpoint) = (typed, server.endpoint)
    default: return nil
    }
    guard case .number(let port) = rule.server.port, port != endpoint.port else { return nil }
    let reached: Text =
      endpoint.port == 0 ? "the port that a client asks for" : "the service's port \(endpoint.port)"
    return "\(endpoint.address) is reached on \(reached), not on \(port); only -m changes ports"
  }

  private static func words(_ method: Forwarding) -> StaticString {
    switch method {
    case .masquerade: "masqueraded"
    case .tunnel: "tunneled"
    case .direct: "routed"
    case .local: "local"
    case .bypass: "bypassed"
    }
  }
}
