// SPDX-License-Identifier: Apache-2.0

import IPVS
import TestNoise
import Testing

@testable import IPVSAdmin

/// What is written to fill a screen, as a terminal shows it.
@Suite struct ScreenTests {
  private static let web: Service.ID = .tcp("10.0.0.1:80")

  private static func server(
    _ endpoint: Endpoint, weight: Int32 = 1, active: UInt32 = 0, conns: UInt64 = 0
  ) -> DestinationStatus {
    DestinationStatus(
      Destination(endpoint, forwarding: .masquerade, weight: weight), activeConnections: active,
      statistics: Statistics(total: Statistics.Counters(connections: conns)))
  }

  private static func table(_ servers: [DestinationStatus], of id: Service.ID = web) -> Table {
    Table([Table.Entry(ServiceStatus(Service(id, scheduler: "rr")), destinations: servers)])
  }

  private static func sheet(
    _ table: Table, _ line: String = "-Ln", _ rates: LiveRates = LiveRates()
  ) throws -> Sheet {
    var query = try ListQuery(line: line)
    query.isOnScreen = true
    var kernel = StoredTable(table.entries)
    let report = try #require(try Report(query, query.service(by: Resolver()), from: &kernel))
    var sheet = Sheet()
    sheet.add(report, of: query, names: NameTable(), rates)
    return sheet
  }

  private static func rates(_ tables: [(Int, Table)]) -> LiveRates {
    var rates = LiveRates()
    for (time, table) in tables { rates.take(table, at: time) }
    return rates
  }

  private static func shown(
    _ sheet: Sheet, since past: Sheet? = nil, from first: Int = 0, height: Int = 8, width: Int = 80
  ) -> ShownScreen {
    let screen = Screen(height: height, width: width)
    return ShownScreen(screen.frame(sheet, since: past, from: first, status: "status"), width: width)
  }

