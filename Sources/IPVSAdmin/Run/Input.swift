// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import IPVS

/// Standard input.
enum Input {
  private static let chunk = 64 * 1024
  private static let limit = 128 << 20

  /// Everything up to the end. A closed descriptor is an empty input, unless that `mustBeOpen`.
  static func readAll(mustBeOpen: Bool) throws(CommandError) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count <= limit {
      let kept = bytes.count
      bytes.append(contentsOf: repeatElement(0, count: chunk))
      let count = unsafe bytes.withUnsafeMutableBytes {
        unsafe read(STDIN_FILENO, $0.baseAddress.map { unsafe $0 + kept }, chunk)
      }
      bytes.removeSubrange((kept + max(0, count))...)
      if count == 0 || count < 0 && !mustBeOpen && SystemCall.error.rawValue == EBADF { return bytes }
      if count < 0, SystemCall.error.rawValue != EINTR {
        throw CommandError("cannot read the rules: \(SystemCall.error)", status: .failure)
      }
    }
    throw CommandError("the rules are longer than \(limit >> 20) MiB", status: .usage)
  }
}
