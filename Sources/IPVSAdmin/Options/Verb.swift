// SPDX-License-Identifier: Apache-2.0

/// The commands of the command line.
enum Verb: Int, CaseIterable {
  case addService, editService, deleteService, clear, restore, save, addDestination, editDestination,
    deleteDestination, list, zero, set, startDaemon, stopDaemon, help, version, apply, doctor
}
