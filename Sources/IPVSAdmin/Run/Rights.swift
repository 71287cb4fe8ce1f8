// SPDX-License-Identifier: Apache-2.0

internal import CLinux
internal import IPVS

/// What root may do that others may not: capabilities.
enum Rights {
  /// To read and change the table; and to bind low ports, which the kernel does for a sync daemon with the rights of who
  /// starts it.
  private static let network: UInt32 = 1 << CAP_NET_ADMIN | 1 << CAP_NET_BIND_SERVICE

  /// Gives up all rights of this thread but those of the network. Nothing that it starts has more.
  ///
  /// Where somebody else filters system calls, they have decided on its rights, and may kill it for giving up any.
  static func keepNetwork() {
    guard getauxval(UInt(AT_EUID)) == 0, let status = ThreadStatus(), !status.isFiltered else { return }
    clinux_keep_rights(status.capabilities & network)
  }
}
