// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing

@testable import IPVS
@testable import IPVSAdmin

/// The messages for the kernel's errors, and the exit status.
@Suite struct KernelMessageTests {
  private static let notFound = "Scheduler or persistence engine not found"

  static let refusals: [(IPVSError.Operation, Int32, String)] = [
    (.addService, EEXIST, "Service already exists"), (.addService, ENOENT, notFound),
    (.editService, ESRCH, "No such service"), (.editService, ENOENT, notFound),
    (.deleteService, ESRCH, "No such service"), (.zero, ESRCH, "No such service"),
    (.getService, ESRCH, "No such service"),
    (.addDestination, ESRCH, "Service not defined"), (.addDestination, EEXIST, "Destination already exists"),
    (.editDestination, ESRCH, "Service not defined"), (.editDestination, ENOENT, "No such destination"),
    (.deleteDestination, ESRCH, "Service not defined"), (.deleteDestination, ENOENT, "No such destination"),
    (.startDaemon, EEXIST, "Daemon has already run"), (.stopDaemon, ESRCH, "No daemon is running"),
  ]

  @Test(arguments: refusals)
  func ofOneOperation(operation: IPVSError.Operation, number: Int32, text: String) {
    let refusal = Refusal(ErrorNumber(rawValue: number), to: operation)
    #expect(Messages.text(refusal, to: operation).string == text)
    #expect(Complaint(IPVSError(operation, .refused(refusal))).text.string == text)
  }

  static let general: [(Int32, String)] = [
    (EPERM, "Permission denied (you must be root)"),
    (EINVAL, "Invalid operation.  Possibly wrong module version, address not unicast, ..."),
    (ENOPROTOOPT, "Protocol not available"), (ENOMEM, "Memory allocation problem"),
    (EOPNOTSUPP, "Operation not supported with IPv6"),
    (EAFNOSUPPORT, "Operation not supported with specified address family"),
    (EMSGSIZE, "Module is wrong version"),
    // Others are the C library's.
    (ERANGE, "Numerical result out of range"), (ENODEV, "No such device"), (EBUSY, "Device or resource busy"),
  ]

  private static let changes: [IPVSError.Operation] = [
    .addService, .editService, .deleteService, .addDestination, .editDestination, .deleteDestination, .clear,
    .zero,
    .setTimeouts, .startDaemon, .stopDaemon,
  ]
  private static let questions: [IPVSError.Operation] = [
    .getService, .listServices, .listDestinations, .listDaemons, .listConnections, .getTotals, .getTimeouts,
  ]

  @Test(arguments: general)
  func ofAnyOperation(number: Int32, text: String) {
    for operation in Self.changes + Self.questions {
      let refusal = Refusal(ErrorNumber(rawValue: number), to: operation)
      #expect(Messages.text(refusal, to: operation).string == text, "\(operation)")
    }
  }

  @Test func theStatusTellsWhatFailed() {
    let reasons: [IPVSError.Reason] = [
      .refused(.notPermitted), .timedOut, .overrun, .tooLong, .malformed(.message),
      .system(ErrorNumber(rawValue: EIO)),
    ]
    for reason in reasons {
      for operation in Self.changes { #expect(Complaint(IPVSError(operation, reason)).status == .refused) }
      for operation in Self.questions { #expect(Complaint(IPVSError(operation, reason)).status == .failure) }
      #expect(Complaint(IPVSError(.initialize, reason)).status == .usage)
    }
  }

  static let beginnings: [(IPVSError.Reason, String)] = [
    (.unavailable, "Protocol not available"),
    (.system(ErrorNumber(rawValue: EPERM)), "Permission denied (you must be root)"),
    (.system(ErrorNumber(rawValue: EMFILE)), "Too many open files"),
    (.refused(.notPermitted), "Permission denied (you must be root)"),
    (.timedOut, "The kernel does not answer"),
  ]

  @Test(arguments: beginnings)
  func whereThereIsNoIPVS(reason: IPVSError.Reason, text: String) {
    #expect(
      Complaint(IPVSError(.initialize, reason)).text.string
        == "Can't initialize ipvs: \(text)\nAre you sure that IP Virtual Server is built in the kernel or as module?"
    )
  }

  /// A number that came from a system call is not a refusal.
  @Test func systemCallsAreNotWorded() {
    let error = IPVSError(.addService, .system(ErrorNumber(rawValue: EPERM)))
    #expect(Messages.text(error).string == "Operation not permitted")
  }

  @Test func ofFiles() {
    #expect(
      Messages.unreadableRules(ErrorNumber(rawValue: EISDIR))
        == Complaint("cannot read the rules: Is a directory", .failure))
    #expect(Messages.longRules(mebibytes: 128) == Complaint("the rules are longer than 128 MiB", .usage))
    #expect(
      Messages.lostOutput(ErrorNumber(rawValue: ENOSPC))
        == Complaint("cannot write the output: No space left on device", .failure))
    #expect(
      Messages.unreadableConnections(1, first: "x")
        == Complaint("cannot read this line of /proc/net/ip_vs_conn: x", .failure))
    #expect(
      Messages.unreadableConnections(3, first: "x")
        == Complaint("cannot read this line of /proc/net/ip_vs_conn and 2 more: x", .failure))
  }
}
