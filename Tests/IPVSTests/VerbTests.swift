// SPDX-License-Identifier: Apache-2.0

import IPVS
import Testing

/// The verbs above any way to the kernel, through the generic constraint as a program uses it.
@Suite struct VerbTests {
  private let web: Service.ID = .tcp("10.0.0.100:80")

  @Test func verbsAreChanges() throws {
    var kernel = RehearsalKernel()
    try expectVerbs(of: &kernel)
  }

  private func expectVerbs(of kernel: inout some Kernel & ~Copyable) throws {
    let server = Destination("10.1.0.11:80")
    try kernel.add(Service(web))
    try kernel.add(Service(.mark(7)))
    try kernel.add(server, to: web)
    try kernel.edit(Service(web, scheduler: "rr"))
    try kernel.edit(Destination("10.1.0.11:80", weight: 5), of: web)
    #expect(
      try kernel.table()
        == Table([
          Table.Entry(
            ServiceStatus(Service(web, scheduler: "rr")),
            destinations: [DestinationStatus(Destination("10.1.0.11:80", weight: 5))]),
          Table.Entry(ServiceStatus(Service(.mark(7)))),
        ]))
    let one = try kernel.table(of: [try kernel.service(web)])
    #expect(one.entries.map(\.id) == [web])
    #expect(one.entries.first?.destinations.count == 1)
    try kernel.zero(web)
    try kernel.zeroAll()
    try kernel.delete(server.endpoint, from: web)
    try kernel.delete(.mark(7))
    #expect(try kernel.table() == Table([Table.Entry(ServiceStatus(Service(web, scheduler: "rr")))]))
    try kernel.clear()
    #expect(try kernel.table() == Table())
    try kernel.set(Timeouts(udp: 5))
    #expect(try kernel.timeouts() == Timeouts(tcp: 900, tcpFin: 120, udp: 5))
    try kernel.start(SyncDaemon(.backup, interface: "lo"))
    #expect(try kernel.daemons().map(\.id) == [.backup])
    try kernel.stop(.backup)
    #expect(try kernel.daemons().isEmpty)
  }

  /// What is thrown for one change is what is returned for several.
  @Test func refusals() throws {
    var kernel = RehearsalKernel()
    let server = Destination("10.1.0.11:80")
    #expect(throws: IPVSError(.getService, .refused(.noService))) { try kernel.service(web) }
    #expect(throws: IPVSError(.editService, .refused(.noService))) { try kernel.edit(Service(web)) }
    #expect(throws: IPVSError(.addDestination, .refused(.noService))) { try kernel.add(server, to: web) }
    #expect(throws: IPVSError(.stopDaemon, .refused(.noDaemon))) { try kernel.stop(.master) }
    try kernel.add(Service(web))
    #expect(throws: IPVSError(.addService, .refused(.serviceExists))) { try kernel.add(Service(web)) }
    #expect(throws: IPVSError(.deleteDestination, .refused(.noDestination))) {
      try kernel.delete(server.endpoint, from: web)
    }
    let refusals = kernel.apply([.addService(Service(web)), .deleteService(web), .zero(web)])
    #expect(refusals == [.serviceExists, nil, .noService])
  }
}
