// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import IPVS

/// The terminal while a screen is on it. `leave` gives it back as it was.
struct FullScreen: ~Copyable {
  /// What ends a wait.
  enum Event {
    /// The time is over.
    case time
    /// Keys, which may mean nothing.
    case keys([Key])
    /// The screen has another size, or is another one.
    case screen
  }

  private let signals: Int32
  /// Where keys come from; -1 if standard input is no terminal.
  private let keyboard: Int32
  /// The terminal whose settings are changed.
  private let terminal: Int32
  private var keys = Keys()

  init() throws(Complaint) {
    signals = clinux_signals()
    if signals < 0 { throw Messages.noScreen(.last) }
    let hasKeyboard = isatty(STDIN_FILENO) == 1
    keyboard = hasKeyboard ? STDIN_FILENO : -1
    terminal = hasKeyboard ? STDIN_FILENO : STDOUT_FILENO
    enter()
  }

  private func enter() {
    _ = clinux_terminal_hush(terminal)
    _ = Output.writeAsIs(Screen.start, to: STDOUT_FILENO)
  }

  /// Gives the terminal back.
  func leave() {
    _ = Output.writeAsIs(Screen.end, to: STDOUT_FILENO)
    clinux_terminal_restore(terminal)
  }

  /// The screen as large as the terminal is now.
  var screen: Screen {
    var screen = Screen()
    var size: (Int32, Int32) = (0, 0)
    let status = unsafe withUnsafeMutableBytes(of: &size) {
      unsafe clinux_terminal_size(STDOUT_FILENO, $0.assumingMemoryBound(to: Int32.self).baseAddress)
    }
    if status == 0, size.0 > 0, size.1 > 0 { (screen.height, screen.width) = (Int(size.0), Int(size.1)) }
    return screen
  }

  /// Waits for a key or a signal, but not past a time, in milliseconds of ``Clock``. A signal that ends or stops the
  /// program does that, and the terminal is as it was.
  mutating func wait(until end: Int) -> Event {
    var descriptors = (
      pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
      pollfd(fd: keyboard, events: Int16(POLLIN), revents: 0)
    )
    let time = Int32(clamping: max(0, end - Clock.milliseconds))
    let count = unsafe withUnsafeMutableBytes(of: &descriptors) {
      unsafe poll($0.assumingMemoryBound(to: pollfd.self).baseAddress, 2, time)
    }
    if count <= 0 { return .time }
    if descriptors.0.revents != 0 {
      heed(clinux_next_signal(signals))
      return .screen
    }
    return .keys(readKeys())
  }

  private func heed(_ signal: Int32) {
    switch signal {
    case SIGCONT: enter()
    case SIGTSTP:
      leave()
      clinux_yield_to(signal)
      enter()
    case 0, SIGWINCH: break
    default:
      leave()
      clinux_yield_to(signal)
    }
  }

  /// The keys that were pressed; the one to leave if the terminal has gone.
  private mutating func readKeys() -> [Key] {
    var bytes: [UInt8] = []
    guard let count = try? bytes.append(upTo: 1024, from: keyboard), count > 0 else { return [.leave] }
    var pressed: [Key] = []
    for byte in bytes { if let key = keys.take(byte) { pressed.append(key) } }
    return pressed
  }
}
