// SPDX-License-Identifier: Apache-2.0

/// Why a conversation with the kernel failed: what was asked for, and how it went wrong.
///
/// All calls of ``Kernel`` and ``ConnectionReader`` throw this type. Mostly the kernel has refused something:
///
/// ```swift
/// do {
///   try director.add(service)
/// } catch {
///   guard error.reason == .refused(.serviceExists) else { throw error }
/// }
/// ```
public struct IPVSError: Error, Sendable, Hashable {
  /// What was asked for.
  public enum Operation: Sendable, Hashable {
    /// ``Director/init(loadingModule:)``.
    case initialize
    /// ``Kernel/add(_:)``.
    case addService
    /// ``Kernel/edit(_:)``.
    case editService
    /// ``Kernel/delete(_:)``.
    case deleteService
    /// ``Kernel/service(_:)``.
    case getService
    /// ``Kernel/services()``.
    case listServices
    /// ``Kernel/add(_:to:)``.
    case addDestination
    /// ``Kernel/edit(_:of:)``.
    case editDestination
    /// ``Kernel/delete(_:from:)``.
    case deleteDestination
    /// ``Kernel/destinations(of:)``.
    case listDestinations
    /// ``Kernel/clear()``.
    case clear
    /// ``Kernel/zero(_:)`` and ``Kernel/zeroAll()``.
    case zero
    /// ``Kernel/totals()``.
    case getTotals
    /// ``Kernel/timeouts()``.
    case getTimeouts
    /// ``Kernel/set(_:)``.
    case setTimeouts
    /// ``Kernel/start(_:)``.
    case startDaemon
    /// ``Kernel/stop(_:)``.
    case stopDaemon
    /// ``Kernel/daemons()``.
    case listDaemons
    /// ``ConnectionReader``.
    case listConnections
  }

  /// How it went wrong.
  public enum Reason: Error, Sendable, Hashable {
    /// The kernel understood and said no.
    case refused(Refusal)
    /// The kernel has no IPVS.
    case unavailable
    /// A system call failed.
    case system(ErrorNumber)
    /// No answer came in time.
    case timedOut
    /// The kernel had more answers than the socket's buffer holds, and dropped some.
    case overrun
    /// An answer is longer than the buffer for it.
    case tooLong
    /// Part of an answer makes no sense.
    case malformed(Part)
  }

  /// A part of the kernel's answers.
  public enum Part: Sendable, Hashable {
    /// A netlink message: `struct nlmsghdr`.
    case message
    /// A netlink attribute: `struct nlattr`.
    case attribute
    /// The errno in an answer.
    case number
    /// A service, `IPVS_CMD_ATTR_SERVICE`.
    case service
    /// A real server, `IPVS_CMD_ATTR_DEST`.
    case destination
    /// A daemon, `IPVS_CMD_ATTR_DAEMON`.
    case daemon
    /// The answer to `IPVS_CMD_GET_INFO`.
    case info
    /// A line of `/proc/net/ip_vs_conn`.
    case connection
    /// The counters in `/proc/net/ip_vs_stats`.
    case totals
    /// An answer that did not come.
    case missing
  }

  /// What was asked for. If several changes failed together, it is the first of them.
  public let operation: Operation
  /// How it went wrong.
  public let reason: Reason

  /// An error from its parts.
  public init(_ operation: Operation, _ reason: Reason) {
    self.operation = operation
    self.reason = reason
  }

  /// The error for what the kernel answered. The meaning of a number depends on the operation.
  init(_ operation: Operation, answer: Reason) {
    if case .refused(.other(let number)) = answer {
      self.init(operation, .refused(Refusal(number, to: operation)))
    } else {
      self.init(operation, answer)
    }
  }
}

extension IPVSError: CustomStringConvertible {
  /// A line for a person, such as `File exists`. It does not say what was asked for.
  public var description: String { reason.description }
}

extension IPVSError.Reason: CustomStringConvertible {
  /// A line for a person.
  public var description: String { .written(by: append) }
}

extension IPVSError.Reason: Printable {
  /// Appends a line for a person.
  package func append(to bytes: inout [UInt8]) {
    switch self {
    case .refused(let refusal): refusal.number.append(to: &bytes)
    case .system(let number): number.append(to: &bytes)
    case .unavailable: bytes += "The kernel has no IPVS".utf8
    case .timedOut: bytes += "The kernel does not answer".utf8
    case .overrun: bytes += "The kernel dropped answers that found no room".utf8
    case .tooLong: bytes += "An answer of the kernel is too long".utf8
    case .malformed(let part):
      bytes += "The kernel's answer makes no sense: ".utf8
      bytes += part.words.bytes
    }
  }
}

extension IPVSError.Part {
  fileprivate var words: StaticString {
    switch self {
    case .message: "a message has a wrong length"
    case .attribute: "an attribute has a wrong length"
    case .number: "an error has no number"
    case .service: "a service lacks an attribute"
    case .destination: "a server lacks an attribute"
    case .daemon: "a daemon lacks an attribute"
    case .info: "the information lacks an attribute"
    case .connection: "a connection has other columns"
    case .totals: "the counters have other columns"
    case .missing: "there is none"
    }
  }
}
