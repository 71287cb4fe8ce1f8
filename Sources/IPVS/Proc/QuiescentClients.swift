// SPDX-License-Identifier: Apache-2.0

/// The clients that persistence binds to servers of weight 0.
package enum QuiescentClients {
  /// Whether they come to their servers again: not if `expire_quiescent_template` is set, though the kernel still counts
  /// them.
  package static var comeBack: Bool {
    let path: StaticString = "/proc/sys/net/ipv4/vs/expire_quiescent_template"
    return SystemFile.content(path.bytes).map { $0.first == UInt8(ascii: "0") } ?? true
  }
}
