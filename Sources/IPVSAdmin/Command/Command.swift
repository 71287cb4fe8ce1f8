// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// What a command line asks for. Host and port names in it are as they were typed.
enum Command: Equatable {
  case help
  case version
  case list(ListQuery)
  /// Rules from standard input; `replacing` the whole table with them.
  case restore(replacing: Bool)
  case edit(Edit)
  /// An edit that takes its time: what is deleted drains, what is added starts slowly.
  case gradual(Edit, seconds: UInt32)
  /// An edit that leaves what is not given as it is, in the words that were typed.
  case revise(Target, words: [Text])
  /// Rules from standard input, which the table becomes.
  case apply(ApplyOptions)
  /// What is wrong on this machine.
  case doctor(DoctorOptions)
}

/// What an edit is about.
enum Target: Equatable {
  case service(ServiceName)
  case destination(ServiceName, HostPort)
}

extension Command {
  /// A listing of the whole table as rules, with timeouts and daemons before them if asked for.
  static func save(isNumeric: Bool, withStatus: Bool = false) -> Command {
    var query = ListQuery()
    query.hasStatus = withStatus
    query.format = .rules
    query.isNumeric = isNumeric
    return .list(query)
  }
}

/// A change of the kernel's table, with names yet to be resolved.
enum Edit: Equatable {
  case addService(ServiceRule)
  case editService(ServiceRule)
  case deleteService(ServiceName)
  case addDestination(DestinationRule)
  case editDestination(DestinationRule)
  case deleteDestination(ServiceName, HostPort)
  case clear
  case zero(ServiceName)
  case zeroAll
  case setTimeouts(Timeouts)
  case startDaemon(SyncDaemon)
  case stopDaemon(SyncDaemon.Role)
}

/// A service as it was typed.
struct ServiceRule: Equatable {
  var name: ServiceName
  /// All settings but the netmask.
  var settings: Service.Settings
  /// As typed: what it means depends on the service's family.
  var netmask: Text?
}

/// A real server as it was typed.
struct DestinationRule: Equatable {
  var service: ServiceName
  var server: HostPort
  var settings: Destination.Settings
  /// Whether the forwarding method was typed, and is not the default.
  var hasMethod: Bool
}
