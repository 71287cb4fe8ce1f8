// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import IPVS

/// The wording of what the kernel refuses, by operation and errno.
enum Messages {
  static func text(_ error: IPVSError) -> String {
    switch error.reason {
    case .refused(let errno):
      let special = refusals.first { $0.errno == errno.rawValue && $0.operations.contains(error.operation) }
      return special?.text ?? general[errno.rawValue] ?? errno.description
    case .system(let errno) where error.operation == .initialize:
      return general[errno.rawValue] ?? errno.description
    case .system, .timedOut, .overrun, .tooLong, .malformed:
      return error.reason.description
    }
  }

  private static let refusals: [(errno: Int32, operations: [IPVSError.Operation], text: String)] = [
    (EEXIST, [.addService], "Service already exists"),
    (ENOENT, [.addService, .editService], "Scheduler or persistence engine not found"),
    (ESRCH, [.editService, .deleteService, .zero, .getService], "No such service"),
    (ESRCH, [.addDestination, .editDestination, .deleteDestination], "Service not defined"),
    (EEXIST, [.addDestination], "Destination already exists"),
    (ENOENT, [.editDestination, .deleteDestination], "No such destination"),
    (EEXIST, [.startDaemon], "Daemon has already run"),
    (ESRCH, [.stopDaemon], "No daemon is running"),
  ]

  private static let general: [Int32: String] = [
    EPERM: "Permission denied (you must be root)",
    EINVAL: "Invalid operation.  Possibly wrong module version, address not unicast, ...",
    ENOPROTOOPT: "Protocol not available",
    ENOMEM: "Memory allocation problem",
    EOPNOTSUPP: "Operation not supported with IPv6",
    EAFNOSUPPORT: "Operation not supported with specified address family",
    EMSGSIZE: "Module is wrong version",
  ]
}

extension CommandError {
  /// What is told of an error in talking to the kernel.
  init(_ error: IPVSError) {
    let text = Messages.text(error)
    switch error.operation {
    case .initialize:
      self.init(
        "Can't initialize ipvs: \(text)\n"
          + "Are you sure that IP Virtual Server is built in the kernel or as module?")
    case .getService, .listServices, .listDestinations, .listDaemons, .listConnections, .getTimeouts:
      self.init(text, status: .failure)
    default:
      self.init(text, status: .refused)
    }
  }
}
