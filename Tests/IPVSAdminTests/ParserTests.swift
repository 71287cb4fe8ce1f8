// SPDX-License-Identifier: Apache-2.0

import IPVS
import Testing

@testable import IPVSAdmin

/// Command lines and what they mean, or what is said of them.
@Suite struct ParserTests {
  private static let web = ServiceName.endpoint(.tcp, typed("1.2.3.4:80"))
  private static func rule(
    _ name: ServiceName = web, _ scheduler: String = "wlc", _ flags: Service.Flags = [],
    persistence: UInt32? = nil, netmask: String? = nil, engine: String? = nil
  ) -> Command {
    .edit(
      .addService(
        ServiceRule(
          name: name, scheduler: scheduler, flags: flags, persistence: persistence, netmask: netmask,
          engine: engine)))
  }
  private static func server(
    _ server: String, _ forwarding: Forwarding? = nil, weight: Int32 = 1, upper: UInt32 = 0,
    lower: UInt32 = 0
  ) -> Command {
    .edit(
      .addServer(
        ServerRule(
          service: web, server: typed(server), forwarding: forwarding, weight: weight,
          upperThreshold: upper, lowerThreshold: lower)))
  }

  static let meanings: [(String, Command)] = [
    ("", .list(ListQuery())),
    ("-h", .help),
    ("--version", .version),
    ("-A -t 1.2.3.4:80", rule()),
    ("-At1.2.3.4:80", rule()),
    ("--add-service --tcp-service=1.2.3.4:80 --scheduler=rr", rule(web, "rr")),
    ("-A -f 7", rule(.mark(7, .ipv4))),
    ("-A -6 -f 7", rule(.mark(7, .ipv6))),
    ("-A -f 4294967295 -6", rule(.mark(.max, .ipv6))),
    ("-A -t 1.2.3.4:80 -p", rule(persistence: 360)),
    ("-A -t 1.2.3.4:80 -p 30 -M 255.255.0.0", rule(persistence: 30, netmask: "255.255.0.0")),
    ("-A -p -t 1.2.3.4:80", rule(persistence: 360)),
    ("-A -b sh-port,sh-fallback -s sh -t 1.2.3.4:80", rule(web, "sh", [.scheduler1, .scheduler2])),
    ("-A -t 1.2.3.4:80 --pe sip", rule(engine: "sip")),
    ("-a -t 1.2.3.4:80 -r 10.0.0.1", server("10.0.0.1")),
    (
      "-a -t 1.2.3.4:80 -r 10.0.0.1:8080 -m -w 5 -x 9 -y 3",
      server("10.0.0.1:8080", .masquerade, weight: 5, upper: 9, lower: 3)
    ),
    ("-a -t 1.2.3.4:80 -r 10.0.0.1 -i", server("10.0.0.1", .tunnel(.ipip))),
    (
      "-a -t 1.2.3.4:80 -r 10.0.0.1 -i --tun-type gue --tun-port 6080 --tun-remcsum",
      server("10.0.0.1", .tunnel(.gue(port: 6080, .remote)))
    ),
    (
      "-a -t 1.2.3.4:80 -r 10.0.0.1 -i --tun-type gre --tun-csum",
      server("10.0.0.1", .tunnel(.gre(.full)))
    ),
    ("-d -t 1.2.3.4:80 -r 10.0.0.1:1", .edit(.deleteServer(web, typed("10.0.0.1:1")))),
    ("-D -t 1.2.3.4:80", .edit(.deleteService(web))),
    ("-C", .edit(.clear)),
    ("-Z", .edit(.zero(nil))),
    ("-Z -t 1.2.3.4:80", .edit(.zero(web))),
    ("--set 1 0 2678400", .edit(.setTimeouts(Timeouts(tcp: 1, tcpFin: 0, udp: 2_678_400)))),
    (
      "--start-daemon backup --syncid 5",
      .edit(.startDaemon(SyncDaemon(.backup, interface: "eth0", syncID: 5)))
    ),
    ("--stop-daemon=master", .edit(.stopDaemon(.master))),
    ("-Sn", .save(numeric: true)),
    ("-R", .restore(clearing: false)),
    ("-lnc", .list(ListQuery(subject: .connections, numeric: true))),
    ("-L --timeout", .list(ListQuery(subject: .timeouts))),
    ("-L --nosort --sort", .list(ListQuery(unsorted: true))),
    (
      "-L -t 1.2.3.4:80 --stats --exact",
      .list(ListQuery(subject: .service(web), format: ListFormat(style: .stats, isExact: true)))
    ),
  ]

