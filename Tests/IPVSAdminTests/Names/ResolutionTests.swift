// SPDX-License-Identifier: Apache-2.0

import IPVS
import Testing

@testable import IPVSAdmin

/// What was typed becomes what the kernel is told. No name here has to be looked up.
@Suite struct ResolutionTests {
  private static let web = Service.ID.tcp("1.2.3.4:80")

  private static func server(_ endpoint: Endpoint, _ forwarding: Forwarding, of id: Service.ID = web)
    -> Change
  {
    .addDestination(Destination(endpoint, forwarding: forwarding), to: id)
  }

  static let changes: [(String, Change)] = [
    ("-D -u 1.2.3.4", .deleteService(.udp("1.2.3.4:0"))),
    ("-D -t 2001:db8::1", .deleteService(.tcp("[2001:db8::1]:0"))),
    ("-Z", .zeroAll), ("-C", .clear), ("--stop-daemon master", .stopDaemon(.master)),
    ("--set 0 0 0", .setTimeouts(Timeouts())),
    // A server without a port gets that of its service. A port of its own counts only if it is masqueraded, or if the
    // service is a mark.
    ("-a -t 1.2.3.4:80 -r 10.0.0.1 -m", server("10.0.0.1:80", .masquerade)),
    ("-a -t 1.2.3.4:80 -r 10.0.0.1:8080 -m", server("10.0.0.1:8080", .masquerade)),
    ("-a -t 1.2.3.4:80 -r 10.0.0.1:8080", server("10.0.0.1:80", .direct)),
    ("-a -t 1.2.3.4:80 -r 10.0.0.1:8080 -i", server("10.0.0.1:80", .tunnel(.ipip))),
    ("-a -t 1.2.3.4:80 -r ::1 -i", server("[::1]:80", .tunnel(.ipip))),
    ("-a -t 1.2.3.4 -r 10.0.0.1:8080", server("10.0.0.1:0", .direct, of: .tcp("1.2.3.4:0"))),
    ("-a -f 1 -r 10.0.0.1", server("10.0.0.1:0", .direct, of: .mark(1))),
    ("-a -f 1 -r 10.0.0.1:8080", server("10.0.0.1:8080", .direct, of: .mark(1))),
    ("-e -t 1.2.3.4:80 -r 10.0.0.1 -w 0", .editDestination(Destination("10.0.0.1:80", weight: 0), of: web)),
    ("-d -t 1.2.3.4:80 -r 10.0.0.1", .deleteDestination("10.0.0.1:80", from: web)),
    // A deletion has no method, so the port stays as it was typed.
    ("-d -t 1.2.3.4:80 -r 10.0.0.1:8080", .deleteDestination("10.0.0.1:8080", from: web)),
  ]

  @Test(arguments: changes)
  func means(line: String, change: Change) throws {
    #expect(try Change(line: line) == change)
  }

  static let masks: [(String, Netmask)] = [
    ("-t 1.2.3.4 -p", .host), ("-t 1.2.3.4 -p -M 255.255.255.255", .host),
    ("-t 1.2.3.4 -p -M 0xffffffff", .host),
    ("-t 1.2.3.4 -p -M 255.255.255.0", .part(0xffff_ff00)),
    ("-M 255.255.0.0 -p -t 1.2.3.4", .part(0xffff_0000)),
    ("-f 1 -p -M 0.0.0.0", .part(0)), ("-f 1 -p -M 255.1", .part(0xff00_0001)), ("-f 1 -p -M 24", .part(24)),
    ("-t ::1 -p -M 128", .host), ("-t ::1 -p -M 64", .part(64)), ("-M 1 -t ::1 -p", .part(1)),
    ("-f 1 -6 -p -M 64", .part(64)), ("-M 64 -6 -p -f 1", .part(64)),
    // What follows the digits does not count.
    ("-t ::1 -p -M 64x", .part(64)), ("-t ::1 -p -M 64.255.0.0", .part(64)),
    // Without persistence it has no effect, but is accepted.
    ("-t 1.2.3.4:80 -M 255.255.255.0", .part(0xffff_ff00)),
  ]

  @Test(arguments: masks)
  func means(options: String, mask: Netmask) throws {
    for command in ["-A", "-E"] {
      switch try Change(line: "\(command) \(options)") {
      case .addService(let service), .editService(let service): #expect(service.settings.netmask == mask)
      default: Issue.record("\(command) \(options) is about no service")
      }
    }
  }

  static let prefixes = ["0", "129", "-1", "x", "some.name", "/64", "255.255.255.0"]

  /// A name can be the mask of IPv4, which is known once it is looked up; IPv6 has prefixes.
  @Test(arguments: prefixes, ["-t ::1", "-f 1 -6"])
  func masksOfIPv6AreLengths(mask: String, service: String) {
    #expect(throws: Misuse.value(.prefix)) { try Change(line: "-A \(service) -p -M \(mask)") }
  }

  @Test func eachFamilyHasItsMessage() {
    #expect(Misuse.value(.netmask).message == "illegal virtual server persistent mask specified")
    #expect(Misuse.value(.prefix).message == "illegal ipv6 netmask specified")
  }

  static let names: [(String, [Text])] = [
    ("-L -c", []), ("-L -c -t vip:80 -r real --client friend/24", ["vip", "real", "friend"]),
    ("-L -c -t 1.2.3.4:80 -r 10.0.0.1 --client 10/8", []), ("-C", []), ("-L", []), ("-h", []), ("-S", []),
    ("-R", []), ("-Z", []), ("-D -t 1.2.3.4:80", []),
    ("-D -t vip:80", ["vip"]), ("-L -u vip", ["vip"]), ("-Z -t vip", ["vip"]), ("-D -f 1", []),
    ("-a -t vip:80 -r real", ["vip", "real"]), ("-e -f 1 -r real:80", ["real"]),
    ("-d -t 1.2.3.4:80 -r real", ["real"]), ("-D -t [vip]:80", ["[vip]"]),
    ("-A -t vip:80 -M mask", ["vip", "mask"]), ("-E -t 1.2.3.4:80 -M mask", ["mask"]),
    ("-A -t 1.2.3.4:80 -M 255.0.0.0", []), ("-A -f 1 -M mask", ["mask"]), ("-A -t [::1]:80 -M mask", []),
    ("-A -f 1 -6 -M mask", []), ("-D -t 1.2.3.4:http", []),
  ]

  /// What is looked up ahead, and side by side.
  @Test(arguments: names)
  func namesToLookUp(line: String, names: [Text]) throws {
    #expect(try Command(line: line).hostNames == names)
  }
}
