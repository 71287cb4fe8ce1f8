// SPDX-License-Identifier: Apache-2.0

import IPVS
import Testing

@testable import IPVSAdmin

/// Rules to the byte. Programs search them for parts such as ` -t VIP -s SCHED` and ` -r RIP -g -w N`.
@Suite struct RuleWriterTests {
  private static func rules(_ entry: Table.Entry, _ names: NameTable = NameTable()) -> [String] {
    var text = Text()
    RuleWriter(names: names).add(Table([entry]), to: &text)
    return text.lines
  }

  static let services: [(Service, String)] = [
    (Service(.tcp("1.2.3.4:80"), scheduler: "rr"), "-A -t 1.2.3.4:80 -s rr"),
    (Service(.udp("1.2.3.4:53"), flags: .onePacket), "-A -u 1.2.3.4:53 -s wlc -o"),
    (Service(.sctp("[2001:db8::1]:9"), persistence: 5), "-A --sctp-service [2001:db8::1]:9 -s wlc -p 5"),
    (
      Service(.mark(7), persistence: 360, netmask: .part(0xffff_ff00)),
      "-A -f 7 -s wlc -p 360 -M 255.255.255.0"
    ),
    (
      Service(.mark(.max, .ipv6), persistence: 360, netmask: .part(64)),
      "-A -f 4294967295 -6 -s wlc -p 360 -M 64"
    ),
    (Service(.mark(7), persistence: 360, netmask: .part(0)), "-A -f 7 -s wlc -p 360 -M 0.0.0.0"),
    (
      Service(
        .udp("1.2.3.4:0"), scheduler: "sh", flags: [.scheduler1, .scheduler2, .scheduler3, .onePacket],
        persistence: 1, netmask: .part(0xff00_0000), engine: "sip"),
      "-A -u 1.2.3.4:0 -s sh -p 1 -M 255.0.0.0 --pe sip -o -b sh-fallback,sh-port,flag-3"
    ),
    (Service(.mark(7), scheduler: "mh", flags: .scheduler2), "-A -f 7 -s mh -b mh-port"),
    (Service(.mark(7), scheduler: "fo", flags: .scheduler), "-A -f 7 -s fo -b flag-1,flag-2,flag-3"),
    // A mask without persistence does nothing, and is not saved.
    (Service(.mark(7), netmask: .part(1), engine: "sip"), "-A -f 7 -s wlc --pe sip"),
  ]

  @Test(arguments: services)
  func ofServices(service: Service, rule: String) {
    #expect(Self.rules(Table.Entry(ServiceStatus(service))) == [rule])
  }

  static let servers: [(Destination, String)] = [
    (Destination("10.0.0.1:80"), "-r 10.0.0.1:80 -g -w 1"),
    (Destination("10.0.0.1:81", forwarding: .masquerade, weight: 0), "-r 10.0.0.1:81 -m -w 0"),
    (Destination("10.0.0.1:80", forwarding: .local, weight: .max), "-r 10.0.0.1:80 -g -w 2147483647"),
    (Destination("10.0.0.1:80", forwarding: .bypass), "-r 10.0.0.1:80 -g -w 1"),
    (Destination("10.0.0.1:80", forwarding: .tunnel(.ipip)), "-r 10.0.0.1:80 -i -w 1 --tun-type ipip"),
    (Destination("10.0.0.1:80", forwarding: .tunnel(.other(9))), "-r 10.0.0.1:80 -i -w 1"),
    (
      Destination("[::1]:80", forwarding: .tunnel(.gue(port: 6080, .none))),
      "-r [::1]:80 -i -w 1 --tun-type gue --tun-port 6080 --tun-nocsum"
    ),
    (
      Destination(
        "[::1]:80", forwarding: .tunnel(.gue(port: 1, .remote)), upperThreshold: 5, lowerThreshold: 3),
      "-r [::1]:80 -i -w 1 --tun-type gue --tun-port 1 --tun-remcsum -x 5 -y 3"
    ),
    (
      Destination("[::1]:80", forwarding: .tunnel(.gre(.full))),
      "-r [::1]:80 -i -w 1 --tun-type gre --tun-csum"
    ),
    (Destination("10.0.0.1:80", upperThreshold: .max), "-r 10.0.0.1:80 -g -w 1 -x 4294967295"),
    (Destination("10.0.0.1:80", upperThreshold: 1, lowerThreshold: 1), "-r 10.0.0.1:80 -g -w 1 -x 1 -y 1"),
  ]

  @Test(arguments: servers)
  func ofServers(server: Destination, rule: String) {
    for (id, name) in [(Service.ID.mark(1, .ipv6), "-f 1 -6"), (.tcp("1.2.3.4:80"), "-t 1.2.3.4:80")] {
      let entry = Table.Entry(ServiceStatus(Service(id)), destinations: [DestinationStatus(server)])
      #expect(Self.rules(entry) == ["-A \(name) -s wlc", "-a \(name) \(rule)"])
    }
  }

  /// A name is never cut in a rule.
  @Test func namesAreWhole() {
    let long = String(repeating: "x", count: 200)
    var names = NameTable()
    names.hosts["1.2.3.4"] = "vip"
    names.hosts["10.0.0.1"] = Text(long)
    names.hosts["2001:db8::1"] = Text(long)
    names.ports[.init(number: 80, transport: .tcp)] = "http"
    let entry = Table.Entry(
      ServiceStatus(Service(.tcp("1.2.3.4:80"))),
      destinations: [
        DestinationStatus(Destination("10.0.0.1:80")),
        DestinationStatus(Destination("[2001:db8::1]:80", forwarding: .tunnel(.ipip))),
      ])
    #expect(
      Self.rules(entry, names) == [
        "-A -t vip:http -s wlc", "-a -t vip:http -r \(long):http -g -w 1",
        "-a -t vip:http -r [\(long)]:http -i -w 1 --tun-type ipip",
      ])
  }
}
