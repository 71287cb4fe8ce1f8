// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import IPVS

/// The system's names for hosts and ports. A resolver that is down keeps the program waiting once, not for every
/// name.
final class Resolver {
  private let lookup = Lookup()
  private var addresses: [Text: Address?] = [:]
  private var names: [Address: Text?] = [:]

  /// Looks up all hosts that are not known yet, at once.
  func learn(_ hosts: [Text]) {
    var seen: Set<Text> = []
    let unknown = hosts.filter { addresses[$0] == nil && seen.insert($0).inserted }
    let answers = lookup.answers(to: unknown.map { Lookup.Question.address(of: $0) })
    for (host, answer) in zip(unknown, answers) {
      if case .address(let address)? = answer {
        addresses[host] = .some(address)
      } else {
        addresses[host] = .some(nil)
      }
    }
  }

  /// A host's first IPv4 address, or if it has none its first IPv6 address; of a name in brackets the other way round.
  func address(of host: Text) -> Address? {
    learn([host])
    return addresses[host] ?? nil
  }

  /// The host names of addresses; nil for those that have none. Each address is looked up once.
  func names(of addresses: [Address]) -> [Text?] {
    let unknown = addresses.filter { names[$0] == nil }
    let answers = lookup.answers(to: unknown.map { Lookup.Question.name(of: $0) })
    for (address, answer) in zip(unknown, answers) {
      if case .name(let name)? = answer { names[address] = .some(name) } else { names[address] = .some(nil) }
    }
    return addresses.map { names[$0] ?? nil }
  }

  /// A service's port over a protocol.
  func port(named name: Text, _ transport: TransportProtocol) -> UInt16? {
    guard
      let entry = unsafe name.withCString({ name in
        unsafe transport.serviceName.withCString { unsafe getservbyname(name, $0) }
      })
    else { return nil }
    return UInt16(bigEndian: UInt16(truncatingIfNeeded: unsafe entry.pointee.s_port))
  }

  /// A port's name over a protocol.
  func name(of port: UInt16, _ transport: TransportProtocol) -> Text? {
    guard
      let entry = unsafe transport.serviceName.withCString({
        unsafe getservbyport(Int32(port.bigEndian), $0)
      })
    else { return nil }
    return unsafe Text(portName: entry.pointee.s_name)
  }
}

extension TransportProtocol {
  /// What `/etc/services` calls the protocol: its name in lower case.
  fileprivate var serviceName: Text {
    var text = Text()
    text.append(name)
    return Text(text.bytes.map { $0 | 0x20 })
  }
}

extension Text {
  /// The name that the system gave a host, or nil where it would break listings, or rules would read it as something
  /// else, such as an address.
  init?(hostName: UnsafePointer<CChar>) {
    unsafe self.init(cString: hostName)
    guard isOneWord, !isBracketed, bytes.first != UInt8(ascii: "#"),
      HostPort("\(self):1")?.host == .name(self)
    else { return nil }
  }

  /// The same for a port's name.
  init?(portName: UnsafePointer<CChar>) {
    unsafe self.init(cString: portName)
    guard isOneWord, HostPort("x:\(self)")?.port == .name(self) else { return nil }
  }

  private var isOneWord: Bool { !bytes.contains { $0 <= 0x20 || $0 == 0x7f } }
}
