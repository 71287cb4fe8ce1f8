// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import IPVS
internal import Synchronization

/// Questions to the system's resolver, many side by side, with one limit to how long all of them may keep the
/// program waiting.
///
/// A resolver that does not answer costs that time once: what is asked later only gets a moment, enough for the
/// names that need no server.
final class Lookup: Sendable {
  private static let patience = 5000
  private static let moment = 100
  private static let threads = 64

  /// The milliseconds that may still be waited.
  private let budget = Mutex(patience)

  /// The answers to questions that `answer` may take its time for; nil where none came in time. Threads that
  /// wait for a resolver in vain end with the process.
  func answers<Question: Sendable, Answer: Sendable>(
    to questions: [Question], _ answer: @escaping @Sendable (Question) -> Answer?
  ) -> [Answer?] {
    guard !questions.isEmpty, let board = Board<Answer>(count: questions.count) else {
      return questions.map { _ in nil }
    }
    for _ in 0..<min(questions.count, Self.threads) {
      Thread.start {
        while let index = board.take() { board.post(answer(questions[index]), at: index) }
      }
    }
    let start = Board<Answer>.now
    board.wait(max(Self.moment, budget.withLock { $0 }))
    budget.withLock { $0 -= Board<Answer>.now - start }
    return board.answers
  }
}

/// Where threads find the next question, and leave their answers.
private final class Board<Answer: Sendable>: Sendable {
  private struct State {
    var next = 0
    var posted = 0
    var answers: [Answer?]
  }

  private let count: Int
  private let state: Mutex<State>
  /// A pipe that a byte goes through with the last answer: first the end to read from.
  private let done: (Int32, Int32)

  init?(count: Int) {
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { return nil }
    done = (ends[0], ends[1])
    self.count = count
    state = Mutex(State(answers: Array(repeating: nil, count: count)))
  }

  deinit {
    close(done.0)
    close(done.1)
  }

  var answers: [Answer?] { state.withLock { $0.answers } }

  /// The next question, or nil when all are taken.
  func take() -> Int? {
    state.withLock { state in
      guard state.next < count else { return nil }
      defer { state.next += 1 }
      return state.next
    }
  }

  func post(_ answer: Answer?, at index: Int) {
    let isLast = state.withLock { state in
      state.answers[index] = answer
      state.posted += 1
      return state.posted == count
    }
    if isLast { _ = unsafe write(done.1, [1], 1) }
  }

  /// Waits for the last answer, but no longer than some milliseconds.
  func wait(_ milliseconds: Int) {
    let end = Self.now + milliseconds
    var descriptor = pollfd(fd: done.0, events: Int16(POLLIN), revents: 0)
    while case let rest = end - Self.now, rest > 0 {
      if unsafe poll(&descriptor, 1, Int32(rest)) >= 0 || SystemCall.error.rawValue != EINTR { return }
    }
  }

  /// Milliseconds of a clock that only goes forward.
  static var now: Int {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }
}

/// A thread of the system's.
private final class Thread {
  private let body: @Sendable () -> Void

  private init(_ body: @escaping @Sendable () -> Void) { self.body = body }

  /// Runs `body` beside everything else, or at once where no thread can be had.
  static func start(_ body: @escaping @Sendable () -> Void) {
    let context = unsafe Unmanaged.passRetained(Thread(body))
    var thread = pthread_t()
    let status = unsafe pthread_create(
      &thread, nil,
      { context in
        guard let context = unsafe context else { return nil }
        unsafe Unmanaged<Thread>.fromOpaque(context).takeRetainedValue().body()
        return nil
      }, context.toOpaque())
    if status == 0 { pthread_detach(thread) } else { unsafe context.takeRetainedValue().body() }
  }
}
