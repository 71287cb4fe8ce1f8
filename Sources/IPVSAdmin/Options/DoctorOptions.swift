// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// What the doctor looks at, and what it says.
struct DoctorOptions: Equatable {
  /// The services, as they were typed; none for all.
  var services: [ServiceName] = []
  /// The address that this machine is a real server for, if it is examined as one.
  var virtual: Address?
  /// Whether each server is asked for a connection.
  var isProbing = false
  /// Whether it also says what is right.
  var isVerbose = false
  var isJSON = false
}
