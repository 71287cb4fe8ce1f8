// SPDX-License-Identifier: Apache-2.0

internal import IPVS

extension Program {
  /// Makes an edit of the present settings, in which only what was typed is new.
  func revise<K: Kernel & ~Copyable>(
    _ target: Target, _ words: [Text], in kernel: inout K
  ) throws(Complaint) {
    let change: Change
    let draft = try draft(of: target, in: &kernel)
    do {
      guard case .edit(let edit) = try CommandParser.parse(words, over: draft) else { return }
      change = try edit.resolved(by: resolver)
    } catch {
      throw Complaint(error, program: name)
    }
    do { try kernel.make(change) } catch { throw Complaint(error) }
  }

  /// The present settings, for options to change them.
  private func draft<K: Kernel & ~Copyable>(of target: Target, in kernel: inout K) throws(Complaint) -> Draft
  {
    let id: Service.ID
    let server: Endpoint?
    do { (id, server) = try target.resolved(by: resolver) } catch { throw Complaint(error, program: name) }
    let operation: IPVSError.Operation = server == nil ? .editService : .editDestination
    do { return try Draft(revising: id, server, in: &kernel) } catch {
      throw Complaint(IPVSError(operation, error.reason)).hinting(Hint.refusal(error, of: id, in: &kernel))
    }
  }
}

extension Draft {
  /// A draft that begins with the present settings of a service, or of its server.
  fileprivate init<K: Kernel & ~Copyable>(
    revising id: Service.ID, _ server: Endpoint?, in kernel: inout K
  ) throws(IPVSError) {
    let service = try kernel.service(id)
    guard let server else {
      self.init(revising: service.service.settings)
      return
    }
    let servers = try kernel.destinations(of: id).map { $0.destination }
    guard
      let present = servers.first(where: { $0.endpoint == server })
        ?? servers.first(reachedAs: server, in: id)
    else { throw IPVSError(.editDestination, .refused(.noDestination)) }
    self.init(revising: present.settings)
  }
}

extension [Destination] {
  /// The server that is reached on the service's port, whatever port was typed.
  fileprivate func first(reachedAs server: Endpoint, in id: Service.ID) -> Destination? {
    first {
      $0.endpoint.address == server.address && $0.endpoint.port == id.endpoint?.port
        && $0.settings.forwarding != .masquerade
    }
  }
}
