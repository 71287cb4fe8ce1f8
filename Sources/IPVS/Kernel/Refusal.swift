// SPDX-License-Identifier: Apache-2.0

internal import CLinux

/// Why the kernel said no. A number of `<errno.h>` has different meanings, depending on what was asked for; here each
/// meaning has a name.
public enum Refusal: Sendable, Hashable {
  /// There is no such service: `ESRCH`.
  case noService
  /// The service exists already: `EEXIST`.
  case serviceExists
  /// The kernel has no such scheduler or no such persistence engine, and no module with it: `ENOENT`.
  case noSchedulerOrEngine
  /// There is no such server in the service: `ENOENT`.
  case noDestination
  /// The service has that server already: `EEXIST`.
  case destinationExists
  /// No daemon of that role runs: `ESRCH`.
  case noDaemon
  /// A daemon of that role runs already: `EEXIST`.
  case daemonExists
  /// There is no such network interface: `ENODEV`.
  case noInterface
  /// The process lacks `CAP_NET_ADMIN`: `EPERM`.
  case notPermitted
  /// A value makes no sense there, such as an address that is not unicast: `EINVAL`.
  case invalid
  /// A weight is negative, or a lower threshold above the upper one: `ERANGE`.
  case outOfRange
  /// The older interface, which has to do where netlink is not permitted, has no place for this: `EOPNOTSUPP`.
  case needsNetlink(NetlinkFeature)
  /// Anything else.
  case other(ErrorNumber)

  /// What an error number means as the answer to an operation.
  init(_ number: ErrorNumber, to operation: IPVSError.Operation) {
    let meaning = Self.meanings.first { $0.number == number.rawValue && $0.operations.contains(operation) }
    self = meaning?.refusal ?? Self.general.first { $0.number == number.rawValue }?.refusal ?? .other(number)
  }

  private static let meanings: [(number: Int32, operations: [IPVSError.Operation], refusal: Refusal)] = [
    (
      ESRCH,
      [
        .getService, .editService, .deleteService, .zero, .addDestination, .editDestination,
        .deleteDestination,
      ], .noService
    ),
    (EEXIST, [.addService], .serviceExists),
    (ENOENT, [.addService, .editService], .noSchedulerOrEngine),
    (ENOENT, [.editDestination, .deleteDestination], .noDestination),
    (EEXIST, [.addDestination], .destinationExists),
    (ESRCH, [.stopDaemon], .noDaemon),
    (EEXIST, [.startDaemon], .daemonExists),
    (ENODEV, [.startDaemon], .noInterface),
  ]

  private static let general: [(number: Int32, refusal: Refusal)] = [
    (EPERM, .notPermitted), (EINVAL, .invalid), (ERANGE, .outOfRange),
  ]

  /// The number that the kernel answered with.
  public var number: ErrorNumber {
    switch self {
    case .other(let number): number
    case .needsNetlink: ErrorNumber(rawValue: EOPNOTSUPP)
    default:
      ErrorNumber(
        rawValue: Self.meanings.first { $0.refusal == self }?.number
          ?? Self.general.first { $0.refusal == self }?.number ?? 0)
    }
  }
}

extension Refusal: CustomStringConvertible {
  /// The C library's text for the number, `strerror(3)`.
  public var description: String { number.description }
}
