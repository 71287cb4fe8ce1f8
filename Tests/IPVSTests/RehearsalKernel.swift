// SPDX-License-Identifier: Apache-2.0

import IPVS

/// A kernel that a program outside the library could have written: it keeps its table in memory.
struct RehearsalKernel: Kernel {
  let info = KernelInfo(version: 0x010201, tableSize: 4096)
  private var entries: [Table.Entry] = []
  private var configured = Timeouts(tcp: 900, tcpFin: 120, udp: 300)
  private var running: [SyncDaemon] = []

  func services() -> [ServiceStatus] { entries.map(\.service) }

  func service(_ id: Service.ID) throws(IPVSError) -> ServiceStatus {
    guard let entry = entries.first(where: { $0.id == id }) else {
      throw IPVSError(.getService, .refused(.noService))
    }
    return entry.service
  }

  func destinations(of id: Service.ID) -> [DestinationStatus] {
    entries.first { $0.id == id }?.destinations ?? []
  }

  func timeouts() -> Timeouts { configured }

  func daemons() -> [SyncDaemon] { running }

  mutating func apply(_ changes: [Change]) -> [Refusal?] {
    changes.map { change in
      do throws(Refused) {
        try make(change)
        return nil
      } catch {
        return error.refusal
      }
    }
  }

  /// Lets traffic pass: changes the counters of a server.
  mutating func count(_ endpoint: Endpoint, of id: Service.ID, _ body: (inout Statistics.Counters) -> Void) {
    for service in entries.indices where entries[service].id == id {
      for server in entries[service].destinations.indices
      where entries[service].destinations[server].id == endpoint {
        body(&entries[service].destinations[server].statistics.total)
      }
    }
  }

  private struct Refused: Error { let refusal: Refusal }

  private mutating func make(_ change: Change) throws(Refused) {
    switch change {
    case .addService(let service):
      if entries.contains(where: { $0.id == service.id }) { throw Refused(refusal: .serviceExists) }
      entries.append(Table.Entry(ServiceStatus(service)))
    case .editService(let service): entries[try index(service.id)].service.service = service
    case .deleteService(let id): entries.remove(at: try index(id))
    case .addDestination(let destination, let id):
      let service = try index(id)
      if entries[service].destinations.contains(where: { $0.id == destination.id }) {
        throw Refused(refusal: .destinationExists)
      }
      entries[service].destinations.append(DestinationStatus(destination))
    case .editDestination(let destination, let id):
      let (service, server) = try index(destination.endpoint, of: id)
      entries[service].destinations[server].destination = destination
    case .deleteDestination(let endpoint, let id):
      let (service, server) = try index(endpoint, of: id)
      entries[service].destinations.remove(at: server)
    case .clear: entries = []
    case .zero(let id): zero(try index(id))
    case .zeroAll: entries.indices.forEach { zero($0) }
    case .setTimeouts(let timeouts):
      configured.tcp = timeouts.tcp ?? configured.tcp
      configured.tcpFin = timeouts.tcpFin ?? configured.tcpFin
      configured.udp = timeouts.udp ?? configured.udp
    case .startDaemon(let daemon):
      if running.contains(where: { $0.id == daemon.id }) { throw Refused(refusal: .daemonExists) }
      running.append(daemon)
    case .stopDaemon(let role):
      guard running.contains(where: { $0.id == role }) else { throw Refused(refusal: .noDaemon) }
      running.removeAll { $0.id == role }
    }
  }

  private mutating func zero(_ service: Int) {
    entries[service].service.statistics = Statistics()
    for server in entries[service].destinations.indices {
      entries[service].destinations[server].statistics = Statistics()
    }
  }

  private func index(_ id: Service.ID) throws(Refused) -> Int {
    guard let index = entries.firstIndex(where: { $0.id == id }) else { throw Refused(refusal: .noService) }
    return index
  }

  private func index(_ endpoint: Endpoint, of id: Service.ID) throws(Refused) -> (service: Int, server: Int) {
    let service = try index(id)
    guard let server = entries[service].destinations.firstIndex(where: { $0.id == endpoint }) else {
      throw Refused(refusal: .noDestination)
    }
    return (service, server)
  }
}
