// SPDX-License-Identifier: Apache-2.0

/// An entry of the connection table, as `/proc/net/ip_vs_conn` shows it. The kernel tells of connections nowhere
/// else. ``ConnectionReader`` reads them.
public struct Connection: Sendable, Hashable {
  /// A persistence engine's part of an entry.
  public struct Engine: Sendable, Hashable {
    /// The engine's name.
    public var name: String
    /// What it tells clients apart by, such as a SIP call's identifier.
    public var data: String

    /// An engine's part from its parts.
    package init(name: String, data: String) {
      self.name = name
      self.data = data
    }
  }

  /// `TCP`, `UDP`, `SCTP`, or `IP` for the template of a firewall mark.
  public var protocolName: String
  /// The client; port 0 in the template of a persistent service.
  public var client: Endpoint
  /// The virtual service. In the template of a firewall mark the address is the mark.
  public var virtual: Endpoint
  /// The real server.
  public var destination: Endpoint
  /// The name of the protocol's state, such as `ESTABLISHED`.
  public var state: String
  /// In how many seconds the entry goes, unless packets pass.
  public var expires: UInt32
  /// The persistence engine's part, if it has one.
  public var engine: Engine?

  /// The transport protocol, or nil for a template that has none.
  public var transport: TransportProtocol? {
    switch protocolName {
    case "TCP": .tcp
    case "UDP": .udp
    case "SCTP": .sctp
    default: nil
    }
  }
}
