// SPDX-License-Identifier: Apache-2.0

extension Option {
  /// Every option, in the order of the usage text. Parsing, usage and completions derive from it.
  static let table: [Option] = [
    Option(
      .addService, "add-service", "A", .command(.addService), .commands, "add virtual service with options"),
    Option(
      .editService, "edit-service", "E", .command(.editService), .commands,
      "edit virtual service with options"),
    Option(
      .deleteService, "delete-service", "D", .command(.deleteService), .commands, "delete virtual service"),
    Option(.clear, "clear", "C", .command(.clear), .commands, "clear the whole table"),
    Option(.restore, "restore", "R", .command(.restore), .commands, "restore rules from stdin"),
    Option(.save, "save", "S", .command(.save), .commands, "save rules to stdout"),
    Option(.addServer, "add-server", "a", .command(.addServer), .commands, "add real server with options"),
    Option(
      .editServer, "edit-server", "e", .command(.editServer), .commands, "edit real server with options"),
    Option(.deleteServer, "delete-server", "d", .command(.deleteServer), .commands, "delete real server"),
    Option(.list, "list", "Ll", .command(.list), .commands, "list the table"),
    Option(.zero, "zero", "Z", .command(.zero), .commands, "zero counters in a service or all services"),
    Option(
      .set, "set", "", .command(.set), .commands, takes: .words("tcp tcpfin udp"),
      "set connection timeout values"),
    Option(
      .startDaemon, "start-daemon", "", .command(.startDaemon), .commands, takes: .required(""),
      completedBy: .word(of: "master backup"),
      "start connection sync daemon"),
    Option(
      .stopDaemon, "stop-daemon", "", .command(.stopDaemon), .commands, takes: .required(""),
      completedBy: .word(of: "master backup"),
      "stop connection sync daemon"),
    Option(.help, "help", "h", .command(.help), .commands, "display this help message"),
    Option(.version, "version", "v", .command(.version), .commands),

    Option(
      .tcpService, "tcp-service", "t", .kind(.service), .services, takes: .required("service-address"),
      completedBy: .service,
      "service-address is host[:port]"),
    Option(
      .udpService, "udp-service", "u", .kind(.service), .services, takes: .required("service-address"),
      completedBy: .service,
      "service-address is host[:port]"),
    Option(
      .sctpService, "sctp-service", "", .kind(.service), .services, takes: .required("service-address"),
      completedBy: .service,
      "service-address is host[:port]"),
    Option(
      .markService, "fwmark-service", "f", .kind(.service), .services, takes: .required("fwmark"),
      completedBy: .service,
      "fwmark is an integer greater than zero"),

    Option(.ipv6, "ipv6", "6", .free, .options, "fwmark entry uses IPv6"),
    Option(
      .scheduler, "scheduler", "s", .kind(.scheduler), .options, takes: .required("scheduler"),
      completedBy: .word(of: "rr wrr lc wlc lblc lblcr dh sh sed nq fo ovf mh"),
      "one of rr|wrr|lc|wlc|lblc|lblcr|dh|sh|sed|nq|fo|ovf|mh,", "the default scheduler is wlc."),
    Option(
      .engine, "pe", "", .kind(.engine), .options, takes: .required("engine"), completedBy: .word(of: "sip"),
      "alternate persistence engine may be sip,", "not set by default."),
    Option(
      .persistent, "persistent", "p", .kind(.persistent), .options, takes: .optional("[timeout]"),
      "persistent service"),
    Option(
      .netmask, "netmask", "M", .kind(.netmask), .options, takes: .required("netmask"),
      "persistent granularity mask"),
    Option(
      .realServer, "real-server", "r", .kind(.realServer), .options, takes: .required("server-address"),
      completedBy: .server,
      "server-address is host (and port)"),
    Option(
      .gatewaying, "gatewaying", "g", .kind(.forwarding), .options, "gatewaying (direct routing) (default)"),
    Option(.ipip, "ipip", "i", .kind(.forwarding), .options, "ipip encapsulation (tunneling)"),
    Option(.masquerading, "masquerading", "m", .kind(.forwarding), .options, "masquerading (NAT)"),
    Option(
      .tunnelType, "tun-type", "", .kind(.tunnelType), .options, takes: .required("type"),
      completedBy: .word(of: "ipip gue gre"),
      "one of ipip|gue|gre,", "the default tunnel type is ipip."),
    Option(
      .tunnelPort, "tun-port", "", .kind(.tunnelPort), .options, takes: .required("port"),
      "tunnel destination port"),
    Option(
      .tunnelNoChecksum, "tun-nocsum", "", .kind(.tunnelNoChecksum), .options,
      "tunnel encapsulation without checksum"),
    Option(
      .tunnelChecksum, "tun-csum", "", .kind(.tunnelChecksum), .options, "tunnel encapsulation with checksum"),
    Option(
      .tunnelRemoteChecksum, "tun-remcsum", "", .kind(.tunnelRemoteChecksum), .options,
      "tunnel encapsulation with remote checksum"),
    Option(
      .weight, "weight", "w", .kind(.weight), .options, takes: .required("weight"), "capacity of real server"),
    Option(
      .upperThreshold, "u-threshold", "x", .kind(.upperThreshold), .options, takes: .required("uthreshold"),
      "upper threshold of connections"),
    Option(
      .lowerThreshold, "l-threshold", "y", .kind(.lowerThreshold), .options, takes: .required("lthreshold"),
      "lower threshold of connections"),
    Option(
      .connection, "connection", "c", .kind(.connection), .options, "output of current IPVS connections"),
    Option(.timeout, "timeout", "", .kind(.timeout), .options, "output of timeout (tcp tcpfin udp)"),
    Option(.daemon, "daemon", "", .kind(.daemon), .options, "output of daemon information"),
    Option(.stats, "stats", "", .kind(.stats), .options, "output of statistics information"),
    Option(.rate, "rate", "", .kind(.rate), .options, "output of rate information"),
    Option(.exact, "exact", "", .kind(.exact), .options, "expand numbers (display exact values)"),
    Option(.exact, "", "X", .kind(.exact), .options),
    Option(.thresholds, "thresholds", "", .kind(.thresholds), .options, "output of thresholds information"),
    Option(
      .persistentConnections, "persistent-conn", "", .kind(.persistentConnections), .options,
      "output of persistent connection info"),
    Option(.tunnelInfo, "tun-info", "", .kind(.tunnelInfo), .options, "output of tunnel information"),
    Option(
      .noSort, "nosort", "", .kind(.noSort), .options, "disable sorting output of service/server entries"),
    Option(.sort, "sort", "", .free, .options, "does nothing, for backwards compatibility"),
    Option(.onePacket, "ops", "o", .kind(.onePacket), .options, "one-packet scheduling"),
    Option(.numeric, "numeric", "n", .kind(.numeric), .options, "numeric output of addresses and ports"),
    Option(
      .schedulerFlags, "sched-flags", "b", .kind(.schedulerFlags), .options, takes: .required("flags"),
      completedBy: .list(of: "flag-1 flag-2 flag-3 sh-fallback sh-port mh-fallback mh-port"),
      "scheduler flags (comma-separated)"),

    Option(
      .syncID, "syncid", "", .kind(.syncID), .daemon, takes: .required("sid"),
      "syncid for connection sync (default=255)"),
    Option(
      .maximumLength, "sync-maxlen", "", .kind(.maximumLength), .daemon, takes: .required("length"),
      "Max sync message length (default=1472)"),
    Option(
      .interface, "mcast-interface", "", .kind(.interface), .daemon, takes: .required("interface"),
      completedBy: .interface,
      "multicast interface for connection sync"),
    Option(
      .group, "mcast-group", "", .kind(.group), .daemon, takes: .required("address"),
      "IPv4/IPv6 group (default=224.0.0.81)"),
    Option(
      .port, "mcast-port", "", .kind(.port), .daemon, takes: .required("port"), "UDP port (default=8848)"),
    Option(.ttl, "mcast-ttl", "", .kind(.ttl), .daemon, takes: .required("ttl"), "Multicast TTL (default=1)"),
  ]
}
