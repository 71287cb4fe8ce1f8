// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// The kernel's modules. None is loaded by asking.
enum Module {
  /// Whether one is loaded, or part of the kernel.
  static func isThere(_ name: StaticString) -> Bool {
    if SystemFile.exists("/sys/module/\(name)") { return true }
    guard let release = SystemFile.content("/proc/sys/kernel/osrelease")?.dropLast(),
      let list = SystemFile.content("/lib/modules/\(Text(release))/modules.builtin")
    else { return false }
    let file: Text = "/\(name).ko"
    return list.split(separator: UInt8(ascii: "\n")).contains {
      $0.suffix(file.bytes.count) == file.bytes[...]
    }
  }
}

extension SystemFile {
  static func content(_ path: Text) -> [UInt8]? { content(path.bytes) }
  static func exists(_ path: Text) -> Bool { exists(path.bytes) }
}
