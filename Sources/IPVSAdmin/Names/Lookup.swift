// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import IPVS

/// Asks the system's resolver many questions in parallel, with one time limit for all of them.
///
/// A resolver that does not answer costs that time once: later questions get only a moment, which is enough for names
/// that need no server.
final class Lookup {
  enum Question: Sendable, Hashable {
    case address(of: Text)
    case name(of: Address)

    /// Asks the system, which may take long.
    fileprivate func ask() -> Answer? {
      switch self {
      case .address(let host):
        Address(host: host).map { .address($0) }
      case .name(let address): address.hostName.map { .name($0) }
      }
    }
  }

  enum Answer: Sendable {
    case address(Address)
    case name(Text)
  }

  private static let patience = 5000
  private static let moment = 100
  private static let threads = 64

  /// The milliseconds that are left to wait.
  private var budget = patience

  /// The answers to questions; nil if none came in time. Threads that still wait for a resolver end with the process.
  func answers(to questions: [Question]) -> [Answer?] {
    guard !questions.isEmpty else { return [] }
    let start = Clock.milliseconds
    defer { budget -= Clock.milliseconds - start }
    let time = max(Self.moment, budget)
    guard let board = Board(questions, order(of: questions)),
      board.start(threads: min(questions.count, Self.threads))
    else {
      return Self.inTurn(questions, time)
    }
    board.wait(time)
    return board.answers
  }

  /// The order in which questions are asked. If there are more questions than threads, those that `/etc/hosts` can
  /// answer come first, so that they do not wait for a name server.
  private func order(of questions: [Question]) -> [Int] {
    guard questions.count > Self.threads else { return Array(questions.indices) }
    let local = Question.answeredByTheHostsFile
    return questions.indices.filter { local.contains(questions[$0]) }
      + questions.indices.filter { !local.contains(questions[$0]) }
  }

  /// Asks one question after the other in this thread, if no other can be started. When the time is over, only the
  /// end of the program can interrupt the system's functions.
  private static func inTurn(_ questions: [Question], _ time: Int) -> [Answer?] {
    _ = signal(SIGALRM) { _ in
      let line: StaticString =
        "cannot look names up: there is no thread for it, and the resolver does not answer\n"
      _ = unsafe write(STDERR_FILENO, line.utf8Start, line.utf8CodeUnitCount)
      _exit(1)
    }
    // The parent process may have blocked the signal.
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe sigaddset(&signals, SIGALRM)
    unsafe sigprocmask(SIG_UNBLOCK, &signals, nil)
    alarm(UInt32((time + 999) / 1000))
    let answers = questions.map { $0.ask() }
    alarm(0)
    return answers
  }
}

/// Where threads get the next question, and put their answers.
@safe private final class Board: @unchecked Sendable {
  /// More than enough for the C library's resolver and its modules. The default stacks would add up to more than some
  /// memory limits allow.
  private static let stackSize = 512 * 1024

  private let questions: [Lookup.Question]
  private let order: [Int]
  private let lock: UnsafeMutablePointer<pthread_mutex_t>
  /// A pipe that gets a byte after the last answer; the end to read from is first.
  private let done: (Int32, Int32)

  // The lock guards these.
  private var next = 0
  private var posted = 0
  private var found: [Lookup.Answer?]

  init?(_ questions: [Lookup.Question], _ order: [Int]) {
    var ends: (Int32, Int32) = (-1, -1)
    let failed = unsafe withUnsafeMutableBytes(of: &ends) {
      unsafe pipe($0.assumingMemoryBound(to: Int32.self).baseAddress)
    }
    guard failed == 0 else { return nil }
    done = ends
    self.questions = questions
    self.order = order
    found = Array(repeating: nil, count: questions.count)
    unsafe lock = .allocate(capacity: 1)
    unsafe pthread_mutex_init(lock, nil)
  }

  deinit {
    close(done.0)
    close(done.1)
    unsafe pthread_mutex_destroy(lock)
    unsafe lock.deallocate()
  }

  var answers: [Lookup.Answer?] { locked { found } }

  /// Starts threads that ask the questions. Returns false if none could be started.
  func start(threads: Int) -> Bool {
    var attributes = pthread_attr_t()
    unsafe pthread_attr_init(&attributes)
    unsafe pthread_attr_setstacksize(&attributes, Self.stackSize)
    unsafe pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    // Threads with a malloc arena of their own take 64 MiB of addresses each.
    mallopt(M_ARENA_MAX, 1)
    // Signals are for the thread that started them.
    var (all, before) = (sigset_t(), sigset_t())
    unsafe sigfillset(&all)
    unsafe pthread_sigmask(SIG_BLOCK, &all, &before)
    defer {
      unsafe pthread_sigmask(SIG_SETMASK, &before, nil)
      unsafe pthread_attr_destroy(&attributes)
    }
    for count in 0..<threads {
      let context = unsafe Unmanaged.passRetained(self)
      var thread = pthread_t()
      let status = unsafe pthread_create(
        &thread, &attributes,
        { context in
          guard let context = unsafe context else { return nil }
          unsafe Unmanaged<Board>.fromOpaque(context).takeRetainedValue().work()
          return nil
        }, context.toOpaque())
      if status != 0 {
        unsafe context.release()
        return count > 0
      }
    }
    return true
  }

  /// Asks questions until none is left.
  private func work() {
    while let index = take() { post(questions[index].ask(), at: index) }
  }

  private func take() -> Int? {
    locked {
      guard next < questions.count else { return nil }
      next += 1
      return order[next - 1]
    }
  }

  private func post(_ answer: Lookup.Answer?, at index: Int) {
    let isLast = locked {
      found[index] = answer
      posted += 1
      return posted == questions.count
    }
    if isLast { _ = unsafe write(done.1, [1], 1) }
  }

  /// Waits for the last answer, but no longer than some milliseconds.
  func wait(_ milliseconds: Int) {
    let end = Clock.milliseconds + milliseconds
    var descriptor = pollfd(fd: done.0, events: Int16(POLLIN), revents: 0)
    while case let rest = end - Clock.milliseconds, rest > 0 {
      if unsafe poll(&descriptor, 1, Int32(rest)) >= 0 || clinux_errno() != EINTR { return }
    }
  }

  private func locked<Result>(_ body: () -> Result) -> Result {
    unsafe pthread_mutex_lock(lock)
    defer { unsafe pthread_mutex_unlock(lock) }
    return body()
  }
}