  @Test func theListingWithRatesBesideIt() throws {
    let before = Self.table([Self.server("10.1.0.1:80"), Self.server("10.1.0.2:80", conns: 7)])
    let after = Self.table([Self.server("10.1.0.1:80", conns: 3), Self.server("10.1.0.2:80", conns: 2007)])
    let sheet = try Self.sheet(after, "-Ln", Self.rates([(0, before), (2000, after)]))
    let shown = Self.shown(sheet)
    #expect(
      shown.lines == [
        " IP Virtual Server version 1.2.1 (size=4096)",
        " Prot LocalAddress:Port Scheduler Flags",
        "   -> RemoteAddress:Port           Forward Weight ActiveConn InActConn   Conn/s",
        " TCP  10.0.0.1:80 rr                                                        0.0",
        "   -> 10.1.0.1:80                  Masq    1      0          0              1.5",
        "   -> 10.1.0.2:80                  Masq    1      0          0             1000",
        "",
        "status",
      ])
    #expect(shown.reversed == [7: Array(repeating: 0..<80, count: 1)])
  }

  @Test func allRatesWhereAllCountersAre() throws {
    let table = Self.table([Self.server("10.1.0.1:80")])
    for option in ["--stats", "--rate"] {
      let sheet = try Self.sheet(table, "-Ln \(option)", Self.rates([(0, table), (5000, table)]))
      let lines = Self.shown(sheet, width: 200).lines
      #expect(
        lines[1].hasSuffix("Bytes   Conn/s  InPkt/s OutPkt/s    InB/s   OutB/s") == (option == "--stats"))
      #expect(lines[4].hasSuffix("        0      0.0      0.0      0.0      0.0      0.0"), "\(lines[4])")
      // One of them fits into a narrower screen.
      #expect(Self.shown(sheet, width: 88).lines[4].hasSuffix("        0      0.0"))
      #expect(Self.shown(sheet, width: 87).lines[4].hasSuffix("        0"))
    }
  }

  @Test func ratesThatAreNotKnown() throws {
    let sheet = try Self.sheet(Self.table([Self.server("10.1.0.1:80")]))
    #expect(Self.shown(sheet).lines[4].hasSuffix("0                -"))
  }

  /// A line that is longer than its columns keeps its words; its rate gives way.
  @Test func longLines() throws {
    let id: Service.ID = .tcp("[2001:db8:1111:2222:3333:4444:5555:6666]:65535")
    let long = Self.server("[2001:db8:7777:2222:3333:4444:5555:6666]:65535", weight: .max, active: .max)
    let sheet = try Self.sheet(Self.table([long], of: id))
    let wide = Self.shown(sheet, width: 120).lines
    #expect(wide[4].hasSuffix("4294967295 0        -"))
    #expect(wide[2].count == wide[4].count)
    let narrow = Self.shown(sheet, width: 80).lines
    #expect(narrow[4].hasSuffix("2147483647 42949672"))
    #expect(narrow[2].hasSuffix("Conn/s"))
  }

  @Test func whatChangesIsMarked() throws {
    let before = try Self.sheet(Self.table([Self.server("10.1.0.1:80"), Self.server("10.1.0.2:80")]))
    let after = try Self.sheet(
      Self.table([
        Self.server("10.1.0.1:80", weight: 250, active: 12), Self.server("10.1.0.2:80"),
        Self.server("10.1.0.3:80"),
      ]))
    let shown = Self.shown(after, since: before)
    #expect(shown.lines[3].hasPrefix(" TCP"))
    #expect(shown.lines[4].hasPrefix("*  -> 10.1.0.1:80                  Masq    250    12 "))
    #expect(shown.reversed[4] == [43..<46, 50..<52])
    #expect(shown.lines[5].hasPrefix("   -> 10.1.0.2:80"))
    #expect(shown.lines[6].hasPrefix("+  -> 10.1.0.3:80"))
    #expect(shown.reversed[6] == [0..<62])
    #expect(after.countNew(since: before) == 1 && before.countNew(since: after) == 0)
  }

  /// Words of a line before and after, a place that does not count, and where the changes are.
  @Test func words() {
    for (old, new, place, ranges) in [
      ("a b", "a b", nil, []), ("a b", "a c", nil, [2..<3]), ("a  bb c", "x bb y", nil, [0..<1, 5..<6]),
      ("a b", "a b c", nil, [4..<5]), ("a b c", "a b", nil, [0..<3]), ("", "", nil, []),
      ("a 1", "a 2", 1, []), ("a 1 x", "a 2 y", 1, [4..<5]),
    ] as [(String, String, Int?, [Range<Int>])] {
      let (old, new) = (Text(old).bytes, Text(new).bytes)
      // The lines are parts of longer texts.
      let changes = Screen.changes(in: ([0] + new)[1...], since: ([0, 0] + old)[2...], besides: place)
      #expect(changes == ranges, "\(old) \(new)")
    }
  }

  /// The time that a connection has left is no change.
  @Test func connections() throws {
    func sheet(_ state: Name, _ expires: UInt32, _ ports: [UInt16]) -> Sheet {
      var sheet = Sheet()
      let page = ports.map {
        Connection(
          protocolName: "TCP", client: Endpoint("10.0.0.2", port: $0), virtual: "10.0.0.1:80",
          destination: "10.1.0.1:80", state: state, expires: expires)
      }
      sheet.add(.connections(page, isFirst: true, isLast: false), of: ListQuery(), names: NameTable())
      sheet.add(.connections([], isFirst: false, isLast: true), of: ListQuery(), names: NameTable())
      return sheet
    }
    let before = sheet("SYN_RECV", 3600, [1, 2])
    let lines = Self.shown(sheet("SYN_RECV", 59, [1, 2, 3]), since: before).lines
    #expect(lines[0] == " IPVS connection entries")
    #expect(lines[2...5].map { $0.prefix(12) } == [" TCP 00:59  ", " TCP 00:59  ", "+TCP 00:59  ", ""])
    let shown = Self.shown(sheet("FIN_WAIT", 59, [1]), since: before)
    #expect(shown.lines[2].hasPrefix("*TCP 00:59  FIN_WAIT"))
    #expect(shown.reversed[2] == [12..<20])
  }

  @Test func rowsScrollUnderTheTitles() throws {
    let sheet = try Self.sheet(Self.table((1...50).map { Self.server(Endpoint("10.1.0.1", port: $0)) }))
    let screen = Screen(height: 10, width: 40)
    #expect(screen.rows(of: sheet, from: 0) == 0..<6)
    #expect(screen.rows(of: sheet, from: 7) == 7..<13)
    #expect(screen.rows(of: sheet, from: .max) == 45..<51)
    #expect(screen.rows(of: sheet, from: -1) == 0..<6)
    let shown = Self.shown(sheet, from: 45, height: 10, width: 40)
    #expect(shown.lines[0] == " IP Virtual Server version 1.2.1 (size=4")
    #expect(shown.lines[2] == "   -> RemoteAddress:Port           Forwa")
    #expect(shown.lines[3] == "   -> 10.1.0.1:45                  Masq")
    #expect(shown.lines[8] == "   -> 10.1.0.1:50                  Masq")
    #expect(shown.lines[9] == "status")
    #expect(Self.shown(sheet, height: 5).lines[0].hasPrefix(" TCP"))
    #expect(Self.shown(sheet, height: 1, width: 1).lines == ["s"])
    #expect(Self.shown(Sheet()).lines == Array(repeating: "", count: 7) + ["status"])
  }

  /// Names come from outside, and engine data too.
  @Test func onlyPrintableASCIIIsShown() throws {
    var names = NameTable()
    names.hosts["10.1.0.1"] = Text([0x1b, 0x5b, 0x48, 0xc3, 0xa4, 0x07, 0x9b])
    var sheet = Sheet()
    var kernel = StoredTable(Self.table([Self.server("10.1.0.1:80")]).entries)
    let report = try #require(try Report(ListQuery(), nil, from: &kernel))
    sheet.add(report, of: ListQuery(), names: names)
    #expect(Self.shown(sheet).lines[4].hasPrefix("   -> ?[H????:80 "))
  }

  /// Whatever the table and the sizes, a frame has a line for each of the screen's, and none is longer.
  @Test(arguments: Noise.seeds)
  func aFrameFits(seed: UInt64) throws {
    var noise = Noise(seed: seed)
    for _ in 0..<200 {
      let line = noise.pick(["-Ln", "-Ln --stats", "-Ln --thresholds", "-Ln --tun-info", "-Ln --rate -X"])
      let tables = [Table.random(&noise), Table.random(&noise)]
      let rates = Self.rates([(0, tables[0]), (1999, tables[1])])
      let sheets = try tables.map { try Self.sheet($0, line, rates) }
      let (height, width): (Int, Int) = noise.pick([
        (10, 40), (60, 200), (1, 1), (noise.number(1...70), noise.number(1...250)),
      ])
      let frame = Screen(height: height, width: width)
        .frame(
          sheets[1], since: noise.once(in: 5) ? nil : sheets[0], from: noise.number(0...90),
          status: "12:00  q")
      let shown = ShownScreen(frame, width: width)
      #expect(shown.lines.count == height, "seed \(seed)")
      #expect(!shown.isTooWide, "seed \(seed): \(width)")
      for (index, line) in shown.lines.dropLast().enumerated() where !line.isEmpty {
        let isReversed = shown.reversed[index]?.isEmpty == false
        let isMarked = line.first != " "
        // What has changed may be beyond the edge of the screen.
        #expect(isReversed == isMarked || isMarked && width < 160, "seed \(seed): \(line)")
      }
    }
  }
}

