// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// What an option can be legal with: a command, or a type of tunnels.
enum Context: Equatable {
  case command(Verb)
  case tunnel(TunnelKind)

  fileprivate var bit: UInt32 {
    switch self {
    case .command(let verb): 1 << verb.rawValue
    case .tunnel(let kind): 1 << (24 + kind.rawValue)
    }
  }
}

/// The types of tunnels that the command line has names for.
enum TunnelKind: Int, CaseIterable {
  case ipip, gue, gre

  var name: StaticString {
    switch self {
    case .ipip: "ipip"
    case .gue: "gue"
    case .gre: "gre"
    }
  }
}

/// How an option relates to commands and tunnel types. It is illegal with those that are not named.
struct Legality: Sendable {
  /// Commands and tunnel types, many at a time.
  struct Contexts: OptionSet, Sendable {
    let rawValue: UInt32

    static let addService = Contexts(.addService)
    static let editService = Contexts(.editService)
    static let deleteService = Contexts(.deleteService)
    static let save = Contexts(.save)
    static let addDestination = Contexts(.addDestination)
    static let editDestination = Contexts(.editDestination)
    static let deleteDestination = Contexts(.deleteDestination)
    static let list = Contexts(.list)
    static let zero = Contexts(.zero)
    static let startDaemon = Contexts(.startDaemon)
    static let stopDaemon = Contexts(.stopDaemon)
    static let apply = Contexts(.apply)
    static let doctor = Contexts(.doctor)
    /// All commands but help and version, which look at no options.
    static let allCommands = Contexts(rawValue: (1 << 23) - 1).subtracting([
      Contexts(.help), Contexts(.version),
    ])
    /// The command that lists, where it lists connections.
    static let connections = Contexts(rawValue: 1 << 23)
    static let ipip = Contexts(tunnel: .ipip)
    static let gue = Contexts(tunnel: .gue)
    static let gre = Contexts(tunnel: .gre)

    init(rawValue: UInt32) { self.rawValue = rawValue }
    private init(_ verb: Verb) { rawValue = Context.command(verb).bit }
    private init(tunnel: TunnelKind) { rawValue = Context.tunnel(tunnel).bit }

    func contains(_ context: Context) -> Bool { rawValue & context.bit != 0 }
  }

  var needed: Contexts = []
  var allowed: Contexts = []
  /// With these, at most one of the options that name them here is allowed.
  var exclusive: Contexts = []
  /// With these, it may be given several times.
  var repeatable: Contexts = []
  /// Whether tunnel types look at the option at all.
  var isOfTunnels: Bool { !allTunnels.isEmpty }

  private var allTunnels: Contexts {
    needed.union(allowed).union(exclusive).intersection([.ipip, .gue, .gre])
  }
}

extension KindSet {
  /// Checks whether the options go with a command or with a tunnel type, in the order of the kinds. With `hasNeeds` what
  /// the options need is there already.
  func check(with context: Context, hasNeeds: Bool = false) throws(Misuse) {
    let isOfConnections = context == .command(.list) && contains(.connection)
    var first: Kind?
    for (kind, legality) in Option.kinds {
      if case .tunnel = context, !legality.isOfTunnels { continue }
      if !contains(kind) {
        if !hasNeeds, legality.needed.contains(context) { throw .needed(kind, context) }
      } else if isOfConnections, legality.allowed.isSuperset(of: .connections) {
        continue
      } else if legality.exclusive.contains(context) {
        if let first { throw .conflict(kind, first, context) }
        first = kind
      } else if !legality.needed.contains(context), !legality.allowed.contains(context) {
        throw .illegal(kind, context)
      }
    }
  }

  /// Whether any tunnel option is given.
  var hasTunnelOptions: Bool {
    Option.kinds.contains { contains($0.kind) && $0.legality.isOfTunnels }
  }
}
