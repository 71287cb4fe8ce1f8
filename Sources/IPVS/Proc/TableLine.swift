// SPDX-License-Identifier: Apache-2.0

extension KernelInfo {
  /// What the first line of `/proc/net/ip_vs` says, `IP Virtual Server version 1.2.1 (size=4096)`, or nil if it is
  /// another line.
  init?(line: ArraySlice<UInt8>) {
    let numbers = line.split { !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard line.starts(with: "IP Virtual Server version ".utf8), numbers.count == 4,
      let major = UInt8(decimal: numbers[0]), let minor = UInt8(decimal: numbers[1]),
      let patch = UInt8(decimal: numbers[2]), let size = UInt32(decimal: numbers[3])
    else { return nil }
    self.init(version: UInt32(major) << 16 | UInt32(minor) << 8 | UInt32(patch), tableSize: size)
  }
}

extension Service.ID {
  /// The identity as the file has it. There, every mark appears as one of IPv4.
  var inTheFile: Service.ID {
    if case .mark(let mark, _) = self { .mark(mark) } else { self }
  }
}

extension Service {
  /// The service in a line of `/proc/net/ip_vs`, or nil if it has none:
  /// `TCP  0A000064:0050 rr ops persistent 360 FFFFFFFF`, `FWM  00000001 wlc`, numbers in hex except the seconds.
  init?(line: ArraySlice<UInt8>) {
    var rest = line
    let kind = rest.field()
    let name = rest.field()
    let id: ID
    if let transport = Name(bytes: kind).flatMap({ TransportProtocol(name: $0) }) {
      guard let endpoint = Endpoint(hex: name) else { return nil }
      id = .endpoint(transport, endpoint)
    } else {
      guard kind.elementsEqual("FWM".utf8), name.count == 8, let mark = UInt32(hex: name) else { return nil }
      id = .mark(mark)
    }
    guard let scheduler = Name(bytes: rest.field()), !scheduler.isEmpty else { return nil }
    self.init(id, scheduler: scheduler)
    var word = rest.field()
    if word.elementsEqual("ops".utf8) {
      settings.flags = .onePacket
      word = rest.field()
    }
    if word.elementsEqual("persistent".utf8) {
      guard let ticks = UInt32(decimal: rest.field()), let mask = UInt32(hex: rest.field()) else {
        return nil
      }
      settings.persistence = ticks / Clock.ticksPerSecond
      // The kernel prints the length of a prefix there like the first part of an address.
      let isPrefix = id.endpoint == nil && mask & 0xff_ffff == 0
      if id.family == .ipv4, !isPrefix { settings.netmask = Netmask(mask, .ipv4) }
    }
  }
}

extension DestinationStatus {
  /// The server in a line of `/proc/net/ip_vs`, or nil if it has none:
  /// `  -> 0A01000B:0050      Masq    1      0          0`, numbers in decimal except the address.
  init?(line: ArraySlice<UInt8>) {
    var rest = line
    guard rest.field().elementsEqual("->".utf8), let endpoint = Endpoint(hex: rest.field()),
      let forwarding = Name(bytes: rest.field()).flatMap({ Forwarding(name: $0) }),
      let weight = Int32(decimal: rest.field()), let active = UInt32(decimal: rest.field()),
      let inactive = UInt32(decimal: rest.field())
    else { return nil }
    self.init(
      Destination(endpoint, forwarding: forwarding, weight: weight), activeConnections: active,
      inactiveConnections: inactive)
  }
}

extension Forwarding {
  /// The method that the kernel prints with this name.
  fileprivate init?(name: Name) {
    switch name {
    case "Masq": self = .masquerade
    case "Local": self = .local
    case "Tunnel": self = .tunnel(.ipip)
    case "Route": self = .direct
    case "Bypass": self = .bypass
    default: return nil
    }
  }
}

extension Endpoint {
  /// An endpoint as `/proc/net/ip_vs` prints it: `0A000064:0050`, or the eight groups of IPv6 in brackets.
  fileprivate init?(hex text: ArraySlice<UInt8>) {
    guard text.count > 5, text[text.endIndex - 5] == UInt8(ascii: ":") else { return nil }
    let address = text.dropLast(5)
    let isBracketed = address.first == UInt8(ascii: "[") && address.last == UInt8(ascii: "]")
    self.init(hex: isBracketed ? address.dropFirst().dropLast() : address, text.suffix(4))
  }
}
