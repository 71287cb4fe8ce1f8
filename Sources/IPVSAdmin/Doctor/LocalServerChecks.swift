// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// Whether a server that is this machine itself answers.
extension Examination {
  mutating func checkLocal(_ server: Destination, of entry: Table.Entry) {
    let subject = Text(naming: server.endpoint, of: entry.id)
    let isMasquerading = server.settings.forwarding == .masquerade
    if isMasquerading, server.endpoint.address.isLoopback, entry.id.endpoint?.address.isLoopback != true {
      return findLoopback(server, of: entry, subject)
    }
    guard case .endpoint(let transport, let service) = entry.id, service.port != 0 else { return }
    let endpoint = isMasquerading ? server.endpoint : service
    guard hasListener(endpoint, over: transport) == false else {
      return approve("server", subject, "a program of this machine listens on \(endpoint)")
    }
    let canTranslate = !isMasquerading && hasListener(server.endpoint, over: transport) == true
    find(
      .error, "nobody-listens", subject, "no program of this machine listens on \(endpoint)",
      "clients are refused",
      canTranslate
        ? .edit(server.endpoint, of: entry.id, "-m")
        : .command(.deleteDestination(server.endpoint, from: entry.id)))
  }

  private mutating func findLoopback(_ server: Destination, of entry: Table.Entry, _ subject: Text) {
    let virtual = entry.id.endpoint?.address
    let holder = virtual.flatMap { interface(with: $0) }
    let own = holder.flatMap { address(of: $0, .ipv4, except: virtual) } ?? virtual
    guard let own else { return }
    var other = server
    other.endpoint.address = own
    find(
      .error, "loopback-masquerading", subject, "the kernel sends no packets from outside to this address",
      "clients hang",
      .all([
        .command(.addDestination(other, to: entry.id)),
        .command(.deleteDestination(server.endpoint, from: entry.id)),
      ]))
  }
}
