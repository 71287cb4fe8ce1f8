// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import IPVS

/// The network namespace that the program works in.
enum NetworkNamespace {
  /// Enters one that `ip netns` has under a name, or that has a path, such as `/proc/1234/ns/net`. What the program opens,
  /// reads in /proc and looks up from then on is of that namespace; its files stay those of the host.
  static func enter(_ name: Text) throws(Complaint) {
    let path: Text = name.bytes.contains(UInt8(ascii: "/")) ? name : "/run/netns/\(name)"
    let error = unsafe path.withCString { unsafe clinux_enter_network($0) }
    if error < 0 { throw Messages.noNamespace(name, ErrorNumber(rawValue: -error)) }
  }
}
