// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// A command, and where it is carried out.
struct Invocation: Equatable {
  let command: Command
  /// The network namespace, by its name or its path, or nil for the one that the program is in.
  let namespace: Text?

  init(_ command: Command, namespace: Text? = nil) {
    self.command = command
    self.namespace = namespace
  }
}
