// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import IPVS

/// Standard input.
enum Input {
  private static let chunk = 64 * 1024
  private static let limit = 128 << 20

  /// Everything up to the end. A closed descriptor counts as empty input, unless it `mustBeOpen`.
  static func readAll(mustBeOpen: Bool) throws(Complaint) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count <= limit {
      let kept = bytes.count
      bytes.append(contentsOf: repeatElement(0, count: chunk))
      let count = unsafe bytes.withUnsafeMutableBytes {
        unsafe read(STDIN_FILENO, $0.baseAddress.map { unsafe $0 + kept }, chunk)
      }
      let error = ErrorNumber.last
      bytes.removeSubrange((kept + max(0, count))...)
      if count == 0 || count < 0 && !mustBeOpen && error.rawValue == EBADF { return bytes }
      if count < 0, error.rawValue != EINTR { throw Messages.unreadableRules(error) }
    }
    throw Messages.longRules(mebibytes: limit >> 20)
  }
}
