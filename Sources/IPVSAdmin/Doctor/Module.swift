// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import IPVS

/// The kernel's modules. None is loaded by asking.
enum Module {
  /// Whether one is loaded, or part of the kernel.
  static func isThere(_ name: StaticString) -> Bool {
    if exists("/sys/module/\(name)") { return true }
    guard let release = content("/proc/sys/kernel/osrelease")?.dropLast(),
      let list = content("/lib/modules/\(Text(release))/modules.builtin")
    else { return false }
    let file: Text = "/\(name).ko"
    return list.split(separator: UInt8(ascii: "\n")).contains {
      $0.suffix(file.bytes.count) == file.bytes[...]
    }
  }

  /// Whether there is a file.
  static func exists(_ path: Text) -> Bool { unsafe path.withCString { unsafe access($0, F_OK) } == 0 }

  private static func content(_ path: Text) -> [UInt8]? {
    let descriptor = unsafe path.withCString { unsafe clinux_open($0, O_RDONLY | O_CLOEXEC) }
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    while let count = try? bytes.append(upTo: 64 * 1024, from: descriptor), count > 0 {}
    return bytes
  }
}
