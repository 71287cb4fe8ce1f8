// SPDX-License-Identifier: Apache-2.0

/// Which kinds of options something needs and allows, and which exclude each other.
struct Legality {
  let required: [Kind]
  let allowed: [Kind]
  let exclusive: [Kind]

  init(_ required: [Kind] = [], allowed: [Kind] = [], exclusive: [Kind] = []) {
    self.required = required
    self.allowed = allowed
    self.exclusive = exclusive
  }

  /// Checks the kinds that were given, in the order of the kinds. `among` limits which are looked at; `what`
  /// names the thing in messages, such as `'list' command`.
  func check(_ given: Set<Kind>, among kinds: [Kind], for what: String) throws(CommandError) {
    var first: Kind?
    for kind in kinds {
      if !given.contains(kind) {
        if required.contains(kind) {
          throw CommandError("You need to supply the '\(kind.rawValue)' option for the \(what)")
        }
      } else if exclusive.contains(kind) {
        if let first {
          throw CommandError(
            "The option '\(kind.rawValue)' conflicts with the '\(first.rawValue)' option in the \(what)")
        }
        first = kind
      } else if !required.contains(kind), !allowed.contains(kind) {
        throw CommandError("Illegal '\(kind.rawValue)' option with the \(what)")
      }
    }
  }
}

extension Verb {
  /// What the command needs and allows.
  var legality: Legality {
    switch self {
    case .addService, .editService:
      Legality(
        [.service],
        allowed: [.scheduler, .persistent, .netmask, .onePacket, .engine, .schedulerFlags])
    case .deleteService: Legality([.service])
    case .addServer, .editServer:
      Legality(
        [.service, .realServer],
        allowed: [.forwarding, .weight, .upperThreshold, .lowerThreshold] + TunnelKind.options)
    case .deleteServer: Legality([.service, .realServer])
    case .list:
      Legality(
        allowed: [
          .numeric, .stats, .rate, .thresholds, .persistentConnections, .noSort, .syncID, .exact,
          .tunnelInfo,
        ],
        exclusive: [.connection, .service, .timeout, .daemon])
    case .startDaemon:
      Legality(allowed: [.interface, .group, .port, .ttl, .syncID, .maximumLength])
    case .stopDaemon: Legality(allowed: [.syncID])
    case .save: Legality(allowed: [.numeric])
    case .zero: Legality(allowed: [.service])
    case .clear, .set, .restore, .help, .version: Legality()
    }
  }
}

/// The tunnel types by the names that the command line has for them.
enum TunnelKind: String, CaseIterable {
  case ipip, gue, gre

  /// The kinds that belong to tunnels.
  static let options: [Kind] = [
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
