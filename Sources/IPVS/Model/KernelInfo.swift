// SPDX-License-Identifier: Apache-2.0

/// What the kernel says of its IPVS: `IPVS_CMD_GET_INFO`.
public struct KernelInfo: Sendable, Hashable {
  /// The version of the interface, a byte each for major, minor and patch: `IPVS_INFO_ATTR_VERSION`.
  public var version: UInt32
  /// The number of rows of the connection table: `IPVS_INFO_ATTR_CONN_TAB_SIZE`.
  public var tableSize: UInt32

  /// Information from its parts.
  public init(version: UInt32, tableSize: UInt32) {
    self.version = version
    self.tableSize = tableSize
  }
}
