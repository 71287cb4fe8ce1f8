// SPDX-License-Identifier: Apache-2.0

import IPVS
import Testing

@testable import IPVSAdmin

/// Command lines that change a table in use, and what they mean.
@Suite struct LiveChangeTests {
  private static func options(_ set: (inout ApplyOptions) -> Void = { _ in }) -> Command {
    var options = ApplyOptions()
    set(&options)
    return .apply(options)
  }

  private static let web = ServiceName.endpoint(.tcp, typed("1.2.3.4:80"))
  private static let server = typed("10.0.0.1")

  private static func add(_ weight: Int32) -> Edit {
    .addDestination(
      DestinationRule(service: web, server: server, settings: .init(weight: weight), hasMethod: false))
  }

  static let lines: [(String, Command)] = [
    ("--apply", options()),
    ("--apply --dry-run", options { $0.isDryRun = true }),
    ("--apply --drain 30", options { $0.drain = 30 }),
    ("--apply --drain=0 --slow-start 2678400", options { ($0.drain, $0.slowStart) = (0, 2_678_400) }),
    ("--apply --keep-others", options { $0.keeping = .otherServices }),
    ("--apply --keep-weights", options { $0.keeping = .weights }),
    (
      "--apply --keep-weights --keep-others --dry-run",
      options { ($0.keeping, $0.isDryRun) = ([.weights, .otherServices], true) }
    ),
    ("-d -t 1.2.3.4:80 -r 10.0.0.1 --drain 5", .gradual(.deleteDestination(web, server), seconds: 5)),
    ("-D -t 1.2.3.4:80 --drain 0", .gradual(.deleteService(web), seconds: 0)),
    ("-a -t 1.2.3.4:80 -r 10.0.0.1 -w 9 --slow-start 60", .gradual(add(9), seconds: 60)),
    ("-a -t 1.2.3.4:80 -r 10.0.0.1 -w 9", .edit(add(9))),
    ("-S --all", .save(isNumeric: false, withStatus: true)),
    ("-Sn --all", .save(isNumeric: true, withStatus: true)),
    (
      "-E -t 1.2.3.4:80 -s rr --keep",
      .revise(.service(web), words: Text.words("-E -t 1.2.3.4:80 -s rr --keep"))
    ),
    (
      "-e -t 1.2.3.4:80 -r 10.0.0.1 --keep -w 0",
      .revise(.destination(web, server), words: Text.words("-e -t 1.2.3.4:80 -r 10.0.0.1 --keep -w 0"))
    ),
  ]

  @Test(arguments: lines)
  func means(line: String, command: Command) throws {
    #expect(try Command(line: line) == command)
  }

  static let mistakes: [(String, String)] = [
    ("--apply word", "unexpected argument word"),
    ("--apply --drain", "--drain: missing argument"),
    ("--apply --drain x", "illegal drain time specified"),
    ("--apply --drain -1", "illegal drain time specified"),
    ("--apply --drain 2678401", "illegal drain time specified"),
    ("--apply --slow-start 1.5", "illegal slow-start time specified"),
    ("--apply --dry-run --dry-run", "multiple 'dry-run' options specified"),
    ("--apply --drain 1 --drain 2", "multiple 'drain' options specified"),
    ("--apply --keep", "Illegal 'keep' option with the 'apply' command"),
    ("--apply -t 1.2.3.4:80", "Illegal 'service-address' option with the 'apply' command"),
    ("--apply -n", "Illegal 'numeric' option with the 'apply' command"),
    ("-R --dry-run", "Illegal 'dry-run' option with the 'restore' command"),
    ("-C --drain 5", "Illegal 'drain' option with the 'flush' command"),
    ("-a -t 1.2.3.4:80 -r 10.0.0.1 --drain 5", "Illegal 'drain' option with the 'add-server' command"),
    (
      "-e -t 1.2.3.4:80 -r 10.0.0.1 --slow-start 5",
      "Illegal 'slow-start' option with the 'edit-server' command"
    ),
    (
      "-d -t 1.2.3.4:80 -r 10.0.0.1 --slow-start 5",
      "Illegal 'slow-start' option with the 'delete-server' command"
    ),
    ("-A -t 1.2.3.4:80 --keep", "Illegal 'keep' option with the 'add-service' command"),
    ("-a -t 1.2.3.4:80 -r 10.0.0.1 --keep", "Illegal 'keep' option with the 'add-server' command"),
    ("-A -t 1.2.3.4:80 --keep-weights", "Illegal 'keep-weights' option with the 'add-service' command"),
    ("-L --all", "Illegal 'all' option with the 'list' command"),
    ("-e -t 1.2.3.4:80 --keep", "You need to supply the 'real-server' option for the 'edit-server' command"),
    ("-E --keep", "You need to supply the 'service-address' option for the 'edit-service' command"),
  ]

