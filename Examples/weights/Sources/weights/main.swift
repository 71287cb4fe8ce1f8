// SPDX-License-Identifier: Apache-2.0

import Glibc
import IPVS

// Lists the services and the weights of their servers. Given a service, a server and a weight, it changes that weight
// first:
//
//     weights 10.0.0.100:80 10.1.0.11:80 5

/// Changes the weight of a server in a service, and nothing else.
func change(
  _ weight: Int32, of server: Endpoint, in service: Service.ID, _ director: inout Director
) throws(IPVSError) {
  for status in try director.destinations(of: service) where status.destination.endpoint == server {
    var destination = status.destination
    destination.settings.weight = weight
    try director.edit(destination, of: service)
    return
  }
  fail("\(service) has no server \(server)")
}

func list(_ director: inout Director) throws(IPVSError) {
  for status in try director.services() {
    let service = status.service
    print(service.id, service.settings.scheduler)
    for server in try director.destinations(of: service.id) {
      print("  \(server.destination.endpoint) weight \(server.destination.settings.weight)")
    }
  }
}

func fail(_ reason: String) -> Never {
  print("weights: \(reason)")
  exit(1)
}

let words = CommandLine.arguments.dropFirst()
do throws(IPVSError) {
  var director = try Director()
  if !words.isEmpty {
    guard words.count == 3, let service = Endpoint(words[1]), let server = Endpoint(words[2]),
      let weight = Int32(words[3])
    else { fail("give a service, a server and a weight") }
    try change(weight, of: server, in: .tcp(service), &director)
  }
  try list(&director)
} catch {
  fail("\(error)")
}
