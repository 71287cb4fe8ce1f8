// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// A client's packet on its way to a server, as a rule of SNAT sees it.
struct ServerPacket {
  let destination: Endpoint
  /// The protocol, or nil if it can be any.
  let transport: TransportProtocol?
  /// The interface by which it leaves, or nil if there is no way.
  let output: Name?

  static let targets: [StaticString] = ["masquerade", "snat", "MASQUERADE", "SNAT"]

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
  func isTranslated(by words: [ArraySlice<UInt8>]) -> Bool {
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
