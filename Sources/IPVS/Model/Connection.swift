// SPDX-License-Identifier: Apache-2.0

/// An entry of the connection table, as `/proc/net/ip_vs_conn` shows it. The kernel lists connections nowhere else.
/// ``ConnectionReader`` reads them.
public struct Connection: Sendable, Hashable {
  /// A persistence engine's part of an entry.
  public struct Engine: Sendable, Hashable {
    /// The engine's name.
    public var name: Name
    /// The data by which it tells clients apart, such as a SIP call's identifier. It can be any bytes: it may come
    /// from another director, and the kernel does not check it.
    public var data: [UInt8]

    /// An engine's part from its name and data.
    public init(name: Name, data: [UInt8]) {
      self.name = name
      self.data = data
    }
  }

  /// `TCP`, `UDP`, `SCTP`, or `IP` for the template of a firewall mark.
  public var protocolName: Name
  /// The client; port 0 in the template of a persistent service.
  public var client: Endpoint
  /// The virtual service. In the template of a firewall mark the address is the mark.
  public var virtual: Endpoint
  /// The real server.
  public var destination: Endpoint
  /// The protocol's state, such as `ESTABLISHED`.
  public var state: Name
  /// In how many seconds the entry expires, unless packets pass.
  public var expires: UInt32
  /// The persistence engine's part, if it has one.
  public var engine: Engine?

  /// An entry from its parts.
  public init(
    protocolName: Name, client: Endpoint, virtual: Endpoint, destination: Endpoint, state: Name,
    expires: UInt32,
    engine: Engine? = nil
  ) {
    self.protocolName = protocolName
    self.client = client
    self.virtual = virtual
    self.destination = destination
    self.state = state
    self.expires = expires
    self.engine = engine
  }

  /// The transport protocol, or nil for a template that has none.
  public var transport: TransportProtocol? { TransportProtocol(name: protocolName) }

  /// The firewall mark, or nil where the kernel shows none: it does so only in the templates of marks, which are of
  /// no protocol.
  public var mark: UInt32? { protocolName == "IP" ? virtual.address.words.0 : nil }

  /// Every state that there is: of templates, of TCP, of UDP, of SCTP, and of protocols without states.
  public static let states: [Name] = [
    "NONE", "ASSURED", "ESTABLISHED", "SYN_SENT", "SYN_RECV", "FIN_WAIT", "TIME_WAIT", "CLOSE", "CLOSE_WAIT",
    "LAST_ACK", "LISTEN", "SYNACK", "UDP", "INIT1", "INIT", "C-SENT", "C-REPLIED", "C-WAIT", "COOKIE",
    "C-ECHOED",
    "S-SENT", "S-RECEIVED", "S-ACK-SENT", "REJECTED", "CLOSED", "ERR!",
  ]
}
