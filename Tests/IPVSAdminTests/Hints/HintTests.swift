// SPDX-License-Identifier: Apache-2.0

import IPVS
import Testing

@testable import IPVSAdmin

/// The hints for a command line, which need no kernel.
@Suite struct HintTests {
  static let mistakes: [(String, String?)] = [
    ("-A -t x:y:z", nil), ("-A -t [1.2.3.4]", nil), ("-A -t [nonsense]", nil), ("-A -t []", nil),
    ("-A -t [", nil),
    ("-A -t 80", nil), ("-A -f 0", nil), ("word", nil), ("-q", nil), ("--nonsense", nil), ("-L -q", nil),
    ("-L --nonsense", nil), ("-", nil), ("--", nil), ("-t 1.2.3.4:80 -A", nil), ("-L --numeric=yes", nil),
    ("--lst", "--lst is no command, but --list is one"),
    ("add-service -t 1.2.3.4:80", "add-service is no command, but --add-service is one"),
    ("A -t 1.2.3.4:80", "A is no command, but -A is one"), ("q", nil),
    ("--ad-sevrer", "--ad-sevrer is no command, but --add-server is one"),
    ("--timeout", nil), ("--stat", nil),
    ("-L --stat", "there is no option --stat, but --stats"),
    ("-A -t 1.2.3.4:80 --schedular=rr", "there is no option --schedular=rr, but --scheduler"),
    ("-A -t 1.2.3.4:80 --tun_type gue", "there is no option --tun_type, but --tun-type"),
    ("-A -t 1.2.3.4:80 --Persist", "there is no option --Persist, but --persistent"),
    ("--aply", "--aply is no command, but --apply is one"),
    ("--apply --dryrun", "there is no option --dryrun, but --dry-run"),
    ("-A --tcp-service", nil), ("-L --numericx", "there is no option --numericx, but --numeric"),
    (
      "-A -t [fd00::1]",
      "an address in brackets is followed by a port: [fd00::1]:80; without one it goes without brackets"
    ),
    (
      "-a -t [fd00::1]:80 -r [fd01::1] -m",
      "an address in brackets is followed by a port: [fd01::1]:80; without one it goes without brackets"
    ),
    (
      "-e -t 10.0.0.1:80 -r [fd01::1]:80 -w 0",
      "-i makes the server a tunneled one, in edits too; where no method is given, -g is meant"
    ),
  ]

  @Test(arguments: mistakes)
  func ofMistakes(line: String, hint: String?) throws {
    let misuse = try #require(Misuse(line: line), "\(line) means something")
    #expect(Hint.misuse(misuse, in: Text.words(line))?.string == hint)
  }

  static let ports: [(String, String?)] = [
    ("-a -t 10.0.0.100:80 -r 10.1.0.11 -m", nil), ("-a -t 10.0.0.100:80 -r 10.1.0.11:9999 -m", nil),
    ("-a -t 10.0.0.100:80 -r 10.1.0.11:80 -g", nil), ("-a -t 10.0.0.100:80 -r 10.1.0.11", nil),
    ("-a -f 1 -r 10.1.0.11:9999 -g", nil), ("-d -t 10.0.0.100:80 -r 10.1.0.11:9999", nil),
    ("-A -t 10.0.0.100:80", nil),
    (
      "-a -t 10.0.0.100:80 -r 10.1.0.11:9999 -g",
      "10.1.0.11 is reached on the service's port 80, not on 9999; only -m changes ports"
    ),
    (
      "-e -t 10.0.0.100:80 -r 10.1.0.11:0 -i",
      "10.1.0.11 is reached on the service's port 80, not on 0; only -m changes ports"
    ),
    (
      "-a -t 10.0.0.100:0 -r 10.1.0.11:9999 -g",
      "10.1.0.11 is reached on the port that a client asks for, not on 9999; only -m changes ports"
    ),
    (
      "-e -t [fd00::1]:80 -r [fd01::1]:8080 -w 0",
      "fd01::1 is reached on the service's port 80, not on 8080; only -m changes ports"
    ),
  ]

  @Test(arguments: ports)
  func ofPortsThatAreReplaced(line: String, hint: String?) throws {
    let edit = try Edit(line: line)
    #expect(Hint.replacedPort(in: try edit.resolved(by: Resolver()), typed: edit)?.string == hint)
  }

  static let words: [(Service.ID, String)] = [
    (.tcp("10.0.0.1:80"), "TCP service 10.0.0.1:80"), (.udp("[::1]:53"), "UDP service [::1]:53"),
    (.sctp("10.0.0.1:9"), "SCTP service 10.0.0.1:9"), (.mark(.max), "mark 4294967295"),
    (.mark(1, .ipv6), "mark 1 (-6)"),
  ]

  @Test(arguments: words)
  func servicesByName(id: Service.ID, words: String) {
    #expect(Hint.words(id).string == words)
  }

  static let lists: [(Int, String)] = [
    (1, "1"), (2, "1, 2"), (4, "1, 2, 3, 4"), (5, "1, 2, 3, 4 and 1 more"), (104, "1, 2, 3, 4 and 100 more"),
  ]

  @Test(arguments: lists)
  func listOf(count: Int, text: String) {
    #expect(Hint.list((1...count).map { "\($0)" }).string == text)
  }
}
