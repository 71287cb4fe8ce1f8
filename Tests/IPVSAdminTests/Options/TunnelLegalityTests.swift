// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import IPVSAdmin

/// Which options go with which tunnels.
@Suite struct TunnelLegalityTests {
  private static let conflict = "Tunnel options conflict with forward method"

  static let lines: [(String, String?)] = [
    ("-i", nil),
    ("-i --tun-type ipip", nil),
    ("-i --tun-port 1", "Illegal 'tun-port' option with the 'ipip' tunnel type"),
    ("-i --tun-nocsum", "Illegal 'tun-nocsum' option with the 'ipip' tunnel type"),
    ("-i --tun-csum", "Illegal 'tun-csum' option with the 'ipip' tunnel type"),
    ("-i --tun-remcsum --tun-type ipip", "Illegal 'tun-remcsum' option with the 'ipip' tunnel type"),
    ("-i --tun-type gue", "You need to supply the 'tun-port' option for the 'gue' tunnel type"),
    ("-i --tun-type gue --tun-port 1", nil),
    ("-i --tun-type gue --tun-port 1 --tun-nocsum", nil),
    ("-i --tun-type gue --tun-port 1 --tun-csum", nil),
    ("-i --tun-type gue --tun-port 1 --tun-remcsum", nil),
    (
      "-i --tun-type gue --tun-port 1 --tun-csum --tun-nocsum",
      "The option 'tun-csum' conflicts with the 'tun-nocsum' option in the 'gue' tunnel type"
    ),
    (
      "-i --tun-type gue --tun-port 1 --tun-remcsum --tun-csum",
      "The option 'tun-remcsum' conflicts with the 'tun-csum' option in the 'gue' tunnel type"
    ),
    ("-i --tun-type gre", nil),
    ("-i --tun-type gre --tun-csum", nil),
    ("-i --tun-type gre --tun-nocsum", nil),
    ("-i --tun-type gre --tun-port 1", "Illegal 'tun-port' option with the 'gre' tunnel type"),
    ("-i --tun-type gre --tun-remcsum", "Illegal 'tun-remcsum' option with the 'gre' tunnel type"),
    (
      "-i --tun-type gre --tun-nocsum --tun-csum",
      "The option 'tun-csum' conflicts with the 'tun-nocsum' option in the 'gre' tunnel type"
    ),
    ("--tun-type ipip", conflict), ("-m --tun-port 1", conflict), ("-g --tun-nocsum", conflict),
    ("--tun-csum", conflict), ("-m --tun-remcsum", conflict),
    ("-i --tun-type geneve", "illegal tunnel type specified"),
    ("-i --tun-type=", "illegal tunnel type specified"),
  ]

  @Test(arguments: lines, ["-a", "-e"])
  func isSaid(line: (String, String?), command: String) {
    let words = "\(command) -t 1.2.3.4:80 -r 10.0.0.1 \(line.0)"
    #expect(Misuse(line: words)?.message == line.1, "\(words)")
  }
}
