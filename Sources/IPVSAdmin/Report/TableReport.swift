// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// What a listing of services found.
struct TableReport {
  /// What the kernel says of itself; nil where one service was asked for.
  var info: KernelInfo?
  var table: Table

  /// All services, or one, with their servers; an outline counts only connections. Timeouts and daemons are there if
  /// asked for.
  init<K: Kernel & ~Copyable>(
    _ id: Service.ID?, isOutline: Bool, isUnsorted: Bool, hasStatus: Bool = false, from kernel: inout K
  ) throws(IPVSError) {
    if let id {
      table = try kernel.table(of: [kernel.service(id)])
    } else {
      info = kernel.info
      table = try hasStatus ? kernel.wholeTable() : isOutline ? kernel.outline() : kernel.table()
    }
    if !isUnsorted { SortOrder.sort(&table) }
  }
}
