// SPDX-License-Identifier: Apache-2.0

/// A part of the program that reads bytes from outside, and what must be true whatever they are.
public struct FuzzTarget: Sendable {
  /// What it is called, as is the folder with its seeds.
  public let name: String
  /// Reads bytes, and says what is wrong with the outcome, or nil. A trap is a mistake, too.
  public let complaint: @Sendable ([UInt8]) -> String?

  /// All of them.
  public static let all: [FuzzTarget] = [
    FuzzTarget(name: "netlink", complaint: NetlinkBytes.answer),
    FuzzTarget(name: "conversation", complaint: Conversation.of),
    FuzzTarget(name: "route", complaint: NetlinkBytes.routeAnswer),
    FuzzTarget(name: "sockopt", complaint: SocketBytes.answer),
    FuzzTarget(name: "proc-table", complaint: ProcText.table),
    FuzzTarget(name: "proc-connections", complaint: ProcText.connections),
    FuzzTarget(name: "proc-totals", complaint: ProcText.totals),
    FuzzTarget(name: "proc-network", complaint: ProcText.network),
    FuzzTarget(name: "rules", complaint: RuleText.rules),
    FuzzTarget(name: "argv", complaint: RuleText.commandLine),
    FuzzTarget(name: "hint", complaint: Words.hint),
    FuzzTarget(name: "values", complaint: Words.values),
    FuzzTarget(name: "names", complaint: Words.names),
    FuzzTarget(name: "firewall", complaint: Words.firewall),
    FuzzTarget(name: "printed", complaint: Words.printed),
  ]
}
