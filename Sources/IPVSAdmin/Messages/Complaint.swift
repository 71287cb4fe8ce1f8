// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// Why the program fails, as text for the user.
struct Complaint: Error, Equatable {
  /// What is wrong, in a line; rarely in several.
  let text: Text
  let status: ExitCode
  /// Whether a listing is there all the same.
  var isRemark = false
  /// What a person at a terminal reads in addition.
  var hint: Text?

  init(_ text: Text, _ status: ExitCode) {
    self.text = text
    self.status = status
  }

  /// `program` is the name that the program was called by.
  init(_ misuse: Misuse, program: Text) {
    text = Messages.text(misuse, program: program)
    status =
      switch misuse {
      case .noCommand, .notUnderstood: .refused
      case .calledName: .failure
      default: .usage
      }
  }

  init(_ error: IPVSError) {
    let text = Messages.text(error)
    switch error.operation {
    case .initialize:
      self.init(
        "Can't initialize ipvs: \(text)\nAre you sure that IP Virtual Server is built in the kernel or as module?",
        .usage)
    case .getService, .listServices, .listDestinations, .listDaemons, .listConnections, .getTotals,
      .getTimeouts:
      self.init(text, .failure)
    case .addService, .editService, .deleteService, .addDestination, .editDestination, .deleteDestination,
      .clear,
      .zero, .setTimeouts, .startDaemon, .stopDaemon:
      self.init(text, .refused)
    }
  }
}
