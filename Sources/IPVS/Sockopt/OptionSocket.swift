// SPDX-License-Identifier: Apache-2.0

internal import CLinux

/// A socket through which the kernel takes and gives the structures of its older interface, open as long as the object
/// lives. Any socket of IPv4 serves.
final class OptionSocket {
  private let number: Int32

  init() throws(ErrorNumber) {
    number = socket(AF_INET, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    if number < 0 { throw .last }
  }

  deinit { close(number) }

  /// Gives the kernel the structures of a command, one of `IP_VS_SO_SET_*`.
  func set(_ command: Command) throws(ErrorNumber) {
    let length = socklen_t(command.bytes.count)
    while unsafe setsockopt(number, Self.level, Int32(command.option), command.bytes, length) != 0 {
      guard clinux_errno() == EINTR else { throw .last }
      // The daemon ended before it had begun.
      if command.option == clinux_so_stop_daemon { return }
    }
  }

  /// Has the kernel answer a query, one of `IP_VS_SO_GET_*`: it reads the bytes and writes over them.
  func get(_ option: Int, _ bytes: inout [UInt8]) throws(ErrorNumber) {
    var length = socklen_t(bytes.count)
    while unsafe getsockopt(number, Self.level, Int32(option), &bytes, &length) != 0 {
      guard clinux_errno() == EINTR else { throw .last }
    }
  }

  private static let level = Int32(IPPROTO_IP)
}

extension OptionSocket {
  /// What the kernel is told.
  struct Command {
    let option: Int
    var bytes: [UInt8] = []
  }
}
