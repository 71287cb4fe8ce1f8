// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// A service as it was typed.
enum ServiceName: Equatable {
  case endpoint(TransportProtocol, HostPort)
  case mark(UInt32, AddressFamily)

  /// The family, or nil if only a look-up can tell.
  var family: AddressFamily? {
    switch self {
    case .mark(_, let family): family
    case .endpoint(_, let host): host.family
    }
  }
}
