// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// A number of `<errno.h>`: what the kernel answers when it refuses. The usual ones of IPVS have a name.
public struct Errno: Error, Sendable, Hashable, RawRepresentable {
  /// The number, 1 and up.
  public let rawValue: Int32
  /// An error from its number.
  public init(rawValue: Int32) { self.rawValue = rawValue }

  /// The service, the server or the daemon is there already: `EEXIST`.
  public static let exists = Errno(rawValue: EEXIST)
  /// There is no such service, or no daemon runs: `ESRCH`.
  public static let noService = Errno(rawValue: ESRCH)
  /// There is no such server in the service, or no such scheduler or engine in the kernel: `ENOENT`.
  public static let noEntry = Errno(rawValue: ENOENT)
  /// There is no such network interface: `ENODEV`.
  public static let noInterface = Errno(rawValue: ENODEV)
  /// The kernel has no IPVS: `ENOPROTOOPT`.
  public static let noIPVS = Errno(rawValue: ENOPROTOOPT)
  /// The process lacks `CAP_NET_ADMIN`: `EPERM`.
  public static let notPermitted = Errno(rawValue: EPERM)
  /// A value makes no sense there, such as an address that is not unicast: `EINVAL`.
  public static let invalid = Errno(rawValue: EINVAL)
  /// A weight is negative, or a lower threshold above the upper one: `ERANGE`.
  public static let outOfRange = Errno(rawValue: ERANGE)
}

extension Errno: CustomStringConvertible {
  /// The C library's text for it, `strerror(3)`.
  public var description: String { unsafe String(cString: strerror(rawValue)) }
}
