// SPDX-License-Identifier: Apache-2.0

@testable internal import IPVS
@testable internal import IPVSAdmin

/// Words that people, resolvers and other programs give.
enum Words {
  /// Addresses, hosts with ports, networks and numbers.
  static func values(_ bytes: [UInt8]) -> String? {
    let text = Text(bytes)
    if let address = Address(bytes: bytes[...]), Address(bytes: Text("\(address)").bytes[...]) != address {
      return "\(address) is another one when read again"
    }
    if let number = Int64(decimal: text), Int64(decimal: "\(number)") != number {
      return "\(number) is another"
    }
    _ = UInt16(decimal: text)
    _ = HostPrefix(text)
    guard let host = HostPort(text), case .address(let address) = host.host else { return nil }
    guard case .number(let port)? = host.port else { return nil }
    let endpoint = Endpoint(address, port: port)
    return HostPort("\(endpoint)") == host ? nil : "\(endpoint) is another one when read again"
  }

  /// A word that nothing understands.
  static func hint(_ bytes: [UInt8]) -> String? {
    let word = Text(bytes)
    _ = Hint.misuse(.noCommand, in: [word])
    _ = Hint.misuse(.notUnderstood(word, -11), in: [word])
    _ = Hint.misuse(.service(word), in: [word])
    return nil
  }

  /// A host's name and a port's, with a newline between them, as the system gives them: what is saved with them is
  /// read again.
  static func names(_ bytes: [UInt8]) -> String? {
    let parts = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
    let host = unsafe Text(parts[0]).withCString { unsafe Text(hostName: $0) }
    let port = unsafe Text(parts.dropFirst().first ?? []).withCString { unsafe Text(portName: $0) }
    var table = NameTable()
    table.hosts["10.0.0.100"] = host
    table.ports[NameTable.Port(number: 80, transport: .tcp)] = port
    var text = Text()
    RuleWriter(names: table).add(.deleteService(.tcp("10.0.0.100:80")), to: &text)
    var reader = RuleReader(text.bytes)
    guard let words = reader.next()?.words,
      case .edit(.deleteService(.endpoint(.tcp, let read)))? = try? CommandParser.parse(words)
    else { return "\(text.string) is not read" }
    if let host, read.host != .name(host) { return "the host of \(text.string) is \(read.host)" }
    if let port, read.port != .name(port) {
      return "the port of \(text.string) is \(read.port, default: "none")"
    }
    return nil
  }

  /// What nft, iptables and tc print, with a zero between them.
  static func firewall(_ bytes: [UInt8]) -> String? {
    let parts = bytes.split(separator: 0, maxSplits: 2, omittingEmptySubsequences: false).map { Array($0) }
    let rules = FirewallRules(
      nft: parts[0], iptables: parts.count > 1 ? parts[1] : [], filters: parts.count > 2 ? parts[2] : [])
    _ = (rules.set(1), rules.acceptance(of: "10.1.0.11"))
    _ = rules.translateSources(of: [
      ServerPacket(destination: "10.1.0.11:80", transport: .tcp, output: "eth1"),
      ServerPacket(destination: "[fd00::1]:0", transport: nil, output: nil),
    ])
    return nil
  }

  /// Text from outside, as it is printed.
  static func printed(_ bytes: [UInt8]) -> String? {
    let text = Text(bytes)
    let safe = text.withoutControls
    if safe.hasControls { return "a control character is left" }
    if !text.hasControls, safe != text { return "text without control characters changes" }
    if safe.withoutControls != safe { return "safe text changes" }
    var keys = Keys()
    for byte in bytes { _ = keys.take(byte) }
    return nil
  }

  /// What is wrong with a report as it is printed.
  static func printed(_ report: Report) -> String? {
    var query = ListQuery()
    for format in [.classic, .json] as [ListQuery.Format] {
      query.format = format
      var text = Text()
      Format.add(report, of: query, names: NameTable(), to: &text)
      if format == .json, String(validating: text.bytes, as: UTF8.self) == nil {
        return "JSON that is not UTF-8"
      }
    }
    return nil
  }
}
