// SPDX-License-Identifier: Apache-2.0

import TestNoise
import CLinux
import Testing

@testable import IPVS

/// Lines of `/proc/net/tcp` and the files beside it.
@Suite struct ListenerTests {
  private static func has(_ line: [UInt8], _ endpoint: Endpoint, _ state: Int = TCP_LISTEN) -> Bool {
    line.withCursor(over: line.indices) { $0.hasSocket(in: state, for: endpoint) }
  }

  private static let rest = " 00000000:00000000 00:00000000 00000000     0        0 1 1 00 100 0 0 10 0"

  static let lines: [(line: String, endpoint: Endpoint, isMatch: Bool)] = [
    ("   0: 0100007F:1F90 00000000:0000 0A", "127.0.0.1:8080", true),
    ("   0: 0100007F:1F90 00000000:0000 0A", "127.0.0.1:8081", false),
    ("   0: 0100007F:1F90 00000000:0000 0A", "127.0.0.2:8080", false),
    ("   0: 0100007F:1F90 0200007F:0001 01", "127.0.0.1:8080", false),
    ("1000: 00000000:0050 00000000:0000 0A", "10.0.0.1:80", true),
    // IPv4 only.
    ("   1: 00000000:0050 00000000:0000 0A", "[::1]:80", false),
    (
      "   0: 00000000000000000000000000000000:0050 00000000000000000000000000000000:0000 0A", "[fd00::1]:80",
      true
    ),
    // IPv4, too.
    (
      "   0: 00000000000000000000000000000000:0050 00000000000000000000000000000000:0000 0A", "10.0.0.1:80",
      true
    ),
    (
      "   0: 000000FD000000000000000001000000:0050 00000000000000000000000000000000:0000 0A", "[fd00::1]:80",
      true
    ),
    (
      "   0: 000000FD000000000000000001000000:0050 00000000000000000000000000000000:0000 0A", "[fd00::2]:80",
      false
    ),
    // A socket of IPv6 with an address of IPv4.
    (
      "   0: 0000000000000000FFFF00000100000A:0050 00000000000000000000000000000000:0000 0A", "10.0.0.1:80",
      true
    ),
    (
      "   0: 0000000000000000FFFF00000000000A:0050 00000000000000000000000000000000:0000 0A", "10.0.0.1:80",
      false
    ),
    ("  sl  local_address rem_address   st tx_queue rx_queue tr", "0.0.0.0:0", false),
    ("", "0.0.0.0:0", false),
  ]

  @Test(arguments: lines.indices)
  func isWhatTakesTheEndpoint(index: Int) {
    let (line, endpoint, isMatch) = Self.lines[index]
    #expect(Self.has(Array((line + Self.rest).utf8), endpoint) == isMatch, "\(line)")
  }

  /// A socket of UDP that is not connected has another state.
  @Test func statesDiffer() {
    let line = Array("  10: 00000000:0035 00000000:0000 07".utf8)
    #expect(Self.has(line, "10.0.0.1:53", TCP_CLOSE) && !Self.has(line, "10.0.0.1:53"))
  }

  @Test func noise() {
    for trial in 0..<5000 as Range<UInt64> {
      var random = Noise(seed: Noise.seed &+ trial)
      let line = Array(random.pick(Self.lines).line.utf8)
      _ = Self.has(line.mutated(using: &random), "127.0.0.1:8080")
      #expect(!Self.has(.noise(using: &random), "127.0.0.1:8080"), "SEED=\(Noise.seed &+ trial)")
    }
  }
}
