// SPDX-License-Identifier: Apache-2.0

import CLinux
import Testing

@testable import IPVS

/// What the kernel's numbers mean, and what errors are called.
@Suite struct RefusalTests {
  static let operations: [IPVSError.Operation] = [
    .initialize, .addService, .editService, .deleteService, .getService, .listServices, .addDestination,
    .editDestination, .deleteDestination, .listDestinations, .clear, .zero, .getTimeouts, .setTimeouts,
    .startDaemon, .stopDaemon, .listDaemons, .listConnections,
  ]

  /// The numbers that mean something of their own to some operations.
  static let meanings: [(number: Int32, operations: [IPVSError.Operation], refusal: Refusal)] = [
    (
      ESRCH,
      [
        .editService, .deleteService, .getService, .zero, .addDestination, .editDestination,
        .deleteDestination,
      ], .noService
    ),
    (ESRCH, [.stopDaemon], .noDaemon),
    (EEXIST, [.addService], .serviceExists),
    (EEXIST, [.addDestination], .destinationExists),
    (EEXIST, [.startDaemon], .daemonExists),
    (ENOENT, [.addService, .editService], .noSchedulerOrEngine),
    (ENOENT, [.editDestination, .deleteDestination], .noDestination),
    (ENODEV, [.startDaemon], .noInterface),
    (EPERM, operations, .notPermitted),
    (EINVAL, operations, .invalid),
    (ERANGE, operations, .outOfRange),
  ]

  @Test(arguments: operations)
  func everyNumberHasItsMeaning(operation: IPVSError.Operation) {
    for number in 1...4095 as ClosedRange<Int32> {
      let meaning = Self.meanings.first { $0.number == number && $0.operations.contains(operation) }
      let refusal = Refusal(ErrorNumber(rawValue: number), to: operation)
      #expect(refusal == meaning?.refusal ?? .other(ErrorNumber(rawValue: number)))
      #expect(refusal.number.rawValue == number)
    }
  }

  @Test func aRefusalIsCalledAsTheCLibraryCallsItsNumber() {
    #expect("\(Refusal.serviceExists)" == "File exists")
    #expect("\(Refusal.noDaemon)" == "No such process")
    #expect("\(Refusal.other(ErrorNumber(rawValue: ENOMEM)))" == "Cannot allocate memory")
    #expect("\(IPVSError(.addService, .refused(.serviceExists)))" == "File exists")
    #expect(
      "\(IPVSError(.listConnections, .system(ErrorNumber(rawValue: ENOENT))))" == "No such file or directory")
  }

  static let changes: [(Change, IPVSError.Operation)] = [
    (.addService(Service(.mark(1))), .addService), (.editService(Service(.mark(1))), .editService),
    (.deleteService(.mark(1)), .deleteService),
    (.addDestination(Destination("10.0.0.1:1"), to: .mark(1)), .addDestination),
    (.editDestination(Destination("10.0.0.1:1"), of: .mark(1)), .editDestination),
    (.deleteDestination("10.0.0.1:1", from: .mark(1)), .deleteDestination), (.clear, .clear),
    (.zero(.mark(1)), .zero), (.zeroAll, .zero), (.setTimeouts(Timeouts()), .setTimeouts),
    (.startDaemon(SyncDaemon(.master, interface: "lo")), .startDaemon), (.stopDaemon(.backup), .stopDaemon),
  ]

  @Test(arguments: changes)
  func aChangeIsAnOperation(change: Change, operation: IPVSError.Operation) {
    #expect(change.operation == operation)
  }

  @Test func everyReasonHasALineOfItsOwn() {
    let parts: [IPVSError.Part] = [
      .message, .attribute, .number, .service, .destination, .daemon, .info, .connection, .missing,
    ]
    let reasons: [IPVSError.Reason] =
      [
        .refused(.serviceExists), .unavailable, .system(ErrorNumber(rawValue: EIO)), .timedOut, .overrun,
        .tooLong,
      ] + parts.map { .malformed($0) }
    let lines = reasons.map(\.description)
    #expect(Set(lines).count == reasons.count)
    #expect(lines.allSatisfy { !$0.isEmpty && !$0.contains("\n") })
  }
}
