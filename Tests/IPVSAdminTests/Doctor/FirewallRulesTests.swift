// SPDX-License-Identifier: Apache-2.0

import TestNoise
import Testing

@testable import IPVSAdmin

/// Which marks rules set, from what the tools of the firewall print.
@Suite struct FirewallRulesTests {
  private static func rules(nft: String = "", iptables: String = "", tc: String = "") -> FirewallRules {
    FirewallRules(nft: Array(nft.utf8), iptables: Array(iptables.utf8), filters: Array(tc.utf8))
  }

  /// A rule of each tool, and the marks among 1 to 20 that it may set.
  static let nftables: [(String, Set<UInt32>)] = [
    ("ip daddr 192.0.2.90 tcp dport { 80, 443 } meta mark set 0x00000009", [9]),
    ("meta mark set 9 accept", [9]),
    ("meta mark 0x9 accept", []),
    ("ct mark set 0x00000009", []),
    ("meta mark set 0x00000009 counter packets 0 bytes 0\n\t\tudp dport 53 meta mark set 10", [9, 10]),
    // Marks that do not stand in the rule.
    ("meta mark set ct mark", all), ("meta mark set tcp dport map { 80 : 0x1 }", all),
    ("meta mark set meta mark & 0xffffff00 | 0x00000009", all), ("tcp dport 80 accept", []), ("", []),
  ]

  static let iptables: [(String, Set<UInt32>)] = [
    ("-A PREROUTING -d 192.0.2.90/32 -p tcp -j MARK --set-xmark 0x9/0xffffffff", [9]),
    ("-A PREROUTING -j MARK --set-mark 9", [9]), ("-A PREROUTING -j MARK --or-mark 0x8", [8]),
    ("-A PREROUTING -j CONNMARK --restore-mark --nfmask 0xffffffff --ctmask 0xffffffff", all),
    ("-A INPUT -m mark --mark 0x9 -j ACCEPT", []), ("-A INPUT -j ACCEPT", []),
  ]

  static let filters: [(String, Set<UInt32>)] = [
    ("filter parent ffff: protocol ip pref 1 flower\n\taction order 1:  skbedit  mark 9 pipe", [9]),
    ("action order 1:  skbedit  mark 0x9/0xff pipe", [9]),
    // A filter can be a program.
    ("filter protocol all pref 49152 bpf chain 0 handle 0x1 prog.o direct-action", all),
    ("filter protocol ip pref 1 u32 chain 0", []),
  ]

  private static let range = 1...20 as ClosedRange<UInt32>
  private static let all = Set(range)

  private static func marks(_ rules: FirewallRules) -> Set<UInt32> { Set(range.filter { rules.set($0) }) }

  @Test(arguments: nftables)
  func marksOfNftables(text: String, marks: Set<UInt32>) {
    #expect(Self.marks(Self.rules(nft: text)) == marks)
    // Another tool has other words for it.
    #expect(Self.marks(Self.rules(iptables: text)) == [])
  }

  @Test(arguments: iptables)
  func marksOfIptables(text: String, marks: Set<UInt32>) {
    #expect(Self.marks(Self.rules(iptables: text)) == marks)
    #expect(Self.marks(Self.rules(nft: text)) == [])
  }

  @Test(arguments: filters)
  func marksOfFilters(text: String, marks: Set<UInt32>) {
    #expect(Self.marks(Self.rules(tc: text)) == marks)
  }

  @Test func marksOfAllTogether() {
    let rules = Self.rules(
      nft: "meta mark set 0x00000003", iptables: "--set-xmark 0x4/0xffffffff", tc: "skbedit mark 5")
    #expect(Self.marks(rules) == [3, 4, 5] && rules.isComplete)
    #expect(Self.rules(nft: "meta mark set 0xffffffff").set(.max))
    #expect(!Self.rules(nft: "meta mark set 0xffffffff").set(1))
  }

  @Test(arguments: [
    "-A POSTROUTING -d 10.1.0.0/24 -j SNAT --to-source 10.1.0.1", "-A POSTROUTING -o inside -j MASQUERADE",
    "-A POSTROUTING ! -o outside -j MASQUERADE", "-A POSTROUTING ! -s 10.1.0.0/24 -j MASQUERADE",
    "oifname \"inside\" masquerade", "oifname != \"outside\" snat to 10.1.0.1", "masquerade",
  ])
  func translatesClients(rule: String) {
    #expect(Self.rules(nft: rule).translateSources { $0 == "inside" })
    #expect(Self.rules(iptables: rule).translateSources { $0 == "inside" })
  }

  @Test(arguments: [
    "-A POSTROUTING -s 10.1.0.0/24 -o outside -j MASQUERADE", "-A POSTROUTING -o outside -j MASQUERADE",
    "-A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE", "oifname \"outside\" masquerade",
    "ip saddr 10.1.0.0/24 masquerade", "-A POSTROUTING -j ACCEPT", "dnat to 10.0.0.1",
    "-j DNAT --to-destination 10.0.0.1", "chain masquerades {",
  ])
  func translatesOthers(rule: String) {
    #expect(!Self.rules(nft: rule).translateSources { $0 == "inside" })
    #expect(!Self.rules(iptables: rule).translateSources { $0 == "inside" })
  }

  @Test(arguments: Noise.seeds)
  func anyBytesAreRules(seed: UInt64) {
    var noise = Noise(seed: seed)
    let words = [
      "meta", "mark", "set", "0x", "0x9", "9", "0xfffffffff", "/", "bpf", "--set-xmark", "\n", "-", "snat",
    ]
    for _ in 0..<500 {
      let text = (0..<Int.random(in: 0...12, using: &noise)).map { _ in
        noise.once(in: 4)
          ? String(decoding: [noise.number(0...255) as UInt8], as: UTF8.self) : noise.pick(words)
      }.joined(separator: noise.once(in: 3) ? "" : " ")
      let rules = Self.rules(nft: text, iptables: text, tc: text)
      _ = (Self.marks(rules), rules.translateSources { _ in true })
    }
  }
}
