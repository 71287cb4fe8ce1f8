// SPDX-License-Identifier: Apache-2.0

import IPVS
import Testing

@testable import IPVSAdmin

/// Command lines and what they mean.
@Suite struct MeaningTests {
  private static let web = typed("1.2.3.4:80")

  private static func add(
    _ name: ServiceName = .endpoint(.tcp, web), with settings: Service.Settings = .init(),
    netmask: Text? = nil
  ) -> Command {
    .edit(.addService(ServiceRule(name: name, settings: settings, netmask: netmask)))
  }

  private static func server(
    _ server: String, _ settings: Destination.Settings = .init(), hasMethod: Bool = true
  ) -> Command {
    .edit(
      .addDestination(
        DestinationRule(
          service: .endpoint(.tcp, web), server: typed(server), settings: settings, hasMethod: hasMethod)))
  }

  static let services: [(String, Command)] = [
    ("-A -t 1.2.3.4:80", add()),
    ("-At1.2.3.4:80", add()),
    ("-At 1.2.3.4:80", add()),
    ("--add-service --tcp-service=1.2.3.4:80 --scheduler=rr", add(with: settings("rr"))),
    ("-A -u 1.2.3.4:80 -o", add(.endpoint(.udp, web), with: .init(flags: .onePacket))),
    ("-A --sctp-service 1.2.3.4:80", add(.endpoint(.sctp, web))),
    ("-A -f 7", add(.mark(7, .ipv4))),
    ("-A -6 -f 7", add(.mark(7, .ipv6))),
    ("-A -f 4294967295 -6", add(.mark(.max, .ipv6))),
    ("-A -t 1.2.3.4:80 -p", add(with: .init(persistence: 360))),
    ("-A -t 1.2.3.4:80 -p30", add(with: .init(persistence: 30))),
    ("-A -t 1.2.3.4:80 --persistent=30", add(with: .init(persistence: 30))),
    ("-A -t 1.2.3.4:80 -p 30 -M 255.255.0.0", add(with: .init(persistence: 30), netmask: "255.255.0.0")),
    ("-A -p -t 1.2.3.4:80", add(with: .init(persistence: 360))),
    ("-A -M some.name -t 1.2.3.4:80", add(netmask: "some.name")),
    ("-A -t 1.2.3.4:80 --pe sip", add(with: .init(engine: "sip"))),
    ("-A -t 1.2.3.4:80 -s= --pe=", add()),
    // The kernel has no name that is as long as what is cut off here.
    ("-A -t 1.2.3.4:80 -s abcdefghijklmnopq", add(with: settings("abcdefghijklmno"))),
    (
      "-E -t 1.2.3.4:80 -s rr",
      .edit(.editService(ServiceRule(name: .endpoint(.tcp, web), settings: settings("rr"))))
    ),
    ("-D -t 1.2.3.4:80", .edit(.deleteService(.endpoint(.tcp, web)))),
    ("-D -f 7 -6", .edit(.deleteService(.mark(7, .ipv6)))),
    ("-Z", .edit(.zeroAll)),
    ("-Z -t 1.2.3.4:80", .edit(.zero(.endpoint(.tcp, web)))),
  ]