  @Test(arguments: meanings.indices)
  func means(index: Int) throws {
    let (line, command) = Self.meanings[index]
    #expect(try CommandParser.parse(line.split(separator: " ").map(String.init), program: "x") == command)
  }

  static let hint = "Try `x -h' or 'x --help' for more information."

  static let mistakes: [(String, ExitCode, String)] = [
    ("-n -L", .refused, hint),
    ("word", .refused, hint),
    ("--lis", .refused, hint),
    ("-A", .usage, "You need to supply the 'service-address' option for the 'add-service' command"),
    ("-A -t 1.2.3.4:80 -w 1", .usage, "Illegal 'weight' option with the 'add-service' command"),
    ("-A -t 1.2.3.4:80 -t 1.2.3.4:80", .usage, "multiple 'service-address' options specified"),
    ("-A -t 1.2.3.4:80 -L", .usage, "invalid option `-L'"),
    ("-A -t 1.2.3.4:80 -q", .refused, "-q: unknown option"),
    ("-A -t", .refused, "-t: missing argument"),
    ("-L word", .usage, "unexpected argument word"),
    (
      "-L -c --timeout", .usage,
      "The option 'timeout' conflicts with the 'connection' option in the 'list' command"
    ),
    ("-L -c --stats", .usage, "options conflicts in the list command"),
    ("-A -t 1.2.3.4", .usage, "Zero port specified for non-persistent service"),
    ("-A -t 1.2.3.4:80 -o", .usage, "One-Packet Scheduling is only for UDP virtual services"),
    ("-A -t 1.2.3.4:80 -p 0", .usage, "invalid timeout value `0' specified"),
    ("-A -f 0", .usage, "invalid fwmark value `0' specified"),
    ("-A -t 1.2.3.4:80 -6", .usage, "-6 used before -f\n"),
    ("-A -s rr -b mh-port -t 1.2.3.4:80", .usage, "incompatible scheduler flag `mh-port'"),
    (
      "-a -t 1.2.3.4:80 -r [::1]:80 -m", .usage,
      "Different address family is allowed only for tunneling servers"
    ),
    ("-a -t 1.2.3.4:80 -r 10.0.0.1 --tun-type gue", .usage, "Tunnel options conflict with forward method"),
    (
      "-a -t 1.2.3.4:80 -r 10.0.0.1 -i --tun-type gue", .usage,
      "You need to supply the 'tun-port' option for the 'gue' tunnel type"
    ),
    ("--set 1 2", .usage, "--set option requires 3 timeout values"),
    ("--start-daemon both", .usage, "illegal start-daemon parameter specified"),
    ("--start-daemon master --mcast-group 10.0.0.1", .usage, "invalid IPv4 mcast-group `10.0.0.1'"),
  ]

  @Test(arguments: mistakes.indices)
  func isRefused(index: Int) {
    let (line, status, message) = Self.mistakes[index]
    do throws(CommandParser.Failure) {
      let command = try CommandParser.parse(line.split(separator: " ").map(String.init), program: "x")
      Issue.record("\(line) means \(command)")
    } catch {
      #expect(error.error.hinting(nil) == CommandError(message, status: status))
    }
  }

  @Test func namesBeforeAMistakeAreKept() {
    do throws(CommandParser.Failure) {
      _ = try CommandParser.parse(["-a", "-u", "vip:domain", "-r", "real", "-w", "x"], program: "x")
      Issue.record("no mistake")
    } catch {
      #expect(error.names == [.service(.udp, typed("vip:domain")), .server(typed("real"), .udp)])
    }
  }
}

/// A host and port that are sound.
private func typed(_ text: String) -> HostPort {
  guard let host = HostPort(text) else { preconditionFailure(text) }
  return host
}
