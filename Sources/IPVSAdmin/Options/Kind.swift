// SPDX-License-Identifier: Apache-2.0

/// The kinds of options, in the order in which their legality is checked. The raw value is what messages call
/// them.
enum Kind: String, CaseIterable {
  case numeric
  case connection
  case service = "service-address"
  case scheduler
  case persistent
  case netmask
  case realServer = "real-server"
  case forwarding = "forwarding-method"
  case weight
  case upperThreshold = "u-threshold"
  case lowerThreshold = "l-threshold"
  case interface = "mcast-interface"
  case timeout
  case daemon
  case stats
  case rate
  case thresholds
  case persistentConnections = "persistent-conn"
  case noSort = "nosort"
  case syncID = "syncid"
  case exact
  case onePacket = "ops"
  case engine = "pe"
  case schedulerFlags = "sched-flags"
  case group = "mcast-group"
  case port = "mcast-port"
  case ttl = "mcast-ttl"
  case maximumLength = "sync-maxlen"
  case tunnelInfo = "tun-info"
  case tunnelType = "tun-type"
  case tunnelPort = "tun-port"
  case tunnelNoChecksum = "tun-nocsum"
  case tunnelChecksum = "tun-csum"
  case tunnelRemoteChecksum = "tun-remcsum"
}
