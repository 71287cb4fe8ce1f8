// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// What a command line asks for. Host and port names in it are as they were typed.
enum Command: Equatable {
  case help
  case version
  case list(ListQuery)
  case save(numeric: Bool)
  /// Rules from standard input; `clearing` replaces what the kernel holds.
  case restore(clearing: Bool)
  case edit(Edit)
}

/// What a listing shows, and how.
struct ListQuery: Equatable {
  enum Subject: Equatable {
    case table
    case service(ServiceName)
    case connections
    case timeouts
    case daemons
  }

  var subject = Subject.table
  var format = ListFormat()
  /// In the kernel's order instead of the usual one.
  var unsorted = false
  var numeric = false
}

/// A change of the kernel's table, with names yet to be resolved.
enum Edit: Equatable {
  case addService(ServiceRule)
  case editService(ServiceRule)
  case deleteService(ServiceName)
  case addServer(ServerRule)
  case editServer(ServerRule)
  case deleteServer(ServiceName, HostPort)
  case clear
  case zero(ServiceName?)
  case setTimeouts(Timeouts)
  case startDaemon(SyncDaemon)
  case stopDaemon(SyncDaemon.Role)
}

/// A service as it was typed.
enum ServiceName: Equatable {
  case endpoint(TransportProtocol, HostPort)
  case mark(UInt32, AddressFamily)
}

/// A service with its options as they were typed.
struct ServiceRule: Equatable {
  var name: ServiceName
  var scheduler: String
  var flags: Service.Flags
  var persistence: UInt32?
  /// As typed: what it means depends on the service's family.
  var netmask: String?
  var engine: String?
}

/// A real server with its options as they were typed.
struct ServerRule: Equatable {
  var service: ServiceName
  var server: HostPort
  /// Nil where none was given, which means direct routing.
  var forwarding: Forwarding?
  var weight: Int32
  var upperThreshold: UInt32
  var lowerThreshold: UInt32
}
