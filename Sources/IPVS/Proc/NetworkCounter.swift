// SPDX-License-Identifier: Apache-2.0

/// A counter of the calling thread's network namespace, as `nstat(8)` and `lnstat(8)` show it.
package enum NetworkCounter {
  /// Packets that were dropped because answers would take another way: `TcpExtIPReversePathFilter`.
  case reversePathFilter
  /// ICMP messages that were sent because nobody takes a packet: `IcmpOutDestUnreachs`.
  case unreachable
  /// Packets of protocols that nothing takes: `IpInUnknownProtos`.
  case unknownProtocols
  /// Packets from addresses that cannot be their source, of the whole machine: `in_martian_src`.
  case martianSources

  /// What it shows; 0 if the kernel does not have it.
  package var value: UInt64 {
    switch self {
    case .reversePathFilter:
      Self.named("IPReversePathFilter", behind: "TcpExt:", in: "/proc/thread-self/net/netstat")
    case .unreachable: Self.named("OutDestUnreachs", behind: "Icmp:", in: "/proc/thread-self/net/snmp")
    case .unknownProtocols:
      Self.named("InUnknownProtos", behind: "Ip:", in: "/proc/thread-self/net/snmp")
    case .martianSources: Self.sum("in_martian_src", in: "/proc/thread-self/net/stat/rt_cache")
    }
  }

  /// A number below its name, where names and numbers are in lines that begin with the same word.
  static func named(_ name: StaticString, behind title: StaticString, in path: StaticString) -> UInt64 {
    guard var lines = try? LineReader(path) else { return 0 }
    while let line = (try? lines.next()) ?? nil {
      let place: Int? = lines.buffer.withCursor(over: line) { $0.take(title) ? $0.place(of: name) : nil }
      guard let place, let numbers = (try? lines.next()) ?? nil else { continue }
      // The numbers are behind the title, too.
      return lines.buffer.withCursor(over: numbers) { $0.number(at: place + 1) } ?? 0
    }
    return 0
  }

  /// The sum of the numbers in hex below a name, a line for each processor.
  static func sum(_ name: StaticString, in path: StaticString) -> UInt64 {
    guard var lines = try? LineReader(path), let titles = (try? lines.next()) ?? nil,
      let place = lines.buffer.withCursor(over: titles, { $0.place(of: name) })
    else { return 0 }
    var sum: UInt64 = 0
    while let line = (try? lines.next()) ?? nil {
      sum &+= lines.buffer.withCursor(over: line) { $0.hexNumber(at: place) } ?? 0
    }
    return sum
  }
}

extension ByteCursor {
  /// Which of the words a name is, from 0 on.
  mutating func place(of name: StaticString) -> Int? {
    let wanted = name.bytes
    var place = 0
    while true {
      skipBlanks()
      if isAtEnd { return nil }
      if word().rest == wanted { return place }
      place += 1
    }
  }

  /// The number in decimal that is a word of the line, counted from 0 on.
  mutating func number(at place: Int) -> UInt64? {
    for _ in 0..<place { _ = word() }
    return UInt64(decimal: word().rest[...])
  }

  /// The number in hex that is a word of the line, counted from 0 on.
  mutating func hexNumber(at place: Int) -> UInt64? {
    for _ in 0..<place { _ = word() }
    return longHexField()
  }
}
