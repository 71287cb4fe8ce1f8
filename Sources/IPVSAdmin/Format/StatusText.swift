// SPDX-License-Identifier: Apache-2.0

internal import IPVS

extension Timeouts {
  /// The line that `--list --timeout` prints.
  var listing: String { "Timeout (tcp tcpfin udp): \(tcp) \(tcpFin) \(udp)\n" }
}

extension SyncDaemon {
  /// The line that `--list --daemon` prints, without what the kernel did not send.
  var listing: String {
    var fields = ["mcast=\(interface)", "syncid=\(syncID)"]
    if let maximumLength { fields.append("maxlen=\(maximumLength)") }
    if let group { fields.append("group=\(group)") }
    if let port { fields.append("port=\(port)") }
    if let ttl { fields.append("ttl=\(ttl)") }
    return "\(role == .master ? "master" : "backup") sync daemon (\(fields.joined(separator: ", ")))\n"
  }
}
