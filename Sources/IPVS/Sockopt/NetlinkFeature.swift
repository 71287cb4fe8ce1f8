// SPDX-License-Identifier: Apache-2.0

/// What can only be asked for by netlink: the older interface has no place for it.
public enum NetlinkFeature: Sendable, Hashable {
  /// Services and servers of IPv6.
  case ipv6
  /// A persistence engine.
  case engine
  /// Another type of tunnels than ``Tunnel/ipip``.
  case tunnelType
  /// The length of a sync daemon's messages.
  case maximumLength
  /// The multicast group of a sync daemon.
  case group
  /// The port of a sync daemon.
  case port
  /// How far a sync daemon's messages go.
  case ttl
  /// Zeroing the counters of the one service 0.0.0.0:0, which stands for all of them.
  case zeroAddress
}

extension Change {
  /// What the change needs netlink for, if it does.
  var netlinkFeature: NetlinkFeature? {
    switch self {
    case .addService(let service), .editService(let service):
      service.id.netlinkFeature ?? (service.settings.engine == nil ? nil : .engine)
    case .deleteService(let id): id.netlinkFeature
    case .addDestination(let server, let id), .editDestination(let server, let id):
      id.netlinkFeature ?? server.endpoint.netlinkFeature ?? server.settings.forwarding.netlinkFeature
    case .deleteDestination(let endpoint, let id): id.netlinkFeature ?? endpoint.netlinkFeature
    case .zero(let id): id.netlinkFeature ?? (id.endpoint == Service.ID.none.endpoint ? .zeroAddress : nil)
    case .startDaemon(let daemon): daemon.netlinkFeature
    case .clear, .zeroAll, .setTimeouts, .stopDaemon: nil
    }
  }
}

extension Service.ID {
  /// What the service needs netlink for, if it does.
  var netlinkFeature: NetlinkFeature? { family == .ipv6 ? .ipv6 : nil }
}

extension Endpoint {
  fileprivate var netlinkFeature: NetlinkFeature? { address.family == .ipv6 ? .ipv6 : nil }
}

extension Forwarding {
  fileprivate var netlinkFeature: NetlinkFeature? {
    if case .tunnel(let tunnel) = self, tunnel != .ipip { .tunnelType } else { nil }
  }
}

extension SyncDaemon {
  fileprivate var netlinkFeature: NetlinkFeature? {
    if maximumLength != nil { return .maximumLength }
    if group != nil { return .group }
    if port != nil { return .port }
    return ttl == nil ? nil : .ttl
  }
}
