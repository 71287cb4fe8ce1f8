// SPDX-License-Identifier: Apache-2.0

extension Connection {
  /// The entry in a line of `/proc/net/ip_vs_conn`, or nil if it has none:
  /// `PRO FromIP FPrt ToIP TPrt DestIP DPrt State Expires [PEName PEData]`, numbers in hex except the last.
  init?(line: inout ByteCursor) {
    guard let protocolName = Name(line.word()), let client = line.endpointField(" "),
      let virtual = line.endpointField(" "), let destination = line.endpointField(" "),
      let state = Name(line.word()), let expires = line.decimalField()
    else { return nil }
    self.init(
      protocolName: protocolName, client: client, virtual: virtual, destination: destination, state: state,
      expires: expires)
    if line.isAtEnd { return }
    guard let name = Name(line.word()) else { return nil }
    engine = Engine(name: name, data: Array(line.rest.dropFirst()))
  }
}
