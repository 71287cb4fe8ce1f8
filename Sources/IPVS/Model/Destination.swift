// SPDX-License-Identifier: Apache-2.0

/// A real server of a virtual service as it is configured: `IPVS_CMD_ATTR_DEST`.
///
/// ```swift
/// let server = Destination("10.1.0.11:80", forwarding: .masquerade, weight: 3)
/// ```
public struct Destination: Sendable, Hashable, Identifiable {
  /// Everything that is configured for a real server except its endpoint.
  public struct Settings: Sendable, Hashable {
    /// How packets reach it. Only ``Forwarding/masquerade`` can lead to another port than the service's, only a
    /// ``Forwarding/tunnel(_:)`` to another family. `IPVS_DEST_ATTR_FWD_METHOD`.
    public var forwarding: Forwarding
    /// Its share relative to the other servers, 0 to 2147483647; 0 takes no new connections.
    /// `IPVS_DEST_ATTR_WEIGHT`.
    public var weight: Int32
    /// With how many connections it takes no more; 0 means no limit. `IPVS_DEST_ATTR_U_THRESH`.
    public var upperThreshold: UInt32
    /// With fewer connections than this it takes new ones again; at most the upper threshold. For 0 the kernel uses
    /// three quarters of that. `IPVS_DEST_ATTR_L_THRESH`.
    public var lowerThreshold: UInt32

    /// Settings; each has a default: direct routing, a weight of one, no thresholds.
    public init(
      forwarding: Forwarding = .direct, weight: Int32 = 1, upperThreshold: UInt32 = 0,
      lowerThreshold: UInt32 = 0
    ) {
      self.forwarding = forwarding
      self.weight = weight
      self.upperThreshold = upperThreshold
      self.lowerThreshold = lowerThreshold
    }
  }

  /// Where the server listens: `IPVS_DEST_ATTR_ADDR`, `IPVS_DEST_ATTR_PORT`.
  public var endpoint: Endpoint
  /// How the service uses it.
  public var settings: Settings

  /// The endpoint, which identifies a server within its service.
  public var id: Endpoint { endpoint }

  /// A real server from its parts.
  public init(_ endpoint: Endpoint, _ settings: Settings) {
    self.endpoint = endpoint
    self.settings = settings
  }

  /// A real server; everything but its endpoint has a default, as in ``Settings``.
  public init(
    _ endpoint: Endpoint, forwarding: Forwarding = .direct, weight: Int32 = 1, upperThreshold: UInt32 = 0,
    lowerThreshold: UInt32 = 0
  ) {
    self.init(
      endpoint,
      Settings(
        forwarding: forwarding, weight: weight, upperThreshold: upperThreshold, lowerThreshold: lowerThreshold
      ))
  }
}
