// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// A switch of the kernel, as `sysctl(8)` names it.
struct Sysctl {
  let path: Text

  init(_ path: Text) { self.path = path }

  /// A switch of an interface, or of `all` of them.
  init(_ family: AddressFamily, _ interface: Name, _ name: StaticString) {
    path = "net/\(family == .ipv4 ? "ipv4" : "ipv6" as StaticString)/conf/\(interface)/\(name)"
  }

  /// What it is set to, or nil if there is no such switch.
  var value: Int? {
    let words = SystemFile.content("/proc/sys/\(path)")?.split(whereSeparator: { $0 <= UInt8(ascii: " ") })
    return words?.first.flatMap { Int(decimal: $0) }
  }

  /// Its name: with dots, unless the name of an interface has others.
  var name: Text {
    if path.bytes.contains(UInt8(ascii: ".")) { return Text(quoting: path) }
    return Text(quoting: Text(path.bytes.map { $0 == UInt8(ascii: "/") ? UInt8(ascii: ".") : $0 }))
  }

  /// The greater of IPv4's values for an interface and for all: where either can switch it on.
  static func greatest(_ interface: Interface, _ name: StaticString) -> Int {
    max(Sysctl(.ipv4, "all", name).value ?? 0, Sysctl(.ipv4, interface.name, name).value ?? 0)
  }
}
