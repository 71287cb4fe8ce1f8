// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// Which connections a listing is about, as it was typed. What is not given does not matter.
struct Selection: Equatable {
  var service: ServiceName?
  var server: HostPort?
  var client: HostPrefix?
  var state: Name?
}

/// What connections are counted by.
enum CountSubject: CaseIterable {
  case client, service, server, state

  var name: StaticString {
    switch self {
    case .client: "client"
    case .service: "service"
    case .server: "server"
    case .state: "state"
    }
  }
}
