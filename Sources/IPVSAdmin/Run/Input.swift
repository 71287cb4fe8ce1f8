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
      do {
        if try bytes.append(upTo: chunk, from: STDIN_FILENO) == 0 { return bytes }
      } catch {
        if !mustBeOpen, error.rawValue == EBADF { return bytes }
        throw Messages.unreadableRules(error)
      }
    }
    throw Messages.longRules(mebibytes: limit >> 20)
  }
}
