// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// A service as it was typed.
enum ServiceName: Equatable {
  case endpoint(TransportProtocol, HostPort)
  case mark(UInt32, AddressFamily)

  /// The family, unless it takes a look-up to know it.
  var family: AddressFamily? {
    switch self {
    case .mark(_, let family): family
    case .endpoint(_, let host): host.family
    }
  }
}
