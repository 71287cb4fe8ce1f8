// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import IPVS

/// What the kernel says no to, and what cannot be read of it.
extension Messages {
  static func text(_ error: IPVSError) -> Text {
    switch error.reason {
    case .refused(.noService) where error.operation.isAboutDestinations: "Service not defined"
    case .refused(let refusal): text(refusal)
    case .unavailable: text(ErrorNumber(rawValue: ENOPROTOOPT))
    case .system(let number) where error.operation == .initialize: text(number)
    case .system(let number) where error.operation == .listConnections:
      "cannot read /proc/net/ip_vs_conn: \(number)"
    case .system(let number) where error.operation == .getTotals:
      "cannot read /proc/net/ip_vs_stats: \(number)"
    case .system, .timedOut, .overrun, .tooLong, .malformed: "\(error.reason)"
    }
  }

  static func text(_ refusal: Refusal, to operation: IPVSError.Operation) -> Text {
    text(IPVSError(operation, .refused(refusal)))
  }

  private static func text(_ refusal: Refusal) -> Text {
    switch refusal {
    case .noService: "No such service"
    case .serviceExists: "Service already exists"
    case .noSchedulerOrEngine: "Scheduler or persistence engine not found"
    case .noDestination: "No such destination"
    case .destinationExists: "Destination already exists"
    case .noDaemon: "No daemon is running"
    case .daemonExists: "Daemon has already run"
    case .needsNetlink(let feature):
      "\(feature.option) needs netlink, which is not permitted in this user namespace"
    case .noInterface, .notPermitted, .invalid, .outOfRange, .other: text(refusal.number)
    }
  }

  private static func text(_ number: ErrorNumber) -> Text {
    for (known, text) in numbers where known == number.rawValue { return Text(stringLiteral: text) }
    return "\(number)"
  }

  private static let numbers: [(number: Int32, text: StaticString)] = [
    (EPERM, "Permission denied (you must be root)"),
    (EINVAL, "Invalid operation.  Possibly wrong module version, address not unicast, ..."),
    (ENOPROTOOPT, "Protocol not available"),
    (ENOMEM, "Memory allocation problem"),
    (EOPNOTSUPP, "Operation not supported with IPv6"),
    (EAFNOSUPPORT, "Operation not supported with specified address family"),
    (EMSGSIZE, "Module is wrong version"),
  ]

  /// The older interface shows a part of the table only.
  static var hiddenIPv6: Complaint {
    Complaint(
      "the table has services or servers of IPv6, and they need netlink, which is not permitted in this user namespace",
      .failure)
  }
}

extension IPVSError.Operation {
  fileprivate var isAboutDestinations: Bool {
    self == .addDestination || self == .editDestination || self == .deleteDestination
  }
}

extension NetlinkFeature {
  /// How it is asked for.
  fileprivate var option: StaticString {
    switch self {
    case .ipv6: "IPv6"
    case .engine: "--pe"
    case .tunnelType: "--tun-type"
    case .maximumLength: "--sync-maxlen"
    case .group: "--mcast-group"
    case .port: "--mcast-port"
    case .ttl: "--mcast-ttl"
    case .zeroAddress: "-Z with 0.0.0.0:0"
    }
  }
}
