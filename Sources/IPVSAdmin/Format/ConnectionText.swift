// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// Writes the listing of connections.
struct ConnectionText {
  /// Names the engine and its data, too.
  let showsEngine: Bool

  /// The two lines above the connections.
  func title(into text: inout Text) {
    text.add("IPVS connection entries\n")
    text.add("pro expire state       source             virtual            destination")
    text.add(showsEngine ? "        pe name          pe_data\n" : "\n")
  }

  /// One connection.
  func entry(_ connection: Connection, names: NameTable, into text: inout Text) {
    let engine = showsEngine ? connection.engine : nil
    let (minutes, seconds) = connection.expires.quotientAndRemainder(dividingBy: 60)
    text.add(connection.protocolName, width: 3)
    text.add(" ")
    text.field(width: 6) {
      $0.add(minutes < 10 ? "0" : "")
      $0.add(minutes)
      $0.add(seconds < 10 ? ":0" : ":")
      $0.add(seconds)
    }
    text.add(" ")
    text.add(connection.state, width: 11)
    for (endpoint, width) in [
      (connection.client, 18), (connection.virtual, 18), (connection.destination, engine == nil ? 0 : 16),
    ] {
      text.add(" ")
      names.addField(endpoint, connection.transport, width: width, to: &text)
    }
    if let engine {
      text.add(" ")
      text.add(engine.name, width: 18)
      text.add(" ")
      text.add(engine.data)
    }
    text.add("\n")
  }
}
