// SPDX-License-Identifier: Apache-2.0

import IPVS
import TestNoise
import Testing

@testable import IPVSAdmin

/// What the doctor found, as lines and as a document.
@Suite struct FindingTests {
  private static let service = Service.ID.endpoint(.tcp, "10.0.0.100:80")

  static let findings: [(finding: Finding, line: String, json: [String: JSONValue])] = [
    (
      Finding(
        level: .error, check: "no-servers", subject: "TCP 10.0.0.100:80", problem: "it has no servers",
        effect: "clients are refused", command: "ipvsadm -D -t 10.0.0.100:80"),
      "error  TCP 10.0.0.100:80: it has no servers; clients are refused; ipvsadm -D -t 10.0.0.100:80",
      [
        "level": "error", "check": "no-servers", "subject": "TCP 10.0.0.100:80",
        "problem": "it has no servers", "effect": "clients are refused",
        "command": "ipvsadm -D -t 10.0.0.100:80",
      ]
    ),
    (
      Finding(
        level: .warning, check: "gateway", subject: "a", problem: "b", effect: "c", command: "d",
        host: "fd00::1"),
      "warning  a: b; c; on fd00::1: d",
      [
        "level": "warning", "check": "gateway", "subject": "a", "problem": "b", "effect": "c",
        "command": "d", "host": "fd00::1",
      ]
    ),
    (
      Finding(level: .ok, check: "server", subject: "a", problem: "it is reached by lan"),
      "ok  a: it is reached by lan",
      ["level": "ok", "check": "server", "subject": "a", "problem": "it is reached by lan"]
    ),
  ]

  private static func text(_ findings: [Finding], unseen: [Text] = [], asJSON: Bool)
    -> Text
  {
    var text = Text()
    Diagnosis(findings, unseen: unseen).add(asJSON: asJSON, to: &text)
    return text
  }

  @Test(arguments: findings.indices)
  func linesAndMembers(index: Int) throws {
    let (finding, line, json) = Self.findings[index]
    #expect(Self.text([finding], asJSON: false).string == line + "\n")
    let document = try JSONValue(Self.text([finding], asJSON: true))
    #expect(document == .object(["findings": .array([.object(json)]), "unseen": .array([])]))
  }

