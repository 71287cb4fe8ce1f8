// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// Whether the firewall sets the marks of services, and what it does to the packets of NAT.
extension Examination {
  mutating func checkFirewall() {
    let marked = entries.filter { $0.id.endpoint == nil }
    let translated = entries.flatMap { $0.destinations.map { $0.destination } }
      .filter { $0.settings.forwarding == .masquerade }
    guard !marked.isEmpty || !translated.isEmpty else { return }
    let rules = FirewallRules(withFilters: !marked.isEmpty)
    if !rules.isComplete { unseen.append("all rules of the firewall") }
    for entry in marked {
      guard rules.isComplete, case .mark(let mark, _) = entry.id, !rules.set(mark) else { continue }
      find(
        .error, "mark-unset", Text(naming: entry.id), "no rule of the firewall sets this mark",
        "no packets are for the service",
        """
        nft -- add table ip ipvs && nft -- add chain ip ipvs mark '{ type filter hook prerouting priority mangle; }' \
        && nft -- add rule ip ipvs mark ip daddr ADDRESS tcp dport PORT meta mark set \(mark)
        """)
    }
    let conntrack = Sysctl("net/ipv4/vs/conntrack")
    if !translated.isEmpty, conntrack.value == 0, rules.translateSources(by: { isWay($0, to: translated) }) {
      find(
        .warning, "snat-without-conntrack", "firewall", "it has rules of SNAT, and \(conntrack.name) is 0",
        "these do not see the packets of IPVS, and servers see the clients' addresses",
        "sysctl -w \(conntrack.name)=1")
    }
  }

  /// Whether an interface leads to one of the servers; those that this machine does not have might.
  private mutating func isWay(_ name: Text, to servers: [Destination]) -> Bool {
    guard let interface = interfaces.first(where: { "\($0.name)" == name }) else { return true }
    for server in servers where route(RouteQuery(to: server.endpoint.address))?.interface == interface.id {
      return true
    }
    return false
  }
}

/// The rules by which this machine marks and translates packets, as its tools print them.
struct FirewallRules {
  /// The words of each line of what a tool prints, and the words that stand before a mark that a rule sets.
  private var texts: [(lines: [[ArraySlice<UInt8>]], setters: [[StaticString]])] = []
  /// Whether all rules are among them.
  private(set) var isComplete = true

  /// What the tools of this machine print; with `withFilters` tc's filters are among it, which only set marks. They are
  /// not asked where that would load a module: without the module there are no rules.
  init(withFilters: Bool) {
    if Module.isThere("nf_tables") {
      add(Tool("nft", "-nn", "list", "ruleset").output(), Self.nftables)
      // nft does not print the values of these rules.
      add(Tool("iptables-nft-save").output() ?? [], Self.iptables)
      add(Tool("ip6tables-nft-save").output() ?? [], Self.iptables)
    }
    if Module.exists("/proc/thread-self/net/ip_tables_names") {
      add(Tool("iptables-legacy-save").output() ?? Tool("iptables-save").output(), Self.iptables)
    }
    if Module.exists("/proc/thread-self/net/ip6_tables_names") {
      add(Tool("ip6tables-legacy-save").output() ?? Tool("ip6tables-save").output(), Self.iptables)
    }
    if !withFilters { return }
    let queues = Tool("tc", "qdisc", "show").output()
    add(queues, [])
    for device in Self.devices(in: queues ?? []) {
      add(Tool(["tc", "filter", "show", "dev", device, "ingress"]).output(), Self.filters)
    }
  }

  /// The rules in what the tools would print.
  init(nft: [UInt8], iptables: [UInt8], filters: [UInt8]) {
    add(nft, Self.nftables)
    add(iptables, Self.iptables)
    add(filters, Self.filters)
  }

  private static let nftables: [[StaticString]] = [["meta", "mark", "set"]]
  private static let iptables: [[StaticString]] = [
    ["--set-xmark"], ["--set-mark"], ["--or-mark"], ["--restore-mark"],
  ]
  private static let filters: [[StaticString]] = [["mark"], ["bpf"]]

  private mutating func add(_ output: [UInt8]?, _ setters: [[StaticString]]) {
    guard let output else { return isComplete = false }
    texts.append((output.split(separator: UInt8(ascii: "\n")).map { $0.words }, setters))
  }

  /// The devices that have filters for what comes in.
  private static func devices(in queues: [UInt8]) -> [Text] {
    queues.split(separator: UInt8(ascii: "\n")).compactMap { line in
      let words = line.words.map { Text($0) }
      guard words.contains("clsact") || words.contains("ingress"), let place = words.firstIndex(of: "dev"),
        place + 1 < words.count
      else { return nil }
      return words[place + 1]
    }
  }

  /// Whether a rule sets a mark, or one that does not stand in the rule.
  func set(_ mark: UInt32) -> Bool {
    texts.contains { (lines, setters) in
      lines.contains { words in
        (0...words.count).contains { index in
          setters.contains { words[..<index].ends(with: $0) }
            && (index < words.count ? words[index].mark ?? mark : mark) == mark
        }
      }
    }
  }

  /// Whether a rule translates the sources of packets from anywhere, that leave by an interface which leads to a server.
  func translateSources(by isWay: (Text) -> Bool) -> Bool {
    let targets: [StaticString] = ["masquerade", "snat", "MASQUERADE", "SNAT"]
    return texts.contains { (lines, _) in
      lines.contains { words in
        guard words.contains(where: { word in targets.contains { word.elementsEqual($0.bytes) } }) else {
          return false
        }
        let rule = words.map { Text($0) }
        return rule.condition("-s", "saddr") == nil && rule.condition("-o", "oifname").map(isWay) ?? true
      }
    }
  }
}

extension [Text] {
  /// What stands in a rule behind one of two words, unless it is the opposite that the rule asks for.
  fileprivate func condition(_ first: Text, _ second: Text) -> Text? {
    guard let place = firstIndex(where: { $0 == first || $0 == second }), place + 1 < count,
      self[place + 1] != "!=", place == 0 || self[place - 1] != "!"
    else { return nil }
    return Text(self[place + 1].bytes.filter { $0 != UInt8(ascii: "\"") })
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
    suffix(words.count).elementsEqual(words) { $0.elementsEqual($1.bytes) }
  }
}
