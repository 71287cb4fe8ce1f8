// SPDX-License-Identifier: Apache-2.0

/// Which kinds of options something needs and allows, and which exclude each other.
struct Legality {
  let required: KindSet
  let allowed: KindSet
  let exclusive: KindSet

  init(_ required: KindSet = [], allowed: KindSet = [], exclusive: KindSet = []) {
    self.required = required
    self.allowed = allowed
    self.exclusive = exclusive
  }

  /// Checks the kinds that were given, in the order of the kinds. `among` limits which are looked at; `what`
  /// names the thing in messages, such as `'list' command`.
  func check(_ given: KindSet, among kinds: KindSet = .all, for what: @autoclosure () -> String)
    throws(CommandError)
  {
    var first: Kind?
    for kind in kinds {
      if !given.contains(kind) {
        if required.contains(kind) {
          throw CommandError("You need to supply the '\(kind.name)' option for the \(what())")
        }
      } else if exclusive.contains(kind) {
        if let first {
          throw CommandError(
            "The option '\(kind.name)' conflicts with the '\(first.name)' option in the \(what())")
        }
        first = kind
      } else if !required.contains(kind), !allowed.contains(kind) {
        throw CommandError("Illegal '\(kind.name)' option with the \(what())")
      }
    }
  }
}

extension Verb {
  /// What the command needs and allows.
  var legality: Legality {
    switch self {
    case .addService, .editService: Self.serviceWithOptions
    case .deleteService: Self.service
    case .addServer, .editServer: Self.serverWithOptions
    case .deleteServer: Self.server
    case .list: Self.listing
    case .startDaemon: Self.daemon
    case .stopDaemon: Self.stopping
    case .save: Self.saving
    case .zero: Self.zeroing
    case .clear, .set, .restore, .help, .version: Self.bare
    }
  }

  private static let bare = Legality()
  private static let service = Legality([.service])
  private static let serviceWithOptions = Legality(
    [.service], allowed: [.scheduler, .persistent, .netmask, .onePacket, .engine, .schedulerFlags])
  private static let server = Legality([.service, .realServer])
  private static let serverWithOptions = Legality(
    [.service, .realServer],
    allowed: TunnelKind.options.union([.forwarding, .weight, .upperThreshold, .lowerThreshold]))
  private static let listing = Legality(
    allowed: [
      .numeric, .stats, .rate, .thresholds, .persistentConnections, .noSort, .syncID, .exact, .tunnelInfo,
    ],
    exclusive: [.connection, .service, .timeout, .daemon])
  private static let daemon = Legality(allowed: [.interface, .group, .port, .ttl, .syncID, .maximumLength])
  private static let stopping = Legality(allowed: [.syncID])
  private static let saving = Legality(allowed: [.numeric])
  private static let zeroing = Legality(allowed: [.service])
}

/// The tunnel types by the names that the command line has for them.
enum TunnelKind: String, CaseIterable {
  case ipip, gue, gre

  /// The kinds that belong to tunnels.
  static let options: KindSet = [
    .tunnelType, .tunnelPort, .tunnelNoChecksum, .tunnelChecksum, .tunnelRemoteChecksum,
  ]

  /// What the type needs and allows.
  var legality: Legality {
    switch self {
    case .ipip: Legality(allowed: [.tunnelType])
    case .gue:
      Legality(
        [.tunnelPort], allowed: [.tunnelType],
        exclusive: [.tunnelNoChecksum, .tunnelChecksum, .tunnelRemoteChecksum])
    case .gre: Legality(allowed: [.tunnelType], exclusive: [.tunnelNoChecksum, .tunnelChecksum])
    }
  }
}
