// SPDX-License-Identifier: Apache-2.0

import TestNoise
import IPVS
import Testing

@testable import IPVSAdmin

/// Changes as rules: what a dry run prints.
@Suite struct ChangeRuleTests {
  private static func rule(_ change: Change) -> String {
    var text = Text()
    RuleWriter(names: NameTable()).add(change, to: &text)
    return text.string
  }

  static let rules: [(Change, String)] = [
    (.addService(Service(.mark(7), scheduler: "rr")), "-A -f 7 -s rr"),
    (.editService(Service(.tcp("1.2.3.4:80"), persistence: 5)), "-E -t 1.2.3.4:80 -s wlc -p 5"),
    (.deleteService(.mark(7, .ipv6)), "-D -f 7 -6"),
    (.deleteService(.sctp("[2001:db8::1]:9")), "-D --sctp-service [2001:db8::1]:9"),
    (
      .addDestination(Destination("10.0.0.1:80"), to: .udp("1.2.3.4:80")),
      "-a -u 1.2.3.4:80 -r 10.0.0.1:80 -g -w 1"
    ),
    (
      .editDestination(
        Destination("10.0.0.1:81", forwarding: .masquerade, weight: 0, upperThreshold: 5), of: .mark(1)),
      "-e -f 1 -r 10.0.0.1:81 -m -w 0 -x 5"
    ),
    (.deleteDestination("[::1]:80", from: .tcp("[::2]:80")), "-d -t [::2]:80 -r [::1]:80"),
    (.clear, "-C"), (.zero(.mark(1)), "-Z -f 1"), (.zeroAll, "-Z"),
    (.setTimeouts(Timeouts(tcp: 900, udp: 1)), "--set 900 0 1"), (.setTimeouts(Timeouts()), "--set 0 0 0"),
    (
      .startDaemon(SyncDaemon(.master, interface: "lo")),
      "--start-daemon master --mcast-interface lo --syncid 0"
    ),
    (
      .startDaemon(
        SyncDaemon(.backup, interface: "lo", syncID: 5, maximumLength: 9, group: "ff02::51", port: 8, ttl: 7)),
      "--start-daemon backup --mcast-interface lo --syncid 5 --sync-maxlen 9 --mcast-group ff02::51 --mcast-port 8 --mcast-ttl 7"
    ),
    (
      .startDaemon(SyncDaemon(.master, interface: "#0")),
      "--start-daemon master --mcast-interface=#0 --syncid 0"
    ),
    (
      .startDaemon(SyncDaemon(.master, interface: "ipvsadm")),
      "--start-daemon master --mcast-interface=ipvsadm --syncid 0"
    ),
    (
      .startDaemon(SyncDaemon(.master, interface: "")),
      "--start-daemon master --mcast-interface= --syncid 0"
    ),
    (.stopDaemon(.backup), "--stop-daemon backup"),
  ]

  @Test(arguments: rules)
  func ofChanges(change: Change, rule: String) throws {
    #expect(Self.rule(change) == rule + "\n")
    #expect(try Change(line: rule) == change)
  }

  /// What a dry run prints is read as the same changes.
  @Test(arguments: Noise.seeds)
  func changesThereAndBack(seed: UInt64) throws {
    var noise = Noise(seed: seed)
    for _ in 0..<100 {
      let (one, other) = (Table.random(&noise), Table.random(&noise))
      let edits = one.entries.flatMap { entry -> [Change] in
        [.editService(entry.service.service)]
          + entry.destinations.flatMap { status -> [Change] in
            [
              .editDestination(status.destination, of: entry.id),
              .deleteDestination(status.id, from: entry.id),
            ]
          }
      }
      let others: [Change] = [.setTimeouts(.random(&noise)), .startDaemon(.random(&noise))]
      for change in one.changes(to: other) + edits + others {
        let rule = Self.rule(change)
        #expect(try Change(line: String(rule.dropLast())) == change.typed, "seed \(seed): \(rule)")
        #expect(rule.hasSuffix("\n") && !rule.dropLast().contains("\n"), "seed \(seed): \(rule)")
      }
    }
  }
}

extension Change {
  /// The change as a rule can name it: two of the forwarding methods are the kernel's own.
  fileprivate var typed: Change {
    switch self {
    case .addDestination(var server, let id):
      server.settings.forwarding = server.settings.forwarding.typed
      return .addDestination(server, to: id)
    case .editDestination(var server, let id):
      server.settings.forwarding = server.settings.forwarding.typed
      return .editDestination(server, of: id)
    default: return self
    }
  }
}

extension Forwarding {
  fileprivate var typed: Forwarding { self == .local || self == .bypass ? .direct : self }
}

extension Timeouts {
  fileprivate static func random(_ noise: inout Noise) -> Timeouts {
    func one() -> UInt32? { noise.once(in: 3) ? nil : noise.number(1...Draft.month) }
    return Timeouts(tcp: one(), tcpFin: one(), udp: one())
  }
}

extension SyncDaemon {
  fileprivate static func random(_ noise: inout Noise) -> SyncDaemon {
    var daemon = SyncDaemon(
      noise.pick([.master, .backup]), interface: noise.pick(["lo", "eth0.7"]), syncID: noise.number(0...255))
    if noise.once(in: 2) { daemon.maximumLength = noise.number(1...65507) }
    if noise.once(in: 2) { daemon.group = noise.pick(["224.0.0.81", "ff02::51"]) }
    if noise.once(in: 2) { daemon.port = noise.number(1 ... .max) }
    if noise.once(in: 2) { daemon.ttl = noise.number(1 ... .max) }
    return daemon
  }
}
