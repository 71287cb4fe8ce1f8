// SPDX-License-Identifier: Apache-2.0

internal import CLinux

/// A small file by which the kernel tells something.
package enum SystemFile {
  /// What is in it, or nil if there is none, or if it cannot be read.
  package static func content(_ path: [UInt8]) -> [UInt8]? {
    guard let file = try? FileDescriptor(reading: path) else { return nil }
    var bytes: [UInt8] = []
    do { while try file.read(64 * 1024, behind: &bytes) {} } catch { return nil }
    return bytes
  }

  /// Whether there is such a file, or the kernel does not tell.
  package static func exists(_ path: [UInt8]) -> Bool {
    unsafe path.withCString { unsafe access($0, F_OK) } == 0 || ![ENOENT, ENOTDIR].contains(clinux_errno())
  }
}
