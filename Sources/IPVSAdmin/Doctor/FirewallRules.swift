// SPDX-License-Identifier: Apache-2.0

internal import IPVS

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
    if SystemFile.exists("/proc/thread-self/net/ip_tables_names") {
      add(Tool("iptables-legacy-save").output() ?? Tool("iptables-save").output(), Self.iptables)
    }
    if SystemFile.exists("/proc/thread-self/net/ip6_tables_names") {
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
    ["--set-xmark"], ["--set-mark"], ["--tproxy-mark"], ["--restore-mark"],
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

  /// Whether a rule translates the sources of such packets, whoever the client is.
  func translateSources(of packets: [ServerPacket]) -> Bool {
    texts.contains { (lines, _) in
      lines.contains { words in
        words.contains { $0.isAny(of: ServerPacket.targets) }
          && packets.contains { $0.isTranslated(by: words) }
      }
    }
  }

  /// The command that accepts what comes from a server, if packets that this machine forwards are dropped unless a rule
  /// accepts them.
  func acceptance(of server: Address) -> Text? {
    let family: Text = server.family == .ipv4 ? "ip" : "ip6"
    let byIptables: Text = "\(family)tables -I FORWARD -s \(server) -j ACCEPT"
    for (lines, _) in texts {
      // The family and the name of nftables' table, and the name of the chain in it.
      var place: [Text] = []
      for words in lines {
        if words.have([":FORWARD", "DROP"]) { return byIptables }
        if words.first?.isAny(of: ["table"]) == true {
          place = words.dropFirst().prefix(2).map { Text($0) }
        } else if words.first?.isAny(of: ["chain"]) == true {
          place = place.prefix(2) + words.dropFirst().prefix(1).map { Text($0) }
        }
        guard words.have(["hook", "forward"]), words.have(["policy", "drop;"]), place.count == 3,
          place[0] == family || place[0] == "inet"
        else { continue }
        // iptables-nft does not want others to change its tables.
        if place == [family, "filter", "FORWARD"] { return byIptables }
        return "nft insert rule \(place[0]) \(place[1]) \(place[2]) \(family) saddr \(server) accept"
      }
    }
    return nil
  }
}
