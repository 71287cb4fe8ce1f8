// SPDX-License-Identifier: Apache-2.0

import IPVS
import Testing

// The code of the article of that name, which has to stand here as it stands there.

/// Ensures that there is a service with these settings.
func put(_ service: Service, into kernel: inout some Kernel & ~Copyable) throws(IPVSError) {
  do {
    try kernel.add(service)
  } catch {
    guard error.reason == .refused(.serviceExists) else { throw error }
    try kernel.edit(service)
  }
}

/// Ensures that a service does not have a server. Returns whether it had the server.
func remove(
  _ server: Endpoint, from service: Service.ID, in kernel: inout some Kernel & ~Copyable
) throws(IPVSError) -> Bool {
  do {
    try kernel.delete(server, from: service)
    return true
  } catch {
    switch error.reason {
    case .refused(.noService), .refused(.noDestination): return false
    default: throw error
    }
  }
}

/// Adds servers to a service, and returns those that the kernel refused, each with the reason.
func add(
  _ servers: [Destination], to service: Service.ID, in kernel: inout some Kernel & ~Copyable
) throws(IPVSError) -> [(server: Destination, refusal: Refusal)] {
  let refusals = try kernel.apply(servers.map { .addDestination($0, to: service) })
  return zip(servers, refusals).compactMap { server, refusal in refusal.map { (server, $0) } }
}

/// A line for a log.
func line(about service: Service.ID, _ error: IPVSError) -> String {
  switch error.reason {
  case .refused(.noSchedulerOrEngine): "\(service): this kernel does not have the scheduler or the engine"
  case .refused(let refusal): "\(service): \(error.operation) was refused: \(refusal)"
  default: "\(service): \(error)"
  }
}

@Suite struct HandlingRefusalsTests {
  private let web: Service.ID = .tcp("10.0.0.100:80")

  @Test func puttingAService() throws {
    var kernel = RehearsalKernel()
    try put(Service(web, scheduler: "rr"), into: &kernel)
    try put(Service(web, scheduler: "lc"), into: &kernel)
    #expect(kernel.services() == [ServiceStatus(Service(web, scheduler: "lc"))])
  }

  @Test func removingAServer() throws {
    var kernel = RehearsalKernel()
    #expect(try remove("10.1.0.11:80", from: web, in: &kernel) == false)
    try kernel.add(Service(web))
    try kernel.add(Destination("10.1.0.11:80"), to: web)
    #expect(try remove("10.1.0.11:80", from: web, in: &kernel) == true)
    #expect(try remove("10.1.0.11:80", from: web, in: &kernel) == false)
  }

  @Test func addingServers() throws {
    var kernel = RehearsalKernel()
    try kernel.add(Service(web))
    let servers = [Destination("10.1.0.11:80"), Destination("10.1.0.12:80"), Destination("10.1.0.11:80")]
    let refused = try add(servers, to: web, in: &kernel)
    #expect(refused.map(\.server) == [servers[2]])
    #expect(refused.map(\.refusal) == [.destinationExists])
    #expect(kernel.destinations(of: web).map(\.destination) == Array(servers[..<2]))
  }

  @Test func lines() {
    #expect(
      [.refused(.noSchedulerOrEngine), .refused(.serviceExists), .timedOut].map {
        line(about: web, IPVSError(.addService, $0))
      } == [
        "TCP 10.0.0.100:80: this kernel does not have the scheduler or the engine",
        "TCP 10.0.0.100:80: addService was refused: File exists",
        "TCP 10.0.0.100:80: The kernel does not answer",
      ])
  }
}
