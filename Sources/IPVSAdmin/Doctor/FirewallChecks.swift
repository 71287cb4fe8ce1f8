// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// Whether the firewall sets the marks of services, and what it does to the packets of NAT.
extension Examination {
  mutating func checkFirewall() {
    let marked = entries.filter { $0.id.endpoint == nil }
    let translated = entries.flatMap { entry in
      entry.destinations.filter { $0.destination.settings.forwarding == .masquerade }
        .map { (service: entry.id, server: $0.destination.endpoint) }
    }
    guard !marked.isEmpty || !translated.isEmpty else { return }
    let rules = FirewallRules(withFilters: !marked.isEmpty)
    firewall = rules
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
    guard !translated.isEmpty, conntrack.value == 0 else { return }
    let packets = translated.map { service, server in
      ServerPacket(
        destination: server, transport: service.transport,
        output: route(RouteQuery(to: server.address)).flatMap { interface($0.interface)?.name })
    }
    if rules.translateSources(of: packets) {
      find(
        .warning, "snat-without-conntrack", "firewall", "it has rules of SNAT, and \(conntrack.name) is 0",
        "these do not see the packets of IPVS, and servers see the clients' addresses",
        "sysctl -w \(conntrack.name)=1")
    }
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

  /// Whether packets that this machine forwards are dropped unless a rule takes them.
  var dropsForwarded: Bool {
    texts.contains { (lines, _) in
      lines.contains { words in
        words.have([":FORWARD", "DROP"])
          || words.have(["hook", "forward"]) && words.have(["policy", "drop;"])
      }
    }
  }
}

/// A client's packet on its way to a server, as a rule of SNAT sees it.
struct ServerPacket {
  let destination: Endpoint
  /// The protocol, or nil if it can be any.
  let transport: TransportProtocol?
  /// The interface by which it leaves, or nil if there is no way.
  let output: Name?

  fileprivate static let targets: [StaticString] = ["masquerade", "snat", "MASQUERADE", "SNAT"]

  /// What a value in a rule is compared with.
  private enum Property { case chain, source, address, port, transport, output, none }

  /// The words that stand before values.
  private static let properties: [(word: StaticString, property: Property)] = [
    ("-A", .chain), ("-s", .source), ("-d", .address), ("-o", .output), ("-p", .transport),
    ("-m", .transport), ("--dport", .port),
    ("saddr", .source), ("daddr", .address), ("oif", .output), ("oifname", .output), ("l4proto", .transport),
    ("protocol", .transport), ("dport", .port), ("packets", .none), ("bytes", .none),
  ]

  /// The words that say nothing by themselves.
  private static let fillers: [StaticString] = ["-j", "ip", "ip6", "meta", "th", "counter"]

  /// Whether a rule of SNAT is for the packet. It is not if it has a condition that is not understood.
  fileprivate func isTranslated(by words: [ArraySlice<UInt8>]) -> Bool {
    var rest = words[...]
    while var word = rest.popFirst() {
      if word.isAny(of: Self.targets) { return true }
      if word.isAny(of: Self.fillers) || has(.transport, word) == true { continue }
      var isOpposite = word.isAny(of: ["!"])
      if isOpposite { word = rest.popFirst() ?? [] }
      guard let property = Self.properties.first(where: { word.isAny(of: [$0.word]) })?.property else {
        return false
      }
      if rest.first?.isAny(of: ["!="]) == true {
        isOpposite = true
        rest.removeFirst()
      }
      let answers = Self.values(before: &rest).map { has(property, $0) }
      let holds = answers.contains(true) ? true : answers.contains(nil) ? nil : false
      guard let holds, holds != isOpposite else { return false }
    }
    return false
  }

  /// Takes a value, or those of a set, from the words of a rule.
  private static func values(before rest: inout ArraySlice<ArraySlice<UInt8>>) -> [ArraySlice<UInt8>] {
    let isSet = rest.first?.isAny(of: ["{"]) == true
    let values = isSet ? rest.prefix { !$0.isAny(of: ["}"]) } : rest.prefix(1)
    rest = rest.dropFirst(values.count + (isSet ? 1 : 0))
    return values.dropFirst(isSet ? 1 : 0).map { value in
      value.filter { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: ",") }[...]
    }
  }

  /// Whether the packet has such a property, or nil if that cannot be said.
  private func has(_ property: Property, _ value: ArraySlice<UInt8>) -> Bool? {
    switch property {
    case .none: return true
    case .chain: return value.isAny(of: ["POSTROUTING"])
    case .source: return false  // it may be of any client
    case .port: return destination.port == 0 ? nil : UInt16(decimal: value).map { $0 == destination.port }
    case .transport:
      return transport.map {
        UInt16(decimal: value) == $0.number || Name(bytes: value.map { $0 & ~0x20 }) == $0.name
      }
    case .output:
      let isPrefix = value.last == UInt8(ascii: "+") || value.last == UInt8(ascii: "*")
      return output.map { name in
        isPrefix ? Text("\(name)").bytes.starts(with: value.dropLast()) : Name(bytes: value) == name
      }
    case .address:
      let parts = value.split(separator: UInt8(ascii: "/"))
      guard let first = parts.first, let network = Address(bytes: first),
        network.family == destination.address.family,
        let length = parts.count == 1 ? network.bitCount : UInt8(decimal: parts[1])
      else { return nil }
      return destination.address.prefix(length) == network.prefix(length)
    }
  }
}

extension ArraySlice<UInt8> {
  /// What stands between blanks.
  fileprivate var words: [ArraySlice<UInt8>] { split(whereSeparator: { $0 <= UInt8(ascii: " ") }) }

  fileprivate func isAny(of texts: [StaticString]) -> Bool { texts.contains { elementsEqual($0.bytes) } }

  /// The number of a mark, in decimal or in hex, unless a mask behind it leaves bits as they are.
  fileprivate var mark: UInt32? {
    let digits = prefix { $0 != UInt8(ascii: "/") }
    if digits.count < count, suffix(from: digits.endIndex + 1).mark != .max { return nil }
    guard digits.starts(with: [UInt8(ascii: "0"), UInt8(ascii: "x")]) else { return UInt32(decimal: digits) }
    let hex = Array(digits.dropFirst(2))
    return hex.withCursor(over: hex.indices) { cursor in
      hex.count <= 8 ? cursor.hex(digits: hex.count) : nil
    }
  }
}

extension [ArraySlice<UInt8>] {
  /// Whether words stand somewhere side by side.
  fileprivate func have(_ words: [StaticString]) -> Bool {
    indices.contains { self[...$0].ends(with: words) }
  }
}

extension ArraySlice<ArraySlice<UInt8>> {
  fileprivate func ends(with words: [StaticString]) -> Bool {
    suffix(words.count).elementsEqual(words) { $0.elementsEqual($1.bytes) }
  }
}
