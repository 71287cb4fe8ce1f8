// SPDX-License-Identifier: Apache-2.0

/// The clients that persistence binds to servers of weight 0.
package enum QuiescentClients {
  /// Whether they come to their servers again: not if `expire_quiescent_template` is set, though the kernel still counts
  /// them.
  package static var comeBack: Bool {
    var value: [UInt8] = []
    guard let file = try? FileDescriptor(reading: "/proc/sys/net/ipv4/vs/expire_quiescent_template"),
      (try? file.read(16, behind: &value)) == true
    else { return true }
    return value.first == UInt8(ascii: "0")
  }
}
