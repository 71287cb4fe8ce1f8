// SPDX-License-Identifier: Apache-2.0

internal import IPVS

/// Writes the listing of connections.
struct ConnectionText {
  /// Names the engine and its data, too.
  let showsEngine: Bool

  /// The two lines above the connections.
  func title(into text: inout Text) {
    text.add("IPVS connection entries\n")
    line(
      "pro", "expire", "state", ["source", "virtual"],
      showsEngine ? ["destination", "pe name", "pe_data"] : ["destination"], into: &text)
  }

  /// One connection.
  func entry(_ connection: Connection, names: NameTable, into text: inout Text) {
    var last = [names.text(connection.destination, connection.transport)]
    if showsEngine, let engine = connection.engine { last += [engine.name, engine.data] }
    let minutes = connection.expires / 60
    let seconds = connection.expires % 60
    line(
      connection.protocolName, "\(minutes < 10 ? "0" : "")\(minutes):\(seconds < 10 ? "0" : "")\(seconds)",
      connection.state,
      [
        names.text(connection.client, connection.transport),
        names.text(connection.virtual, connection.transport),
      ], last, into: &text)
  }

  private func line(
    _ name: String, _ expires: String, _ state: String, _ endpoints: [String], _ last: [String],
    into text: inout Text
  ) {
    text.add(name, width: 3)
    text.add(" ")
    text.add(expires, width: 6)
    text.add(" ")
    text.add(state, width: 11)
    for endpoint in endpoints {
      text.add(" ")
      text.add(endpoint, width: 18)
    }
    for (index, field) in last.enumerated() {
      text.add(" ")
      text.add(field, width: index == last.count - 1 ? 0 : index == 1 ? 16 : 18)
    }
    text.add("\n")
  }
}
