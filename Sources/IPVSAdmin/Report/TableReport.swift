// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// What a listing of services found.
struct TableReport {
  /// What the kernel says of itself.
  var info: KernelInfo
  /// Whether the table is a whole one, and not one service.
  let isWhole: Bool
  var table: Table

  /// All services, or one, with their servers; an outline counts only connections. Timeouts and daemons are there if
  /// asked for.
  init<K: Kernel & ~Copyable>(
    _ id: Service.ID?, isOutline: Bool, isUnsorted: Bool, hasStatus: Bool = false, from kernel: inout K
  ) throws(IPVSError) {
    info = kernel.info
    isWhole = id == nil
    if let id {
      table = try kernel.table(of: [kernel.service(id)])
    } else {
      table = try hasStatus ? kernel.wholeTable() : isOutline ? kernel.outline() : kernel.table()
    }
    if !isUnsorted { SortOrder.sort(&table) }
  }
}
