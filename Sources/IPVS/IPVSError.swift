// SPDX-License-Identifier: Apache-2.0

/// Why a conversation with the kernel failed: what was asked for, and how it went wrong.
public struct IPVSError: Error, Sendable, Hashable {
  /// What was asked for.
  public enum Operation: Sendable, Hashable {
    case initialize
    case addService, editService, deleteService, getService, listServices
    case addDestination, editDestination, deleteDestination, listDestinations
    case clear, zero
    case getTimeouts, setTimeouts
    case startDaemon, stopDaemon, listDaemons
    case listConnections
  }

  /// What was asked for.
  public let operation: Operation
  /// How it went wrong.
  public let reason: NetlinkError

  /// An error from its parts.
  public init(_ operation: Operation, _ reason: NetlinkError) {
    self.operation = operation
    self.reason = reason
  }
}

/// How a netlink request can fail.
public enum NetlinkError: Error, Sendable, Hashable {
  /// The kernel understood and said no.
  case refused(Errno)
  /// A system call on the socket failed.
  case system(Errno)
  /// No answer came within five seconds.
  case timedOut
  /// The kernel had more answers than the socket's buffer holds, and dropped some.
  case overrun
  /// An answer was longer than the buffer for it.
  case tooLong
  /// An answer does not make sense; the text says what in it.
  case malformed(String)
}

extension NetlinkError: CustomStringConvertible {
  /// One line for a person.
  public var description: String {
    switch self {
    case .refused(let errno), .system(let errno): errno.description
    case .timedOut: "The kernel does not answer"
    case .overrun: "The kernel dropped answers for want of room"
    case .tooLong: "An answer of the kernel is too long"
    case .malformed(let what): "An answer of the kernel makes no sense: \(what)"
    }
  }
}
