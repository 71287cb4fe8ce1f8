// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// Writes the listing of connections.
struct ConnectionText {
  /// Whether it names the engine and its data, too.
  let showsEngine: Bool

  /// The two lines above the connections.
  func addTitle(to text: inout Text) {
    text.add("IPVS connection entries\n")
    text.add("pro expire state       source             virtual            destination")
    text.add(showsEngine ? "        pe name          pe_data\n" : "\n")
  }

  /// One connection.
  func add(_ connection: Connection, names: NameTable, to text: inout Text) {
    let engine = showsEngine ? connection.engine : nil
    let (minutes, seconds) = connection.expires.quotientAndRemainder(dividingBy: 60)
    text.field(width: 3) { $0.append(connection.protocolName) }
    text.add(" ")
    text.field(width: 6) {
      if minutes < 10 { $0.add("0") }
      $0.append(minutes)
      $0.add(seconds < 10 ? ":0" : ":")
      $0.append(seconds)
    }
    text.add(" ")
    text.field(width: 11) { $0.append(connection.state) }
    add(connection.client, 18, of: connection, names, to: &text)
    add(connection.virtual, 18, of: connection, names, to: &text)
    add(connection.destination, engine == nil ? 0 : 16, of: connection, names, to: &text)
    if let engine {
      text.add(" ")
      text.field(width: 18) { $0.append(engine.name) }
      text.add(" ")
      text.bytes += engine.data
    }
    text.add("\n")
  }

  private func add(
    _ endpoint: Endpoint, _ width: Int, of connection: Connection, _ names: NameTable, to text: inout Text
  ) {
    text.add(" ")
    names.addField(endpoint, connection.transport, width: width, to: &text)
  }
}
