// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import IPVS

/// The clients that persistence binds to servers of weight 0.
enum QuiescentClients {
  private static let path: StaticString = "/proc/sys/net/ipv4/vs/expire_quiescent_template"

  /// Whether they come to their servers again: not if `expire_quiescent_template` is set, though the kernel still counts
  /// them.
  static var comeBack: Bool {
    let path = unsafe UnsafeRawPointer(path.utf8Start).assumingMemoryBound(to: CChar.self)
    let file = unsafe clinux_open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return true }
    defer { close(file) }
    var value: [UInt8] = []
    guard (try? value.append(upTo: 16, from: file)) != nil else { return true }
    return value.first == UInt8(ascii: "0")
  }
}
