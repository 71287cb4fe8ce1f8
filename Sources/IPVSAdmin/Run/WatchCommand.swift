// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import IPVS

extension Program {
  /// Prints a listing again and again: on a screen if there is one, or else one after the other until the reader goes
  /// away.
  func watch<K: Kernel & ~Copyable>(
    _ query: ListQuery, _ id: Service.ID?, every seconds: Int, from kernel: inout K, to output: inout Output
  ) throws(Complaint) {
    if query.isOnScreen {
      var watch = Watch(every: seconds)
      return try watch.run { found throws(Complaint) in
        try listOnce(query, id, from: &kernel, to: &found)
      }
    }
    var next = Clock.milliseconds
    var told: Text?
    var isFirst = true
    while true {
      var remark: Text?
      do { try listOnce(query, id, from: &kernel, to: &output) } catch {
        if output.isLost || isFirst && !error.isRemark { throw error }
        remark = error.text
      }
      try output.flush()
      if let remark, remark != told { tell(remark) }
      (told, isFirst) = (remark, false)
      next = max(next + seconds * 1000, Clock.milliseconds)
      waitForReader(until: next)
      if query.format != .json { output.text.add("\n") }
    }
  }

  /// Waits until a time, or until nobody reads standard output any more; then the next text does not arrive.
  private func waitForReader(until end: Int) {
    var descriptor = pollfd(fd: STDOUT_FILENO, events: 0, revents: 0)
    while case let rest = end - Clock.milliseconds, rest > 0 {
      if unsafe poll(&descriptor, 1, Int32(clamping: rest)) > 0 { return }
    }
  }
}

/// What a listing finds, gathered for a screen.
private struct Findings: ReportSink {
  /// The table, if it is one.
  var table: TableReport?
  var query = ListQuery()
  var names = NameTable()
  /// The rows, if it is no table.
  var sheet = Sheet()

  mutating func take(_ report: Report, of query: ListQuery, names: NameTable) {
    guard case .table(let page) = report else { return sheet.add(report, of: query, names: names) }
    (self.query, self.names) = (query, names)
    if table == nil { table = page } else { table?.table.entries += page.table.entries }
  }

  /// The rows, a table's in an order and with its live rates.
  func sheet(_ order: WatchOrder, _ rates: LiveRates) -> Sheet {
    guard var table else { return sheet }
    table.table = order.sorted(table.table, by: rates)
    var sheet = Sheet()
    sheet.add(.table(table), of: query, names: names, rates)
    return sheet
  }
}

/// A listing on a screen.
private struct Watch {
  /// Lists once.
  typealias List = (inout Findings) throws(Complaint) -> Void

  private let seconds: Int
  private var rates = LiveRates()
  private var order = WatchOrder.usual
  private var found = Findings()
  private var sheet = Sheet()
  /// What was shown before.
  private var past: Sheet?
  /// When the sheet was read, and what is wrong with it.
  private var time = Text()
  private var remark: Text?
  /// The first row that is shown.
  private var first = 0

  init(every seconds: Int) { self.seconds = seconds }

  /// Shows a listing until a person leaves it. If there is none at first, that is thrown; later it is shown.
  mutating func run(_ list: List) throws(Complaint) {
    if let complaint = refresh(list), !complaint.isRemark { throw complaint }
    past = nil
    var terminal = try FullScreen()
    Rights.keepNetwork()
    defer { terminal.leave() }
    var next = Clock.milliseconds + seconds * 1000
    while true {
      let screen = terminal.screen
      if let error = terminal.write(frame(screen)) { throw Messages.lostOutput(error) }
      switch terminal.wait(until: next) {
      case .time:
        _ = refresh(list)
        next = max(next + seconds * 1000, Clock.milliseconds)
      case .screen: break
      case .keys(let keys):
        for key in keys where !press(key, on: screen) { return }
      }
    }
  }

  /// Lists anew. Returns what is wrong.
  private mutating func refresh(_ list: List) -> Complaint? {
    var complaint: Complaint?
    found = Findings()
    do { try list(&found) } catch { complaint = error }
    remark = complaint?.text
    if let table = found.table {
      if found.query.isPartial {
        remark = Messages.withoutRates
      } else {
        rates.take(table.table, at: Clock.milliseconds)
      }
    }
    past = sheet
    sheet = found.sheet(order, rates)
    time = .timeOfDay
    return complaint
  }

  private func frame(_ screen: Screen) -> Text {
    let status = Messages.status(
      of: screen.rows(of: sheet, from: first), among: sheet.rows.count, at: time, every: seconds,
      found.table == nil ? nil : order, new: past.map { sheet.countNew(since: $0) } ?? 0,
      gone: past?.countNew(since: sheet) ?? 0, remark: remark)
    return screen.frame(sheet, since: past, from: first, status: status)
  }

  /// Does what a key asks for; false if it is to leave.
  private mutating func press(_ key: Key, on screen: Screen) -> Bool {
    let rows = screen.rows(of: sheet, from: first)
    switch key {
    case .leave: return false
    case .sort:
      order = order.next
      sheet = found.sheet(order, rates)
    case .up: first = rows.lowerBound - 1
    case .down: first = rows.lowerBound + 1
    case .pageUp: first = rows.lowerBound - max(1, rows.count - 1)
    case .pageDown: first = rows.lowerBound + max(1, rows.count - 1)
    case .first: first = 0
    case .last: first = sheet.rows.count
    }
    first = screen.rows(of: sheet, from: first).lowerBound
    return true
  }
}

extension Text {
  /// The time of day, such as `09:05:00`.
  fileprivate static var timeOfDay: Text {
    var (seconds, parts) = unsafe (time(nil), tm())
    unsafe localtime_r(&seconds, &parts)
    var text = Text()
    for (index, number) in unsafe [parts.tm_hour, parts.tm_min, parts.tm_sec].enumerated() {
      if index > 0 { text.add(":") }
      if number < 10 { text.add("0") }
      text.append(number)
    }
    return text
  }
}
