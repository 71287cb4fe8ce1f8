// SPDX-License-Identifier: Apache-2.0

import IPVS
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
    ("-A PREROUTING -j MARK --set-mark 9", [9]),
    ("-A PREROUTING -p tcp -j TPROXY --on-port 80 --on-ip 0.0.0.0 --tproxy-mark 0x9/0xffffffff", [9]),
    // What --or-mark, --xor-mark and --and-mark become leaves bits as they are.
    ("-A PREROUTING -j MARK --set-xmark 0x10/0x10", all), ("-A PREROUTING -j MARK --set-xmark 0x5/0x0", all),
    ("-A PREROUTING -j MARK --set-xmark 0x0/0xffffff00", all),
    ("-A PREROUTING -j TPROXY --on-port 80 --on-ip 0.0.0.0 --tproxy-mark 0x1/0x1", all),
    ("-A PREROUTING -j CONNMARK --restore-mark --nfmask 0xffffffff --ctmask 0xffffffff", all),
    ("-A INPUT -m mark --mark 0x9 -j ACCEPT", []), ("-A INPUT -j ACCEPT", []),
  ]

  static let filters: [(String, Set<UInt32>)] = [
    ("filter parent ffff: protocol ip pref 1 flower\n\taction order 1:  skbedit  mark 9 pipe", [9]),
    ("action order 1:  skbedit  mark 0x9/0xff pipe", all),
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

  /// Packets to a server of a service of TCP, and to one of a mark.
  private static let packets = [
    ServerPacket(destination: "10.1.0.2:8080", transport: .tcp, output: "inside"),
    ServerPacket(destination: "10.2.0.2:0", transport: nil, output: nil),
  ]

  @Test(arguments: [
    "-A POSTROUTING -d 10.1.0.0/24 -j SNAT --to-source 10.1.0.1", "-A POSTROUTING -o inside -j MASQUERADE",
    "-A POSTROUTING ! -o outside -j MASQUERADE", "-A POSTROUTING ! -s 10.1.0.0/24 -j MASQUERADE",
    "-A POSTROUTING -d 10.1.0.2/32 -p tcp -m tcp --dport 8080 -j MASQUERADE",
    "-A POSTROUTING ! -d 10.3.0.0/16 ! -p udp -o in+ -j MASQUERADE --random",
    "oifname \"inside\" masquerade", "oifname != \"outside\" snat to 10.1.0.1", "masquerade",
    "oif \"inside\" counter packets 0 bytes 0 masquerade", "oifname { \"outside\", \"inside\" } masquerade",
    "meta l4proto 6 oifname \"in*\" masquerade", "meta l4proto { 6, 17 } th dport { 80, 8080 } masquerade",
    "ip daddr 10.1.0.0/24 tcp dport 8080 snat to 10.1.0.1",
    "ip saddr != 10.1.0.0/24 ip protocol 6 masquerade",
  ])
  func translatesClients(rule: String) {
    #expect(Self.rules(nft: rule).translateSources(of: Self.packets))
    #expect(Self.rules(iptables: rule).translateSources(of: Self.packets))
  }

  @Test(arguments: [
    "-A POSTROUTING -s 10.1.0.0/24 -o outside -j MASQUERADE", "-A POSTROUTING -o outside -j MASQUERADE",
    "-A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE", "oifname \"outside\" masquerade",
    "ip saddr 10.1.0.0/24 masquerade", "-A POSTROUTING -j ACCEPT", "dnat to 10.0.0.1",
    "-j DNAT --to-destination 10.0.0.1", "chain masquerades {",
    "-A POSTROUTING -d 10.9.0.0/24 -j MASQUERADE", "-A POSTROUTING ! -d 10.0.0.0/8 -j MASQUERADE",
    "-A POSTROUTING -p udp -j MASQUERADE", "-A POSTROUTING -p tcp -m tcp --dport 80 -j MASQUERADE",
    "-A POSTROUTING ! -o inside -j MASQUERADE", "-A POSTROUTING -o out+ -j MASQUERADE",
    "oif \"outside\" masquerade", "oifname { \"outside\", \"dmz\" } masquerade", "udp dport 8080 masquerade",
    "oifname != { \"inside\", \"dmz\" } masquerade", "ip daddr { 10.9.0.0/24, 10.8.0.1 } masquerade",
    // Conditions that are not understood.
    "-A POSTROUTING -m mark --mark 0x4000/0x4000 -j MASQUERADE", "-A CUSTOM -j MASQUERADE",
    "-A POSTROUTING -m set --match-set inner dst -j MASQUERADE",
    "-A POSTROUTING -m set ! --match-set inner dst -j MASQUERADE",
    "-A POSTROUTING -d 10.0.0.2/255.0.0.255 -j MASQUERADE",
    "-A POSTROUTING -m comment --comment \"-j SNAT\" -j ACCEPT",
    "meta mark 0x00004000 masquerade", "ip daddr @inner masquerade", "ip daddr != @inner masquerade",
    "ip daddr & 0.0.0.255 == 0.0.0.2 masquerade", "tcp dport 8000-9000 masquerade",
    "tcp dport != 1-1023 masquerade",
    "iifname \"outside\" masquerade", "ip6 daddr != 2001:db8::/32 masquerade",
    "oifname { \"inside\", masquerade",
    "! masquerade", "oifname != masquerade", "oifname",
  ])
  func translatesOthers(rule: String) {
    #expect(!Self.rules(nft: rule).translateSources(of: Self.packets))
    #expect(!Self.rules(iptables: rule).translateSources(of: Self.packets))
  }

  @Test(arguments: [
    ("*filter\n:INPUT ACCEPT [0:0]\n:FORWARD DROP [1:60]", true),
    ("*filter\n:INPUT DROP [0:0]\n:FORWARD ACCEPT [1:60]", false), ("-A FORWARD -j DROP", false), ("", false),
  ])
  func iptablesDropsWhatIsForwarded(text: String, drops: Bool) {
    let rules = Self.rules(iptables: text)
    #expect(rules.acceptance(of: "10.1.0.2") == (drops ? "iptables -I FORWARD -s 10.1.0.2 -j ACCEPT" : nil))
    #expect(
      rules.acceptance(of: "2001:db8::2") == (drops ? "ip6tables -I FORWARD -s 2001:db8::2 -j ACCEPT" : nil))
  }

  /// A table and a chain of nftables, what the chain does, and what accepts the packets of 10.1.0.2 and 2001:db8::2.
  @Test(arguments: [
    ("inet", "fw", "c", "forward priority 0; policy drop;", true, true),
    ("ip", "fw", "FORWARD", "forward priority filter; policy drop;", true, false),
    ("ip6", "fw", "c", "forward priority 0; policy drop;", false, true),
    ("inet", "fw", "c", "forward priority 0; policy accept;", false, false),
    ("inet", "fw", "c", "input priority 0; policy drop;", false, false),
  ])
  func nftablesDropsWhatIsForwarded(
    family: String, table: String, chain: String, what: String, isFour: Bool, isSix: Bool
  ) {
    let rules = Self.rules(
      nft: "table \(family) \(table) {\n\tchain \(chain) {\n\t\ttype filter hook \(what)\n\t}\n}")
    let command = "nft insert rule \(family) \(table) \(chain)"
    let four = Text("\(command) ip saddr 10.1.0.2 accept".utf8)
    let six = Text("\(command) ip6 saddr 2001:db8::2 accept".utf8)
    #expect(rules.acceptance(of: "10.1.0.2") == (isFour ? four : nil))
    #expect(rules.acceptance(of: "2001:db8::2") == (isSix ? six : nil))
  }

  /// iptables-nft warns of others who change its tables.
  @Test func iptablesHasTablesOfNftables() {
    let rules = Self.rules(
      nft: "table ip filter {\n\tchain FORWARD {\n\t\ttype filter hook forward priority 0; policy drop;")
    #expect(rules.acceptance(of: "10.1.0.2") == "iptables -I FORWARD -s 10.1.0.2 -j ACCEPT")
    #expect(rules.acceptance(of: "2001:db8::2") == nil)
  }

  @Test(arguments: Noise.seeds)
  func anyBytesAreRules(seed: UInt64) {
    var noise = Noise(seed: seed)
    let words = [
      "meta", "mark", "set", "0x", "0x9", "9", "0xfffffffff", "/", "bpf", "--set-xmark", "\n", "-", "snat",
      "!", "!=", "{", "}", "-d", "oif", "10.1.0.0/", "dport", "forward", "hook", "policy", "table",
    ]
    for _ in 0..<500 {
      let text = (0..<Int.random(in: 0...12, using: &noise)).map { _ in
        noise.once(in: 4)
          ? String(decoding: [noise.number(0...255) as UInt8], as: UTF8.self) : noise.pick(words)
      }.joined(separator: noise.once(in: 3) ? "" : " ")
      let rules = Self.rules(nft: text, iptables: text, tc: text)
      _ = (Self.marks(rules), rules.translateSources(of: Self.packets), rules.acceptance(of: "10.1.0.2"))
    }
  }
}
