// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import IPVS

/// Held by the one program that applies rules in a network namespace: a name that the kernel gives to one process, and
/// takes back when that process ends.
enum NamespaceLock {
  private static let name: StaticString = "ipvsadm-apply"
  /// How often nobody may answer by the name, 10 milliseconds apart.
  private static let patience = 500

  /// Waits until no other program has the lock, and takes it. It is held until the process ends. Calls `tell` once
  /// before it waits.
  static func take(orWaitAfter tell: () -> Void) throws(Complaint) {
    var (isTold, silences) = (false, 0)
    let name = unsafe UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)
    while true {
      let listener = unsafe clinux_listen(name)
      if listener >= 0 { return }
      guard listener == -EADDRINUSE else { throw Messages.noLock(ErrorNumber(rawValue: -listener)) }
      if !isTold { tell() }
      isTold = true
      let owner = unsafe clinux_outlast(name)
      switch owner {
      // It ended meanwhile, or does not listen yet; or another program, of any user, has the name.
      case -ECONNREFUSED, -EAGAIN, -EINTR:
        silences += 1
        if silences > patience { throw Messages.silentLock }
        _ = clinux_rest(10)
      case ..<0: throw Messages.noLock(ErrorNumber(rawValue: -owner))
      case 0, Int32(bitPattern: geteuid()): silences = 0
      default: throw Messages.foreignLock(user: owner)
      }
    }
  }
}
