// SPDX-License-Identifier: Apache-2.0

internal import IPVS

extension Text {
  /// Appends the line that `--list --timeout` prints.
  mutating func append(_ timeouts: Timeouts) {
    append("Timeout (tcp tcpfin udp): \(timeouts.tcp ?? 0) \(timeouts.tcpFin ?? 0) \(timeouts.udp ?? 0)\n")
  }

  /// Appends the line that `--list --daemon` prints, without what the kernel did not send.
  mutating func append(_ daemon: SyncDaemon) {
    add(daemon.role.name)
    append(" sync daemon (mcast=\(daemon.interface), syncid=\(daemon.syncID)")
    if let maximumLength = daemon.maximumLength { append(", maxlen=\(maximumLength)") }
    if let group = daemon.group { append(", group=\(group)") }
    if let port = daemon.port { append(", port=\(port)") }
    if let ttl = daemon.ttl { append(", ttl=\(ttl)") }
    add(")\n")
  }
}