  static let servers: [(String, Command)] = [
    ("-a -t 1.2.3.4:80 -r 10.0.0.1", server("10.0.0.1", hasMethod: false)),
    ("-a -r 10.0.0.1 -t 1.2.3.4:80 -g", server("10.0.0.1")),
    (
      "-a -t 1.2.3.4:80 -r 10.0.0.1:8080 -m -w 5 -x 9 -y 3",
      server("10.0.0.1:8080", .init(forwarding: .masquerade, weight: 5, upperThreshold: 9, lowerThreshold: 3))
    ),
    ("-a -t 1.2.3.4:80 -r 10.0.0.1 -i", server("10.0.0.1", .init(forwarding: .tunnel(.ipip)))),
    (
      "-a -t 1.2.3.4:80 -r 10.0.0.1 -i --tun-type gue --tun-port 6080 --tun-remcsum",
      server("10.0.0.1", .init(forwarding: .tunnel(.gue(port: 6080, .remote))))
    ),
    (
      "-a -t 1.2.3.4:80 -r 10.0.0.1 --tun-csum --tun-type gre -i",
      server("10.0.0.1", .init(forwarding: .tunnel(.gre(.full))))
    ),
    (
      "-e -t 1.2.3.4:80 -r 10.0.0.1 -w 0",
      .edit(
        .editDestination(
          DestinationRule(
            service: .endpoint(.tcp, web), server: typed("10.0.0.1"), settings: .init(weight: 0),
            hasMethod: false)))
    ),
    ("-d -t 1.2.3.4:80 -r 10.0.0.1:1", .edit(.deleteDestination(.endpoint(.tcp, web), typed("10.0.0.1:1")))),
  ]

  static let others: [(String, Command)] = [
    ("", .list(ListQuery())), ("-h", .help), ("--version", .version), ("-h -A word", .help),
    ("-C", .edit(.clear)),
    ("--set 1 0 2678400", .edit(.setTimeouts(Timeouts(tcp: 1, udp: 2_678_400)))),
    ("--start-daemon master", .edit(.startDaemon(SyncDaemon(.master, interface: "eth0")))),
    (
      "--start-daemon=backup --syncid 5 --mcast-interface lo --sync-maxlen 9 --mcast-port 8 --mcast-ttl 7",
      .edit(.startDaemon(SyncDaemon(.backup, interface: "lo", syncID: 5, maximumLength: 9, port: 8, ttl: 7)))
    ),
    (
      "--start-daemon master --mcast-group ff02::81",
      .edit(.startDaemon(SyncDaemon(.master, interface: "eth0", group: "ff02::81")))
    ),
    ("--stop-daemon=master", .edit(.stopDaemon(.master))),
    ("--stop-daemon backup --syncid 9", .edit(.stopDaemon(.backup))),
    ("-Sn", .save(isNumeric: true)), ("--save", .save(isNumeric: false)), ("-R", .restore(replacing: false)),
  ]

  /// The doctor takes services one after the other; `-6` belongs to the mark before it, or else to the next one.
  static let doctors: [(String, DoctorOptions)] = [
    ("--doctor", .init()),
    ("--doctor -t 1.2.3.4:80", .init(services: [.endpoint(.tcp, web)])),
    (
      "--doctor -t 1.2.3.4:80 -u 1.2.3.4:80 --sctp-service 1.2.3.4:80 -t some.name:http",
      .init(services: [
        .endpoint(.tcp, web), .endpoint(.udp, web), .endpoint(.sctp, web),
        .endpoint(.tcp, typed("some.name:http")),
      ])
    ),
    ("--doctor -f 7 -f 8 -6", .init(services: [.mark(7, .ipv4), .mark(8, .ipv6)])),
    (
      "--doctor -f 7 -6 -f 7 -t 1.2.3.4:80",
      .init(services: [.mark(7, .ipv6), .mark(7, .ipv4), .endpoint(.tcp, web)])
    ),
    ("--doctor -6 -f 7 -f 8", .init(services: [.mark(7, .ipv6), .mark(8, .ipv4)])),
    ("--doctor --probe --verbose --json", .init(isProbing: true, isVerbose: true, isJSON: true)),
    ("--doctor --virtual 10.0.0.100", .init(virtual: "10.0.0.100")),
    ("--doctor --virtual=2001:db8::1 --json", .init(virtual: "2001:db8::1", isJSON: true)),
  ]

  @Test(arguments: services + servers + others + doctors.map { ($0, .doctor($1)) })
  func means(line: String, command: Command) throws {
    #expect(try Command(line: line) == command)
  }

  private static func settings(_ scheduler: Name) -> Service.Settings { .init(scheduler: scheduler) }
}

/// A valid host and port.
private func typed(_ text: String) -> HostPort {
  guard let host = HostPort(Text(text)) else { preconditionFailure(text) }
  return host
}
