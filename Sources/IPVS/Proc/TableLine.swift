// SPDX-License-Identifier: Apache-2.0

extension KernelInfo {
  /// What the first line of `/proc/net/ip_vs` says, `IP Virtual Server version 1.2.1 (size=4096)`, or nil if it is
  /// another line.
  init?(line: inout ByteCursor) {
    guard line.take("IP Virtual Server version "), let major = line.decimal(0...255), line.take("."),
      let minor = line.decimal(0...255), line.take("."), let patch = line.decimal(0...255),
      line.take(" (size="), let size = line.decimal(0 ... .max), line.take(")")
    else { return nil }
    self.init(version: major << 16 | minor << 8 | patch, tableSize: size)
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
  init?(line: inout ByteCursor) {
    let id: ID
    if line.take("FWM ") {
      guard let mark = line.hexField() else { return nil }
      id = .mark(mark)
    } else {
      guard let transport = Name(line.word()).flatMap({ TransportProtocol(name: $0) }),
        let endpoint = line.endpointField(":")
      else { return nil }
      id = .endpoint(transport, endpoint)
    }
    guard let scheduler = Name(line.word()), !scheduler.isEmpty else { return nil }
    self.init(id, scheduler: scheduler)
    line.skipBlanks()
    if line.take("ops") { settings.flags = .onePacket }
    line.skipBlanks()
    if line.take("persistent") {
      guard let ticks = line.decimalField(), let mask = line.hexField() else { return nil }
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
  init?(line: inout ByteCursor) {
    guard line.take("  -> "), let endpoint = line.endpointField(":"),
      let forwarding = Forwarding(line: &line),
      let weight = line.decimalField(0...UInt32(Int32.max)), let active = line.decimalField(),
      let inactive = line.decimalField()
    else { return nil }
    self.init(
      Destination(endpoint, forwarding: forwarding, weight: Int32(weight)), activeConnections: active,
      inactiveConnections: inactive)
  }
}

extension Forwarding {
  /// Takes the name that the kernel prints for a method.
  fileprivate init?(line: inout ByteCursor) {
    line.skipBlanks()
    if line.take("Masq ") {
      self = .masquerade
    } else if line.take("Route ") {
      self = .direct
    } else if line.take("Tunnel ") {
      self = .tunnel(.ipip)
    } else if line.take("Local ") {
      self = .local
    } else if line.take("Bypass ") {
      self = .bypass
    } else {
      return nil
    }
  }
}
