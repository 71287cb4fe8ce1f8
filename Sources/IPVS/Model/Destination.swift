// SPDX-License-Identifier: Apache-2.0

/// A real server of a virtual service as it is configured: `IPVS_CMD_ATTR_DEST`.
public struct Destination: Sendable, Hashable {
  /// Where the server listens; identifies it within its service.
  public var endpoint: Endpoint
  /// How packets reach it.
  public var forwarding: Forwarding
  /// Its share relative to the other servers, 0 to 2147483647; 0 takes no new connections.
  /// `IPVS_DEST_ATTR_WEIGHT`.
  public var weight: Int32
  /// From how many connections on it takes no more; 0 is no bound. `IPVS_DEST_ATTR_U_THRESH`.
  public var upperThreshold: UInt32
  /// Below how many connections it takes new ones again; at most the upper one. 0 lets the kernel take
  /// three quarters of that. `IPVS_DEST_ATTR_L_THRESH`.
  public var lowerThreshold: UInt32

  /// A real server; all but its endpoint has a default.
  public init(
    _ endpoint: Endpoint, forwarding: Forwarding = .direct, weight: Int32 = 1,
    upperThreshold: UInt32 = 0, lowerThreshold: UInt32 = 0
  ) {
    self.endpoint = endpoint
    self.forwarding = forwarding
    self.weight = weight
    self.upperThreshold = upperThreshold
    self.lowerThreshold = lowerThreshold
  }
}