  @Test(arguments: mistakes)
  func isWrong(line: String, message: String) {
    #expect(Misuse(line: line)?.message == message)
  }

  /// An edit that keeps the rest, of a server that is there.
  private func revised(_ settings: Destination.Settings, _ line: String) throws -> Destination.Settings? {
    let words = Text.words("-e -t 1.2.3.4:80 -r 10.0.0.1 --keep \(line)")
    guard
      case .edit(.editDestination(let rule)) = try CommandParser.parse(words, over: Draft(revising: settings))
    else { return nil }
    return rule.settings
  }

  @Test func whatIsNotGivenOfAServerStays() throws {
    let gue = Forwarding.tunnel(.gue(port: 6080, .remote))
    let old = Destination.Settings(forwarding: gue, weight: 5, upperThreshold: 9, lowerThreshold: 3)
    func changed(_ change: (inout Destination.Settings) -> Void) -> Destination.Settings {
      var settings = old
      change(&settings)
      return settings
    }
    #expect(try revised(old, "") == old)
    #expect(try revised(old, "-w 0") == changed { $0.weight = 0 })
    #expect(try revised(old, "-x 0 -y 0") == changed { ($0.upperThreshold, $0.lowerThreshold) = (0, 0) })
    #expect(try revised(old, "-m") == changed { $0.forwarding = .masquerade })
    // A tunnel keeps its type until another one is given.
    #expect(try revised(old, "-i") == old)
    #expect(try revised(old, "--tun-type gre")?.forwarding == .tunnel(.gre(.none)))
    #expect(try revised(old, "--tun-type ipip")?.forwarding == .tunnel(.ipip))
    #expect(try revised(.init(forwarding: .direct), "-i")?.forwarding == .tunnel(.ipip))
    #expect(try revised(old, "--tun-port 7") == changed { $0.forwarding = .tunnel(.gue(port: 7, .remote)) })
    #expect(try revised(old, "--tun-csum") == changed { $0.forwarding = .tunnel(.gue(port: 6080, .full)) })
    #expect(try revised(.init(forwarding: .tunnel(.other(9))), "-w 2")?.forwarding == .tunnel(.other(9)))
    #expect(try revised(.init(forwarding: .bypass), "-w 2")?.forwarding == .bypass)
    #expect(throws: Misuse.tunnelConflict) {
      try revised(.init(forwarding: .direct), "--tun-port 7 --tun-type gue")
    }
  }

  private func revised(_ settings: Service.Settings, _ line: String) throws -> Change? {
    let words = Text.words("-E -u 1.2.3.4:80 --keep \(line)")
    guard case .edit(let edit) = try CommandParser.parse(words, over: Draft(revising: settings)) else {
      return nil
    }
    return try edit.resolved(by: Resolver())
  }

  @Test func whatIsNotGivenOfAServiceStays() throws {
    let old = Service.Settings(
      scheduler: "sh", flags: [.onePacket, .scheduler1, .scheduler2], persistence: 5,
      netmask: .part(0xffff_0000),
      engine: "sip")
    func changed(_ change: (inout Service.Settings) -> Void) -> Change {
      var settings = old
      change(&settings)
      return .editService(Service(.udp("1.2.3.4:80"), settings))
    }
    #expect(try revised(old, "") == changed { _ in })
    #expect(try revised(old, "-s rr") == changed { $0.scheduler = "rr" })
    #expect(try revised(old, "-p 9") == changed { $0.persistence = 9 })
    #expect(try revised(old, "-M 255.0.0.0") == changed { $0.netmask = .part(0xff00_0000) })
    #expect(try revised(old, "-b sh-port") == changed { $0.flags = [.onePacket, .scheduler2] })
  }
}

/// A valid host and port.
private func typed(_ text: String) -> HostPort {
  guard let host = HostPort(Text(text)) else { preconditionFailure(text) }
  return host
}
