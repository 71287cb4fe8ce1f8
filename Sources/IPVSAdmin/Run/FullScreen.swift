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
  /// The terminal that the screen is on, which does not keep the program waiting.
  private let display: Int32
  private var keys = Keys()

  init() throws(Complaint) {
    let hasKeyboard = isatty(STDIN_FILENO) == 1
    keyboard = hasKeyboard ? STDIN_FILENO : -1
    terminal = hasKeyboard ? STDIN_FILENO : STDOUT_FILENO
    clinux_await_foreground(terminal)
    signals = clinux_signals()
    if signals < 0 { throw Messages.noScreen(.last) }
    let own = Terminal.open(STDOUT_FILENO)
    display = own < 0 ? STDOUT_FILENO : own
    enter()
  }

  private func enter() {
    let end = unsafe UnsafeRawPointer(Screen.end.utf8Start).assumingMemoryBound(to: CChar.self)
    _ = unsafe clinux_terminal_hush(terminal, display, end)
    _ = write(Screen.start)
  }

  /// Gives the terminal back, as far as it takes anything.
  func leave() {
    _ = write(Text(stringLiteral: Screen.end), isLast: true)
    clinux_terminal_restore(terminal)
  }

  /// Writes to the screen. Signals end the program even while the terminal takes nothing. Returns the error if not
  /// everything was written; what is last does not wait for long.
  func write(_ text: Text, isLast: Bool = false) -> ErrorNumber? {
    var rest = text.bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe CLinux.write(display, $0.baseAddress, $0.count) }
      if count >= 0 {
        rest = rest.dropFirst(count)
        continue
      }
      switch clinux_errno() {
      case EINTR: break
      case EAGAIN:
        let signals = isLast ? -1 : signals
        let events = Self.poll(display, POLLOUT, signals, milliseconds: isLast ? 100 : -1)
        if events.second { heed(clinux_next_signal(signals)) }
        if isLast, !events.first { return .last }
      default: return .last
      }
    }
    return nil
  }

  /// Waits for a descriptor, or until another one has something to read; which of them it is.
  private static func poll(
    _ first: Int32, _ events: Int32, _ second: Int32, milliseconds: Int32
  ) -> (first: Bool, second: Bool) {
    var descriptors = (
      pollfd(fd: first, events: Int16(events), revents: 0),
      pollfd(fd: second, events: Int16(POLLIN), revents: 0)
    )
    let count = unsafe withUnsafeMutableBytes(of: &descriptors) {
      unsafe CLinux.poll($0.assumingMemoryBound(to: pollfd.self).baseAddress, 2, milliseconds)
    }
    return count > 0 ? (descriptors.0.revents != 0, descriptors.1.revents != 0) : (false, false)
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
    let time = Int32(clamping: max(0, end - Clock.milliseconds))
    let events = Self.poll(keyboard, POLLIN, signals, milliseconds: time)
    if events.second {
      heed(clinux_next_signal(signals))
      return .screen
    }
    return events.first ? .keys(readKeys()) : .time
  }

  private func heed(_ signal: Int32) {
    switch signal {
    case SIGCONT:
      clinux_await_foreground(terminal)
      enter()
    case SIGTSTP:
      leave()
      clinux_yield_to(signal)
      clinux_await_foreground(terminal)
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
