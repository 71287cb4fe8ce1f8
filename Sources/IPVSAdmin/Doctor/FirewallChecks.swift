// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// Whether the firewall sets the marks of services, and what it does to the packets of NAT.
extension Examination {
  mutating func checkFirewall() {
    let marked = entries.filter { $0.id.endpoint == nil }
    let isMasquerading = entries.contains {
      $0.destinations.contains { $0.destination.settings.forwarding == .masquerade }
    }
    guard !marked.isEmpty || isMasquerading else { return }
    let rules = FirewallRules()
    guard rules.areKnown else {
      if !marked.isEmpty { unseen.append("the firewall's rules") }
      return
    }
    for entry in marked {
      guard case .mark(let mark, _) = entry.id, !rules.set(mark) else { continue }
      find(
        .error, "mark-unset", Text(naming: entry.id), "no rule of the firewall sets this mark",
        "no packets are for the service",
        """
        nft -- add table ip ipvs && nft -- add chain ip ipvs mark '{ type filter hook prerouting priority mangle; }' \
        && nft -- add rule ip ipvs mark ip daddr ADDRESS tcp dport PORT meta mark set \(mark)
        """)
    }
    let conntrack = Sysctl("net/ipv4/vs/conntrack")
    if isMasquerading, rules.translatesSources, conntrack.value == 0 {
      find(
        .warning, "snat-without-conntrack", "firewall", "it has rules of SNAT, and \(conntrack.name) is 0",
        "these do not see the packets of IPVS, and servers see the clients' addresses",
        "sysctl -w \(conntrack.name)=1")
    }
  }
}

/// The rules by which this machine marks and translates packets, as its tools print them.
private struct FirewallRules {
  /// The words of a tool's output, and the words that stand before a mark that a rule sets.
  private var texts: [(words: [ArraySlice<UInt8>], setters: [[StaticString]])] = []

  init() {
    add(Tool("nft", "-nn", "list", "ruleset"), [["mark", "set"]])
    add(Tool("iptables-save"), Self.iptables)
    add(Tool("ip6tables-save"), Self.iptables)
    guard let queues = Tool("tc", "qdisc", "show").output() else { return }
    for line in queues.split(separator: UInt8(ascii: "\n")) {
      let words = line.words
      guard words.contains(Self.word("clsact")) || words.contains(Self.word("ingress")),
        let place = words.firstIndex(of: Self.word("dev")), place + 1 < words.count
      else { continue }
      add(Tool(["tc", "filter", "show", "dev", Text(words[place + 1]), "ingress"]), [["mark"]])
    }
  }

  private static let iptables: [[StaticString]] = [
    ["--set-xmark"], ["--set-mark"], ["--or-mark"], ["--restore-mark"],
  ]

  private mutating func add(_ tool: Tool, _ setters: [[StaticString]]) {
    if let output = tool.output() { texts.append((output[...].words, setters)) }
  }

  private static func word(_ text: StaticString) -> ArraySlice<UInt8> { text.bytes[...] }

  /// Whether any tool told.
  var areKnown: Bool { !texts.isEmpty }

  /// Whether a rule sets a mark, or one that does not stand in the rule.
  func set(_ mark: UInt32) -> Bool {
    texts.contains { (words, setters) in
      // A filter of tc can be a program.
      words.contains(Self.word("bpf"))
        || words.indices.contains { index in
          setters.contains { words[..<index].ends(with: $0) } && words[index].mark ?? mark == mark
        }
    }
  }

  /// Whether a rule translates the sources of packets.
  var translatesSources: Bool {
    texts.contains { (words, _) in
      words.contains { word in
        ["masquerade", "snat", "MASQUERADE", "SNAT"].contains { (known: StaticString) in
          word == known.bytes[...]
        }
      }
    }
  }
}

extension ArraySlice<UInt8> {
  /// What stands between blanks.
  fileprivate var words: [ArraySlice<UInt8>] { split(whereSeparator: { $0 <= UInt8(ascii: " ") }) }

  /// The number of a mark, in decimal or in hex, perhaps with a mask behind it.
  fileprivate var mark: UInt32? {
    let digits = prefix { $0 != UInt8(ascii: "/") }
    guard digits.starts(with: [UInt8(ascii: "0"), UInt8(ascii: "x")]) else { return UInt32(decimal: digits) }
    let hex = Array(digits.dropFirst(2))
    return hex.withCursor(over: hex.indices) { cursor in
      hex.count <= 8 ? cursor.hex(digits: hex.count) : nil
    }
  }
}

extension ArraySlice<ArraySlice<UInt8>> {
  fileprivate func ends(with words: [StaticString]) -> Bool {
    suffix(words.count).elementsEqual(words) { $0 == $1.bytes[...] }
  }
}
