// SPDX-License-Identifier: Apache-2.0

/// What the kernel says of its IPVS: `IPVS_CMD_GET_INFO`.
public struct KernelInfo: Sendable, Hashable {
  /// The version of IPVS, a byte each for major, minor and patch, `0x010201` for 1.2.1:
  /// `IPVS_INFO_ATTR_VERSION`.
  public var version: UInt32
  /// The number of rows of the connection table's hash, which does not bound the connections; newer kernels
  /// may say 0. `IPVS_INFO_ATTR_CONN_TAB_SIZE`.
  public var tableSize: UInt32

  /// Information from its parts.
  public init(version: UInt32, tableSize: UInt32) {
    self.version = version
    self.tableSize = tableSize
  }
}
