// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// How a table is changed while it is in use.
struct ApplyOptions: Equatable {
  /// Whether changes are printed and not made.
  var isDryRun = false
  /// What stays as it is, whatever the rules say.
  var keeping: Table.Keeping = []
  /// How many seconds a server that goes has for its connections to end; nil deletes it at once.
  var drain: UInt32?
  /// In how many seconds a new server comes to its weight; nil gives it the weight at once.
  var slowStart: UInt32?
}
