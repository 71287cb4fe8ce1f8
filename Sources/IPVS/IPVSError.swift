// SPDX-License-Identifier: Apache-2.0

/// Why a conversation with the kernel failed: what was asked for, and how it went wrong.
///
/// All calls of ``Director`` and ``ConnectionReader`` throw this type. Mostly the kernel has refused something:
///
/// ```swift
/// do throws(IPVSError) {
///   try director.add(service)
/// } catch {
///   guard error.reason == .refused(.exists) else { throw error }
/// }
/// ```
public struct IPVSError: Error, Sendable, Hashable {
  /// What was asked for.
  public enum Operation: Sendable, Hashable {
    /// ``Director/init()``.
    case initialize
    /// ``Director/add(_:)``.
    case addService
    /// ``Director/edit(_:)``.
    case editService
    /// ``Director/delete(_:)``.
    case deleteService
    /// ``Director/service(_:)``.
    case getService
    /// ``Director/services()``.
    case listServices
    /// ``Director/add(_:to:)``.
    case addDestination
    /// ``Director/edit(_:of:)``.
    case editDestination
    /// ``Director/delete(_:from:)``.
    case deleteDestination
    /// ``Director/destinations(of:)``.
    case listDestinations
    /// ``Director/clear()``.
    case clear
    /// ``Director/zero(_:)``.
    case zero
    /// ``Director/timeouts()``.
    case getTimeouts
    /// ``Director/set(_:)``.
    case setTimeouts
    /// ``Director/start(_:)``.
    case startDaemon
    /// ``Director/stop(_:)``.
    case stopDaemon
    /// ``Director/daemons()``.
    case listDaemons
    /// ``ConnectionReader``.
    case listConnections
  }

  /// What was asked for. Of several changes that were made together and failed together it is the first.
  public let operation: Operation
  /// How it went wrong.
  public let reason: NetlinkError

  /// An error from its parts.
  package init(_ operation: Operation, _ reason: NetlinkError) {
    self.operation = operation
    self.reason = reason
  }
}

extension IPVSError: CustomStringConvertible {
  /// One line for a person who knows the library, such as `addService: File exists`.
  public var description: String { "\(operation): \(reason)" }
}

/// How a request to the kernel can fail.
public enum NetlinkError: Error, Sendable, Hashable {
  /// The kernel understood and said no.
  case refused(Errno)
  /// A system call on the socket or file failed.
  case system(Errno)
  /// No answer came within five seconds.
  case timedOut
  /// The kernel had more answers than the socket's buffer holds, and dropped some.
  case overrun
  /// An answer was longer than the buffer for it.
  case tooLong
  /// An answer does not make sense; the text says what in it does not.
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
