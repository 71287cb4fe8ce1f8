// SPDX-License-Identifier: Apache-2.0

internal import IPVS

extension Option {
  /// Every option, in the order of the usage text. Parsing, legality, usage and completions derive from it.
  static let table: [Option] = [
    .command("add-service", "A", .addService, "add virtual service with options"),
    .command("edit-service", "E", .editService, "edit virtual service with options"),
    .command("delete-service", "D", .deleteService, "delete virtual service"),
    .command("clear", "C", .clear, "clear the whole table"),
    .command("restore", "R", .restore, "restore rules from stdin"),
    .command("save", "S", .save, "save rules to stdout"),
    .command("add-server", "a", .addDestination, "add real server with options"),
    .command("edit-server", "e", .editDestination, "edit real server with options"),
    .command("delete-server", "d", .deleteDestination, "delete real server"),
    .command("list", "Ll", .list, "list the table"),
    .command("zero", "Z", .zero, "zero counters in a service or all services"),
    .command("set", "", .set, takes: .words("tcp tcpfin udp"), "set connection timeout values"),
    .command(
      "start-daemon", "", .startDaemon, takes: .required(""), completedBy: .word(roles),
      "start connection sync daemon"
    ) { (draft, value) throws(Misuse) in try draft.take(role: value, or: .startRole) },
    .command(
      "stop-daemon", "", .stopDaemon, takes: .required(""), completedBy: .word(roles),
      "stop connection sync daemon"
    ) { (draft, value) throws(Misuse) in try draft.take(role: value, or: .stopRole) },
    .command("help", "h", .help, "display this help message"),
    .command("version", "v", .version),

    .option(
      "tcp-service", "t", .service, service, in: .services, takes: .required("service-address"),
      completedBy: .service, "service-address is host[:port]"
    ) { (draft, value) throws(Misuse) in try draft.take(service: .tcp, value) },
    .option(
      "udp-service", "u", .service, service, in: .services, takes: .required("service-address"),
      completedBy: .service, "service-address is host[:port]"
    ) { (draft, value) throws(Misuse) in try draft.take(service: .udp, value) },
    .option(
      "sctp-service", "", .service, service, in: .services, takes: .required("service-address"),
      completedBy: .service, "service-address is host[:port]"
    ) { (draft, value) throws(Misuse) in try draft.take(service: .sctp, value) },
    .option(
      "fwmark-service", "f", .service, service, in: .services, takes: .required("fwmark"),
      completedBy: .service,
      "fwmark is an integer greater than zero"
    ) { (draft, value) throws(Misuse) in draft.mark = try Draft.number(value, 1 ... .max, or: .mark(value)) },

    .free("ipv6", "6", "fwmark entry uses IPv6") { (draft, _) throws(Misuse) in try draft.takeIPv6() },
    .option(
      "scheduler", "s", Kind(3, "scheduler"), serviceSettings, takes: .required("scheduler"),
      completedBy: .oneOf({
        [
          "rr", "wrr", "lc", "wlc", "lblc", "lblcr", "dh", "sh", "sed", "nq", "fo", "ovf", "mh",
        ]
      }), "the default scheduler is wlc."
    ) { (draft, value) in if !value.isEmpty { draft.service.scheduler = Draft.kernelName(value) } },
    .option(
      "pe", "", Kind(22, "pe"), serviceSettings, takes: .required("engine"), completedBy: .word({ ["sip"] }),
      "alternate persistence engine may be sip,", "not set by default."
    ) { (draft, value) in if !value.isEmpty { draft.service.engine = Draft.kernelName(value) } },
    .option(
      "persistent", "p", Kind(4, "persistent"), serviceSettings,
      takes: .optional("[timeout]", default: "360"),
      "persistent service"
    ) { (draft, value) throws(Misuse) in
      draft.service.persistence = try Draft.number(value, 1...Draft.month, or: .timeout(value))
    },
    .option(
      "netmask", "M", Kind(5, "netmask"), serviceSettings, takes: .required("netmask"),
      "persistent granularity mask"
    ) { (draft, value) in draft.netmask = value },
    .option(
      "real-server", "r", Kind(6, "real-server"),
      Legality(needed: [.addDestination, .editDestination, .deleteDestination], allowed: [.connections]),
      takes: .required("server-address"), completedBy: .server, "server-address is host (and port)"
    ) { (draft, value) throws(Misuse) in try draft.take(server: value) },
    .option("gatewaying", "g", .forwarding, settings, "gatewaying (direct routing) (default)") {
      (draft, _) in draft.destination.forwarding = .direct
    },
    .option("ipip", "i", .forwarding, settings, "ipip encapsulation (tunneling)") {
      (draft, _) in draft.destination.forwarding = .tunnel(.ipip)
    },
    .option("masquerading", "m", .forwarding, settings, "masquerading (NAT)") {
      (draft, _) in draft.destination.forwarding = .masquerade
    },
    .option(
      "tun-type", "", Kind(29, "tun-type"),
      Legality(allowed: [.addDestination, .editDestination, .ipip, .gue, .gre]), takes: .required("type"),
      completedBy: .oneOf({ TunnelKind.allCases.map { $0.name } }), "the default tunnel type is ipip."
    ) { (draft, value) throws(Misuse) in try draft.take(tunnelType: value) },
    .option(
      "tun-port", "", Kind(30, "tun-port"),
      Legality(needed: [.gue], allowed: [.addDestination, .editDestination]), takes: .required("port"),
      "tunnel destination port"
    ) { (draft, value) throws(Misuse) in
      draft.tunnelPort = try Draft.number(value, 1 ... .max, or: .value(.tunnelPort))
    },
    .option(
      "tun-nocsum", "", Kind(31, "tun-nocsum"),
      Legality(allowed: [.addDestination, .editDestination], exclusive: [.gue, .gre]),
      "tunnel encapsulation without checksum"
    ) { (draft, _) in draft.checksum = .none },
    .option(
      "tun-csum", "", Kind(32, "tun-csum"),
      Legality(allowed: [.addDestination, .editDestination], exclusive: [.gue, .gre]),
      "tunnel encapsulation with checksum"
    ) { (draft, _) in draft.checksum = .full },
    .option(
      "tun-remcsum", "", Kind(33, "tun-remcsum"),
      Legality(allowed: [.addDestination, .editDestination], exclusive: [.gue]),
      "tunnel encapsulation with remote checksum"
    ) { (draft, _) in draft.checksum = .remote },
    .option(
      "weight", "w", Kind(8, "weight"), settings, takes: .required("weight"), "capacity of real server"
    ) { (draft, value) throws(Misuse) in
      draft.destination.weight = try Draft.number(value, 0 ... .max, or: .value(.weight))
    },
    .option(
      "u-threshold", "x", Kind(9, "u-threshold"), settings, takes: .required("uthreshold"),
      "upper threshold of connections"
    ) { (draft, value) throws(Misuse) in
      draft.destination.upperThreshold = try Draft.number(value, Draft.threshold, or: .value(.upperThreshold))
    },
    .option(
      "l-threshold", "y", Kind(10, "l-threshold"), settings, takes: .required("lthreshold"),
      "lower threshold of connections"
    ) { (draft, value) throws(Misuse) in
      draft.destination.lowerThreshold = try Draft.number(value, Draft.threshold, or: .value(.lowerThreshold))
    },
    .option("connection", "c", .connection, subject, "output of current IPVS connections") {
      (draft, _) in draft.query.subject = .connections
    },
    .option("timeout", "", Kind(12, "timeout"), subject, "output of timeout (tcp tcpfin udp)") {
      (draft, _) in draft.query.subject = .timeouts
    },
    .option("daemon", "", Kind(13, "daemon"), subject, "output of daemon information") {
      (draft, _) in draft.query.subject = .daemons
    },
    .option("stats", "", Kind(14, "stats"), listing, "output of statistics information") {
      (draft, _) in draft.query.take(.stats)
    },
    .option("rate", "", Kind(15, "rate"), listing, "output of rate information") {
      (draft, _) in draft.query.take(.rate)
    },
    .option("exact", "", .exact, listing, "expand numbers (display exact values)") {
      (draft, _) in draft.query.isExact = true
    },
    .option("", "X", .exact, listing) { (draft, _) in draft.query.isExact = true },
    .option("thresholds", "", Kind(16, "thresholds"), listing, "output of thresholds information") {
      (draft, _) in draft.query.take(.thresholds)
    },
    .option(
      "persistent-conn", "", Kind(17, "persistent-conn"), listing, "output of persistent connection info"
    ) { (draft, _) in draft.query.take(.persistentConnections) },
    .option("tun-info", "", Kind(28, "tun-info"), listing, "output of tunnel information") {
      (draft, _) in draft.query.take(.tunnel)
    },
    .option(
      "nosort", "", Kind(18, "nosort"), listing, "disable sorting output of service/server entries"
    ) { (draft, _) in draft.query.isUnsorted = true },
    .free("sort", "", "does nothing, for backwards compatibility") { (_, _) in },
    .option("ops", "o", Kind(21, "ops"), serviceSettings, "one-packet scheduling") {
      (draft, _) in draft.service.flags.insert(.onePacket)
    },
    .option(
      "numeric", "n", Kind(0, "numeric"), Legality(allowed: [.list, .save]),
      "numeric output of addresses and ports"
    ) { (draft, _) in draft.query.isNumeric = true },
    .option(
      "sched-flags", "b", Kind(23, "sched-flags"), serviceSettings, takes: .required("flags"),
      completedBy: .list({ SchedulerFlag.all.map { $0.name } }), "scheduler flags (comma-separated)"
    ) { (draft, value) in draft.schedulerFlags = value },

    .option(
      "syncid", "", Kind(19, "syncid"), Legality(allowed: [.list, .startDaemon, .stopDaemon]), in: .daemon,
      takes: .required("sid"), "syncid for connection sync (default=255)"
    ) { (draft, value) throws(Misuse) in
      draft.daemon.syncID = try Draft.number(value, 0...255, or: .value(.syncID))
    },
    .option(
      "sync-maxlen", "", Kind(27, "sync-maxlen"), daemon, in: .daemon, takes: .required("length"),
      "Max sync message length (default=1472)"
    ) { (draft, value) throws(Misuse) in
      draft.daemon.maximumLength = try Draft.number(value, 1...65507, or: .value(.maximumLength))
    },
    .option(
      "mcast-interface", "", Kind(11, "mcast-interface"), daemon, in: .daemon, takes: .required("interface"),
      completedBy: .interface, "multicast interface for connection sync"
    ) { (draft, value) in draft.daemon.interface = Draft.kernelName(value) },
    .option(
      "mcast-group", "", Kind(24, "mcast-group"), daemon, in: .daemon, takes: .required("address"),
      "IPv4/IPv6 group (default=224.0.0.81)"
    ) { (draft, value) throws(Misuse) in try draft.take(group: value) },
    .option(
      "mcast-port", "", Kind(25, "mcast-port"), daemon, in: .daemon, takes: .required("port"),
      "UDP port (default=8848)"
    ) { (draft, value) throws(Misuse) in
      draft.daemon.port = try Draft.number(value, 1 ... .max, or: .value(.port))
    },
    .option(
      "mcast-ttl", "", Kind(26, "mcast-ttl"), daemon, in: .daemon, takes: .required("ttl"),
      "Multicast TTL (default=1)"
    ) { (draft, value) throws(Misuse) in
      draft.daemon.ttl = try Draft.number(value, 1 ... .max, or: .value(.ttl))
    },

    .command(
      "apply", "", .apply, in: .new, "make the table what rules from stdin", "say, and change nothing else"),
    .option(
      "all", "", Kind(34, "all"), Legality(allowed: [.save]), in: .new, "save timeouts and sync daemons, too"
    ) {
      (draft, _) in draft.query.hasStatus = true
    },
    .option(
      "keep", "", Kind(35, "keep"), Legality(allowed: [.editService, .editDestination]), in: .new,
      "what is not given stays as it is"
    ) { (draft, _) in draft.isKeeping = true },
    .option(
      "drain", "", Kind(36, "drain"), Legality(allowed: [.deleteService, .deleteDestination, .apply]),
      in: .new,
      takes: .required("seconds"), "time for connections to end before", "a server is deleted"
    ) { (draft, value) throws(Misuse) in draft.apply.drain = try Draft.seconds(value, .drain) },
    .option(
      "slow-start", "", Kind(37, "slow-start"), Legality(allowed: [.addDestination, .apply]), in: .new,
      takes: .required("seconds"), "time in which a new server comes to", "its weight"
    ) { (draft, value) throws(Misuse) in draft.apply.slowStart = try Draft.seconds(value, .slowStart) },
    .option(
      "dry-run", "", Kind(38, "dry-run"), Legality(allowed: [.apply]), in: .new,
      "print the changes as rules instead"
    ) {
      (draft, _) in draft.apply.isDryRun = true
    },
    .option(
      "keep-others", "", Kind(39, "keep-others"), Legality(allowed: [.apply]), in: .new,
      "remove no service that is not in the rules"
    ) { (draft, _) in draft.apply.keeping.insert(.otherServices) },
    .option(
      "keep-weights", "", Kind(40, "keep-weights"), Legality(allowed: [.apply]), in: .new,
      "leave weights of servers as they are"
    ) { (draft, _) in draft.apply.keeping.insert(.weights) },
    .option(
      "json", "", Kind(41, "json"), Legality(allowed: [.list, .doctor]), in: .new,
      "list everything that is known as JSON"
    ) { (draft, _) throws(Misuse) in try draft.query.take(.json) },
    .option(
      "client", "", Kind(42, "client"), connections, in: .new, takes: .required("address[/len]"),
      completedBy: .client, "list only connections of these clients"
    ) { (draft, value) throws(Misuse) in try draft.take(client: value) },
    .option(
      "state", "", Kind(43, "state"), connections, in: .new, takes: .required("name"), completedBy: .state,
      "list only connections in this state"
    ) { (draft, value) throws(Misuse) in try draft.take(state: value) },
    .option(
      "count-by", "", Kind(44, "count-by"), connections, in: .new, takes: .required("what"),
      completedBy: .oneOf({ CountSubject.allCases.map { $0.name } }), "count connections by this instead"
    ) { (draft, value) throws(Misuse) in try draft.take(countSubject: value) },
    .option(
      "metrics", "", Kind(45, "metrics"), Legality(allowed: [.list]), in: .new,
      "list everything that is known as metrics", "for Prometheus"
    ) { (draft, _) throws(Misuse) in try draft.query.take(.metrics) },
    .option(
      "watch", "", Kind(46, "watch"), Legality(allowed: [.list]), in: .new,
      takes: .optional("[seconds]", default: "2"), "list again and again, with live rates", "at a terminal"
    ) { (draft, value) throws(Misuse) in
      draft.query.interval = try Draft.number(value, 1...Draft.day, or: .value(.watch))
    },
    .command(
      "doctor", "", .doctor, in: .new, "find what is wrong on this machine,", "and the command that mends it"),
    .option(
      "virtual", "", .virtual, Legality(exclusive: [.doctor]), in: .new, takes: .required("address"),
      "examine it as a real server", "for this virtual address"
    ) { (draft, value) throws(Misuse) in try draft.take(virtual: value) },
    .option(
      "probe", "", .probe, Legality(allowed: [.doctor]), in: .new,
      "ask each server for a connection"
    ) { (draft, _) in draft.doctor.isProbing = true },
    .option(
      "verbose", "", Kind(49, "verbose"), Legality(allowed: [.doctor]), in: .new, "say what is right, too"
    ) { (draft, _) in draft.doctor.isVerbose = true },
    .option(
      "netns", "", Kind(50, "netns"), Legality(allowed: .allCommands), in: .new,
      takes: .required("name|path"), completedBy: .namespace, "do it in this network namespace"
    ) { (draft, value) in draft.namespace = value },
  ]

  private static let roles: Words = { SyncDaemon.Role.allCases.map { $0.name } }

  // What several options are legal with.
  private static let service = Legality(
    needed: [
      .addService, .editService, .deleteService, .addDestination, .editDestination, .deleteDestination,
    ], allowed: [.zero, .connections], exclusive: [.list, .doctor], repeatable: [.doctor])
  private static let serviceSettings = Legality(allowed: [.addService, .editService])
  private static let settings = Legality(allowed: [.addDestination, .editDestination])
  private static let subject = Legality(exclusive: [.list])
  private static let listing = Legality(allowed: [.list])
  private static let connections = Legality(allowed: [.connections])
  private static let daemon = Legality(allowed: [.startDaemon])
}
