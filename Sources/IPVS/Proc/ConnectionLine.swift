// SPDX-License-Identifier: Apache-2.0

extension Connection {
  /// The entry in a line of `/proc/net/ip_vs_conn`, or nil if it has none:
  /// `PRO FromIP FPrt ToIP TPrt DestIP DPrt State Expires [PEName PEData]`, numbers in hex except the last.
  init?(line: ArraySlice<UInt8>) {
    var rest = line
    guard let protocolName = Name(bytes: rest.field()),
      let client = Endpoint(hex: rest.field(), rest.field()),
      let virtual = Endpoint(hex: rest.field(), rest.field()),
      let destination = Endpoint(hex: rest.field(), rest.field()), let state = Name(bytes: rest.field()),
      let expires = UInt32(decimal: rest.field())
    else { return nil }
    self.init(
      protocolName: protocolName, client: client, virtual: virtual, destination: destination, state: state,
      expires: expires)
    if rest.isEmpty { return }
    guard let name = Name(bytes: rest.field()) else { return nil }
    engine = Engine(name: name, data: Array(rest.dropFirst()))
  }
}
