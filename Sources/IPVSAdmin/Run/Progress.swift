// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import IPVS

/// A line on standard error that says how far a transition is, for a person.
struct Progress {
  private let isWanted = Terminal.canRewrite
  private var isShown = false

  mutating func show(_ state: Transition.State) {
    guard isWanted else { return }
    isShown = true
    _ = Output.writeAsIs("\r\(state.text)\u{1b}[K", to: STDERR_FILENO)
  }

  /// Takes the line away.
  mutating func end() {
    if isShown { _ = Output.writeAsIs("\r\u{1b}[K", to: STDERR_FILENO) }
    isShown = false
  }
}

extension Transition.State {
  fileprivate var text: Text {
    Messages.progress(
      leaving: leaving, connections: connections, clients: clients, rising: rising, seconds: secondsLeft)
  }
}
