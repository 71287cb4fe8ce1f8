// SPDX-License-Identifier: Apache-2.0

import IPVS
import Testing

@testable import IPVSAdmin

/// What options accept, and the message for what they refuse: all values up to both limits.
@Suite struct ValueTests {
  struct Limit {
    /// A line with `%` in the place of the number.
    let line: String
    let least: UInt64
    let most: UInt64
    /// `%` is the number.
    let message: String

    init(_ line: String, _ least: UInt64, _ most: UInt64, _ message: String) {
      (self.line, self.least, self.most, self.message) = (line, least, most, message)
    }

    func line(_ value: String) -> String { line.replacing("%", with: value) }
    func message(_ value: String) -> String { message.replacing("%", with: value) }
  }

  private static let month: UInt64 = 31 * 24 * 60 * 60
  private static let timeout = "invalid timeout value `%' specified"

  static let limits = [
    Limit("-A -f %", 1, 0xffff_ffff, "invalid fwmark value `%' specified"),
    Limit("-A -f 1 --persistent=%", 1, month, timeout),
    Limit("-A -f 1 -p%", 1, month, timeout),
    Limit("--set % 0 0", 0, month, timeout), Limit("--set 0 % 0", 0, month, timeout),
    Limit("--set 0 0 %", 0, month, timeout),
    Limit("-a -f 1 -r 10.0.0.1 -w %", 0, 0x7fff_ffff, "illegal weight specified"),
    Limit("-a -f 1 -r 10.0.0.1 -x %", 0, 0x7fff_ffff, "illegal u_threshold specified"),
    Limit("-e -f 1 -r 10.0.0.1 -y %", 0, 0x7fff_ffff, "illegal l_threshold specified"),
    Limit("-a -f 1 -r 10.0.0.1 -i --tun-type gue --tun-port %", 1, 65535, "illegal tunnel port specified"),
    Limit("--start-daemon master --syncid %", 0, 255, "illegal syncid specified"),
    Limit("--start-daemon master --sync-maxlen %", 1, 65507, "illegal sync-maxlen specified"),
    Limit("--start-daemon master --mcast-port %", 1, 65535, "illegal mcast-port specified"),
    Limit("--start-daemon master --mcast-ttl %", 1, 255, "illegal mcast-ttl specified"),
    Limit("-L --watch=%", 1, 86400, "illegal watch interval specified"),
    Limit("-D -t 1.2.3.4:%", 0, 65535, "illegal virtual server address[:port] specified"),
    Limit("-d -f 1 -r 1.2.3.4:%", 0, 65535, "illegal real server address[:port] specified"),
  ]

  @Test(arguments: limits.indices)
  func limitsHold(index: Int) {
    let limit = Self.limits[index]
    for value in ["\(limit.least)", "\(limit.most)", "+\(limit.most)", "00\(limit.most)"] {
      #expect(Misuse(line: limit.line(value)) == nil, "\(limit.line(value))")
    }
    let below = limit.least == 0 ? "-1" : "\(limit.least - 1)"
    // A word of its own that begins with a dash is an option.
    let negative = limit.line.hasPrefix("--set") ? [] : [below, "-\(limit.most)"]
    for value in negative + ["\(limit.most + 1)"] {
      #expect(Misuse(line: limit.line(value))?.message == limit.message(value), "\(limit.line(value))")
    }
  }

  /// A port that is not a number can be a name.
  @Test(arguments: limits.indices.filter { !limits[$0].line.contains(":%") })
  func onlyNumbersAreNumbers(index: Int) {
    let limit = Self.limits[index]
    for value in ["x", "1x", "0x1", "1.5", "99999999999999999999"] {
      #expect(Misuse(line: limit.line(value))?.message == limit.message(value), "\(limit.line(value))")
    }
  }

  static let groups: [(String, String?)] = [
    ("224.0.0.81", nil), ("239.255.255.255", nil), ("ff02::81", nil), ("ff00::", nil),
    ("223.255.255.255", "invalid IPv4 mcast-group `223.255.255.255'"),
    ("240.0.0.0", "invalid IPv4 mcast-group `240.0.0.0'"), ("224.0.0", "invalid IPv4 mcast-group `224.0.0'"),
    ("name", "invalid IPv4 mcast-group `name'"), ("feff::1", "invalid IPv6 mcast-group `feff::1'"),
    ("ff02::x", "invalid IPv6 mcast-group `ff02::x'"), ("1:2", "invalid IPv6 mcast-group `1:2'"),
  ]

  @Test(arguments: groups)
  func isAGroup(group: String, message: String?) {
    #expect(Misuse(line: "--start-daemon master --mcast-group \(group)")?.message == message)
  }

  /// A service without a port is fine where it is persistent.
  static let ports: [(String, Bool)] = [
    ("-A -t 1.2.3.4", false), ("-A -t 1.2.3.4:0", false), ("-A -t ::1", false), ("-A -t 1.2.3.4 -p", true),
    ("-E -u 1.2.3.4:0 -p 9", true), ("-E -u 1.2.3.4:0", false), ("-A -f 1", true), ("-D -t 1.2.3.4", true),
    ("-a -t 1.2.3.4 -r 10.0.0.1", true),
  ]

  @Test(arguments: ports)
  func portsOfServices(line: String, isFine: Bool) {
    #expect(Misuse(line: line) == (isFine ? nil : .portZero))
  }

  static let onePacket: [(String, Bool)] = [
    ("-t 1.2.3.4:80", false), ("--sctp-service 1.2.3.4:80", false), ("-u 1.2.3.4:80", true), ("-f 1", true),
    ("-f 1 -6", true),
  ]

  @Test(arguments: onePacket)
  func onePacketIsForUDP(service: String, isFine: Bool) {
    #expect(Misuse(line: "-A \(service) -o") == (isFine ? nil : .onePacketWithoutUDP))
  }

  static let families: [(String, Bool)] = [
    ("-t 1.2.3.4:80 -r [::1]:80 -m", false), ("-t 1.2.3.4:80 -r [::1]:80", false),
    ("-t 1.2.3.4:80 -r [::1]:80 -i", true),
    ("-t [::1]:80 -r 1.2.3.4 -g", false), ("-t [::1]:80 -r 1.2.3.4 -i", true), ("-f 1 -r ::1", false),
    ("-f 1 -6 -r ::1", true), ("-r ::1 -f 1 -6", true), ("-6 -f 1 -r 1.2.3.4", false),
    // Only a look-up can tell.
    ("-t name:80 -r [::1]:80", true), ("-t 1.2.3.4:80 -r name", true),
  ]

  @Test(arguments: families)
  func familiesAreMixedByTunnelsOnly(words: String, isFine: Bool) {
    #expect(Misuse(line: "-a \(words)") == (isFine ? nil : .families))
    #expect(Misuse(line: "-d \(words)")?.message != Misuse.families.message)
  }
}
