// SPDX-License-Identifier: Apache-2.0

/// A switch of the kernel, as `sysctl(8)` has them: a file below `/proc/sys`.
package enum Switch {
  private static let root: StaticString = "/proc/sys/"

  /// Its value, from its path below `/proc/sys`; nil if there is no such switch, it is hidden, or no number.
  package static func value(_ path: [UInt8]) -> Int? {
    var text: [UInt8] = []
    guard let file = try? FileDescriptor(reading: Self.root.bytes + path),
      (try? file.read(64, behind: &text)) == true
    else { return nil }
    return text.split(whereSeparator: { $0 <= UInt8(ascii: " ") }).first.flatMap { Int(decimal: $0) }
  }
}
