// SPDX-License-Identifier: Apache-2.0

/// One option of the command line, as data.
struct Option {
  /// Every option, by the name that the code uses.
  enum Name: Int, CaseIterable {
    case addService, editService, deleteService, clear, restore, save
    case addServer, editServer, deleteServer, list, zero, set, startDaemon, stopDaemon, help, version
    case tcpService, udpService, sctpService, markService
    case ipv6, scheduler, engine, persistent, netmask, realServer
    case gatewaying, ipip, masquerading
    case tunnelType, tunnelPort, tunnelNoChecksum, tunnelChecksum, tunnelRemoteChecksum
    case weight, upperThreshold, lowerThreshold
    case connection, timeout, daemon, stats, rate, exact, thresholds, persistentConnections, tunnelInfo
    case noSort, sort, onePacket, numeric, schedulerFlags
    case syncID, maximumLength, interface, group, port, ttl
  }

  /// What follows, with the name that the usage text has for it.
  enum Argument {
    case none
    /// A value, in the same word or in the next.
    case required(String)
    /// A value, unless the next word begins with a dash.
    case optional(String)
    /// Words of the command line.
    case words(String)
  }

  /// What completes the value in a shell.
  enum Completion {
    /// Nothing that a shell knows.
    case nothing
    /// One of these words, or several with commas between.
    case word(of: String)
    case list(of: String)
    /// What the running table has, or the machine.
    case service, server, interface
  }

  /// What the option does in the grammar.
  enum Role {
    /// It is the command; it has to come first.
    case command(Verb)
    /// It is an option of a kind, of which a command line holds one.
    case kind(Kind)
    /// It may stand anywhere, any number of times.
    case free
  }

  /// Where the usage text lists it.
  enum Section {
    case commands, services, options, daemon
  }

  let name: Name
  /// The name after two dashes, or empty.
  let long: StaticString
  /// The letters that stand for it, none to two.
  let short: String
  let role: Role
  let section: Section
  let argument: Argument
  let completion: Completion
  /// What it does, in a line, or two.
  let summary: [String]

  init(
    _ name: Name, _ long: StaticString, _ short: String, _ role: Role, _ section: Section,
    takes argument: Argument = .none, completedBy completion: Completion = .nothing, _ summary: String...
  ) {
    self.name = name
    self.long = long
    self.short = short
    self.role = role
    self.section = section
    self.argument = argument
    self.completion = completion
    self.summary = summary
  }
}