/// What a terminal shows of a frame.
private struct ShownScreen {
  /// The lines, without the blanks at their ends.
  private(set) var lines: [String] = []
  /// The parts of lines that are reversed.
  private(set) var reversed: [Int: [Range<Int>]] = [:]
  private(set) var isTooWide = false

  init(_ frame: Text, width: Int) {
    var rest = frame.string[...]
    if !rest.hasPrefix("\u{1b}[H") { Issue.record("the frame does not begin at home") }
    rest = rest.dropFirst(3)
    // A newline after a carriage return is one character with it.
    for (number, line) in rest.split(separator: "\r\n", omittingEmptySubsequences: false).enumerated() {
      var text = ""
      var start: Int?
      var rest = line
      while let character = rest.first {
        if rest.hasPrefix("\u{1b}[7m") {
          start = text.count
          rest = rest.dropFirst(4)
        } else if rest.hasPrefix("\u{1b}[m") {
          if let start { reversed[number, default: []].append(start..<text.count) }
          start = nil
          rest = rest.dropFirst(3)
        } else if rest.hasPrefix("\u{1b}[K") {
          // In the last column it would erase what is there.
          if text.count >= width { isTooWide = true }
          rest = rest.dropFirst(3)
        } else {
          if character.asciiValue.map({ $0 < 0x20 || $0 > 0x7e }) ?? true {
            Issue.record("\(character.debugDescription) in \(line)")
          }
          text.append(character)
          rest = rest.dropFirst()
        }
      }
      if text.count > width { isTooWide = true }
      while text.last == " " { text.removeLast() }
      lines.append(text)
    }
  }
}
