// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import IPVS

/// A line that says how far a transition is, for a person at the terminal of standard error. A terminal that takes
/// nothing shows none.
struct Progress {
  /// Negative if nobody reads it.
  private let terminal: Int32
  private var isShown = false

  /// Opens the terminal, which may need rights that the change does not.
  init(isNeeded: Bool = true) {
    terminal = isNeeded && Terminal.canRewrite ? Terminal.open(STDERR_FILENO) : -1
  }

  mutating func show(_ state: Transition.State) {
    guard terminal >= 0 else { return }
    isShown = true
    _ = Output.writeAsIs("\r\(state.text)\u{1b}[K", to: terminal)
  }

  /// Takes the line away.
  mutating func end() {
    if isShown { _ = Output.writeAsIs("\r\u{1b}[K", to: terminal) }
    isShown = false
  }
}

extension Transition.State {
  fileprivate var text: Text {
    Messages.progress(
      leaving: leaving, connections: connections, clients: clients, rising: rising, seconds: secondsLeft)
  }
}