  @Test func severalAndWhatWasNotSeen() throws {
    let findings = Self.findings.map(\.finding)
    #expect(
      Self.text(findings, unseen: ["engines"], asJSON: false).string
        == Self.findings.map { $0.line + "\n" }.joined())
    let document = try JSONValue(Self.text(findings, unseen: ["engines", "\"b\""], asJSON: true))
    #expect(document["findings"] == .array(Self.findings.map { .object($0.json) }))
    #expect(document["unseen"] == .array(["engines", "\"b\""]))
    #expect(Self.text([], asJSON: false).isEmpty)
    #expect(Self.text([], asJSON: true).string == "{\"findings\":[],\"unseen\":[]}\n")
  }

  /// The kernel takes nearly any byte in the name of an interface.
  @Test(arguments: Noise.seeds)
  func anyFindingsAreADocument(seed: UInt64) throws {
    var noise = Noise(seed: seed)
    for _ in 0..<200 {
      func text(_ noise: inout Noise) -> Text {
        Text((0..<Int.random(in: 1...9, using: &noise)).map { _ in noise.number(1...255) })
      }
      let findings = (0..<Int.random(in: 0...3, using: &noise)).map { _ in
        Finding(
          level: noise.pick([.error, .warning, .ok]), check: "name", subject: text(&noise),
          problem: text(&noise), effect: noise.once(in: 2) ? Text() : text(&noise),
          command: noise.once(in: 2) ? Text() : text(&noise), host: noise.once(in: 2) ? nil : "10.0.0.1")
      }
      let document = try JSONValue(Self.text(findings, unseen: [text(&noise)], asJSON: true))
      #expect(document["findings"]?.elements.count == findings.count, "SEED=\(seed)")
      #expect(document["unseen"]?.elements.count == 1, "SEED=\(seed)")
    }
  }

  // MARK: - Names and commands

  @Test func subjects() {
    #expect(
      Text(naming: "[fd00::1]:80", of: .endpoint(.udp, "[fd00::100]:53"))
        == "UDP [fd00::100]:53 -> [fd00::1]:80")
  }

  static let commands: [(text: Text, line: String)] = [
    (.edit(service, "-s wrr"), "-E -t 10.0.0.100:80 --keep -s wrr"),
    (.edit("10.1.0.11:80", of: service, "-i"), "-e -t 10.0.0.100:80 -r 10.1.0.11:80 --keep -i"),
    (.edit("[fd00::1]:0", of: .mark(7, .ipv6), "-w 1"), "-e -f 7 -6 -r [fd00::1]:0 --keep -w 1"),
    (
      .command(.addDestination(Destination("10.1.0.11:80", forwarding: .masquerade, weight: 0), to: service)),
      "-a -t 10.0.0.100:80 -r 10.1.0.11:80 -m -w 0"
    ),
    (
      .command(.deleteDestination("10.1.0.11:80", from: .mark(7, .ipv4))), "-d -f 7 -r 10.1.0.11:80"
    ),
  ]

  /// Commands are command lines of the program.
  @Test(arguments: commands.indices)
  func commandsAreUnderstood(index: Int) throws {
    let (text, line) = Self.commands[index]
    #expect(text.string == "ipvsadm " + line)
    _ = try Command(line: line)
  }

  @Test func severalCommandsAreOneLine() {
    #expect(Text.all(["a", "b c"]) == "a && b c" && Text.all(["a"]) == "a")
  }

  static let words: [(Text, String)] = [
    ("lan", "lan"), ("eth0.5", "eth0.5"), ("a-b_c@d", "a-b_c@d"),
    ("net/ipv4/conf/a.b/x", "net/ipv4/conf/a.b/x"),
    ("a b", "'a b'"), ("$(reboot)", "'$(reboot)'"), ("a'b", #"'a'\''b'"#), ("a;b", "'a;b'"), ("a=b", "'a=b'"),
    ("~", "'~'"), ("*", "'*'"), ("#", "'#'"), ("\\", #"'\'"#), (Text([0xff]), "'\u{fffd}'"),
  ]

  @Test(arguments: words)
  func wordsAreQuoted(word: Text, quoted: String) {
    #expect(Text(quoting: word).string == quoted)
  }

  @Test func switchesHaveTheirNames() {
    #expect(Sysctl("net/ipv4/vs/conntrack").name == "net.ipv4.vs.conntrack")
    #expect(Sysctl(.ipv4, "lan", "rp_filter").name == "net.ipv4.conf.lan.rp_filter")
    #expect(Sysctl(.ipv6, "eth0.5", "forwarding").name == "net/ipv6/conf/eth0.5/forwarding")
  }

  // MARK: - Evidence

  /// Whether connections that wait are an error, a warning, or over.
  static let counts: [(Evidence.Count, Finding.Level?)] = [
    (.init(), nil),
    (.init(waiting: 1, lastWaiting: 5, lastRecent: .max), .error),
    (.init(waiting: 1, recent: 4, lastWaiting: 5, lastRecent: 6), .error),
    (.init(waiting: 1, recent: 4, lastWaiting: 5, lastRecent: 5), nil),
    (.init(waiting: 1, recent: 4, lastWaiting: 0, lastRecent: 5), nil),
    // A client goes away now and then.
    (.init(waiting: 1, recent: 20, lastWaiting: 5, lastRecent: 6), .error),
    (.init(waiting: 1, recent: 21, lastWaiting: 5, lastRecent: 6), nil),
    (.init(waiting: 10, recent: 201, lastWaiting: 5, lastRecent: 6), .warning),
    (.init(waiting: 1, recent: 1, lastWaiting: 5, lastRecent: 4), nil),
    (.init(waiting: 9, recent: 9, lastWaiting: 5, lastRecent: 0), nil),
    (.init(waiting: 10, recent: 10, lastWaiting: 5, lastRecent: 0), .warning),
    (.init(waiting: 10, recent: 11, lastWaiting: 5, lastRecent: 0), nil),
    (.init(recent: 10, lastWaiting: .max, lastRecent: 0), nil),
  ]

  @Test(arguments: counts.indices)
  func levelsOfEvidence(index: Int) {
    #expect(Self.counts[index].0.level == Self.counts[index].1)
  }
}
