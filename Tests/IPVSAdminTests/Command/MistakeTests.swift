// SPDX-License-Identifier: Apache-2.0

import TestNoise
import IPVS
import Testing

@testable import IPVSAdmin

/// Command lines that are wrong, the messages for them, and the exit status.
@Suite struct MistakeTests {
  private static let noCommand = "Try `x -h' or 'x --help' for more information."

  static let mistakes: [(String, ExitCode, String)] = [
    ("-n -L", .refused, noCommand), ("word", .refused, noCommand), ("--lis", .refused, noCommand),
    ("-t", .refused, noCommand), ("-t 1.2.3.4:80", .refused, noCommand), ("-q", .refused, noCommand),
    ("--start-daemon", .refused, noCommand), ("--sort -L", .refused, noCommand),
    ("-A", .usage, "You need to supply the 'service-address' option for the 'add-service' command"),
    ("-C -n", .usage, "Illegal 'numeric' option with the 'flush' command"),
    ("-A -t 1.2.3.4:80 -w 1", .usage, "Illegal 'weight' option with the 'add-service' command"),
    ("-A -t 1.2.3.4:80 -t 1.2.3.4:80", .usage, "multiple 'service-address' options specified"),
    ("-A -t 1.2.3.4:80 -f 1", .usage, "multiple 'service-address' options specified"),
    ("-D -f 1 -6 -f 2", .usage, "multiple 'service-address' options specified"),
    ("-L -t 1.2.3.4:80 -u 1.2.3.4:80", .usage, "multiple 'service-address' options specified"),
    ("-Z -t 1.2.3.4:80 -f 1", .usage, "multiple 'service-address' options specified"),
    ("-a -t 1.2.3.4:80 -g -m", .usage, "multiple 'forwarding-method' options specified"),
    ("-L -X --exact", .usage, "multiple 'exact' options specified"),
    ("-A -t 1.2.3.4:80 -L", .usage, "invalid option `-L'"),
    ("-A --list", .usage, "invalid option `--list'"),
    ("-A -t 1.2.3.4:80 -q", .refused, "-q: unknown option"),
    ("-L --stat", .refused, "--stat: unknown option"),
    ("-L --state", .refused, "--state: missing argument"),
    ("-L -r 1.2.3.4", .usage, "Illegal 'real-server' option with the 'list' command"),
    ("-L --client 1.2.3.4", .usage, "Illegal 'client' option with the 'list' command"),
    ("-L -c --client 10.1", .usage, "illegal client address[/length] specified"),
    (
      "-L -c --state open", .usage,
      "unknown state `open', there are NONE, ASSURED, ESTABLISHED, SYN_SENT, SYN_RECV, FIN_WAIT, TIME_WAIT, CLOSE, "
        + "CLOSE_WAIT, LAST_ACK, LISTEN, SYNACK, UDP, INIT1, INIT, C-SENT, C-REPLIED, C-WAIT, COOKIE, C-ECHOED, S-SENT, "
        + "S-RECEIVED, S-ACK-SENT, REJECTED, CLOSED, ERR!"
    ),
    ("-L -c --count-by port", .usage, "cannot count by `port', only by client, service, server, state"),
    ("-L -c --count-by state --count-by client", .usage, "multiple 'count-by' options specified"),
    ("-L -c --count-by state --persistent-conn", .usage, "options conflicts in the list command"),
    ("-L -c --count-by state --stats", .usage, "options conflicts in the list command"),
    ("-L -c -6 -t 1.2.3.4:80", .usage, "-6 used before -f\n"),
    ("-A -t", .refused, "-t: missing argument"),
    ("-L --exact=1", .refused, "--exact=1: option does not take an argument"),
    ("-L word", .usage, "unexpected argument word"),
    ("-L -- -n", .usage, "unexpected argument -n"),
    ("-A -t 1.2.3.4:80 -p 9 9", .usage, "unexpected argument 9"),
    (
      "-L -c --timeout", .usage,
      "The option 'timeout' conflicts with the 'connection' option in the 'list' command"
    ),
    (
      "-L --daemon -t 1.2.3.4:80", .usage,
      "The option 'daemon' conflicts with the 'service-address' option in the 'list' command"
    ),
    ("-L -c --stats", .usage, "options conflicts in the list command"),
    ("-A -t 1.2.3.4", .usage, "Zero port specified for non-persistent service"),
    ("-A -t 1.2.3.4:80 -o", .usage, "One-Packet Scheduling is only for UDP virtual services"),
    ("-A -t 80", .usage, "illegal virtual server address[:port] specified"),
    ("-a -t 1.2.3.4:80 -r [::1]", .usage, "illegal real server address[:port] specified"),
    ("-A -t 1.2.3.4:80 -6", .usage, "-6 used before -f\n"),
    ("-A -6 -t 1.2.3.4:80", .usage, "-6 used before -f\n"),
    ("-L -6", .usage, "-6 used before -f\n"),
    (
      "-a -t 1.2.3.4:80 -r [::1]:80 -m", .usage,
      "Different address family is allowed only for tunneling servers"
    ),
    ("--set 1 2", .usage, "--set option requires 3 timeout values"),
    ("--set", .usage, "--set option requires 3 timeout values"),
    ("--set 1 2 x", .usage, "invalid timeout value `x' specified"),
    ("--set 1 2 3 4", .usage, "unexpected argument 4"),
    ("--set 1 2 3 -n", .usage, "Illegal 'numeric' option with the 'set' command"),
    ("--start-daemon both", .usage, "illegal start-daemon parameter specified"),
    ("--start-daemon=", .usage, "illegal start-daemon parameter specified"),
    ("--start-daemon Master", .usage, "illegal start-daemon parameter specified"),
    ("--stop-daemon both", .usage, "illegal start_daemon specified"),
    ("--doctor -6", .usage, "-6 used before -f\n"),
    ("--doctor -6 -t 1.2.3.4:80", .usage, "-6 used before -f\n"),
    ("--doctor -t 1.2.3.4:80 -6 -f 1", .usage, "-6 used before -f\n"),
    ("--doctor -f 1 -f 0", .usage, "invalid fwmark value `0' specified"),
    ("--doctor --virtual 10.0.0", .usage, "illegal virtual address specified"),
    ("--doctor --virtual 10.0.0.100 --virtual 10.0.0.100", .usage, "multiple 'virtual' options specified"),
    (
      "--doctor --virtual 10.0.0.100 -t 1.2.3.4:80", .usage,
      "The option 'virtual' conflicts with the 'service-address' option in the 'doctor' command"
    ),
    (
      "--doctor -f 1 -f 2 --virtual 10.0.0.100", .usage,
      "The option 'virtual' conflicts with the 'service-address' option in the 'doctor' command"
    ),
    (
      "--doctor --virtual 10.0.0.100 --probe", .usage,
      "The option 'probe' conflicts with the 'virtual' option in the 'doctor' command"
    ),
    ("--doctor -r 10.1.0.11", .usage, "Illegal 'real-server' option with the 'doctor' command"),
  ]

  @Test(arguments: mistakes)
  func isRefused(line: String, status: ExitCode, message: String) throws {
    let misuse = try #require(Misuse(line: line), "\(line) means something")
    #expect(Complaint(misuse, program: "x") == Complaint(Text(message), status))
  }

  /// They look like addresses only to a reader of characters instead of bytes.
  @Test(arguments: ["1.2.3.4:\u{200c}80", "1.2.3.4:\u{301}80", "[::1]\u{301}:80"])
  func bytesAreReadAndNotCharacters(address: String) {
    let services: [[Text]] = [["-D", "-t", Text(address)], ["-A", "-u", Text(address), "-s", "rr"]]
    for words in services { Self.expect(words, .service(Text())) }
    Self.expect(["-d", "-f", "1", "-r", Text(address)], .destination(Text()))
    Self.expect(["-a", "-t", "1.2.3.4:80", "-r", Text(address), "-m"], .destination(Text()))
  }

  /// Expects a mistake in reading words or in looking up their names; what was typed does not matter.
  private static func expect(_ words: [Text], _ misuse: Misuse) {
    do throws(Misuse) {
      guard case .edit(let edit) = try CommandParser.parse(words) else { return }
      let change = try edit.resolved(by: Resolver())
      Issue.record("\(words) means \(change)")
    } catch {
      #expect(error.message == misuse.message)
    }
  }

  @Test func wordsPassAsTheyAre() throws {
    let words: [Text] = ["-A", "-t", "1.2.3.4:80", "-s", Text([0x66, 0xff, 0xc2])]
    guard case .edit(.addService(let rule)) = try CommandParser.parse(words) else {
      Issue.record("no service")
      return
    }
    var scheduler = Text()
    scheduler.append(rule.settings.scheduler)
    #expect(scheduler.bytes == [0x66, 0xff, 0xc2])
    #expect(throws: Misuse.unexpectedWord(Text([0xff]))) { try CommandParser.parse(["-L", Text([0xff])]) }
  }

  /// Any words mean something or get a message, which has the words in it unchanged.
  @Test(arguments: Noise.seeds)
  func noiseMeansSomethingOrIsRefused(seed: UInt64) {
    var noise = Noise(seed: seed)
    let spellings = Option.table.flatMap(\.spellings).map { Text($0) }
    let values = [
      "1.2.3.4:80", "[::1]:80", "1", "0", "-1", "master", "rr", "gue", "sh-port", "", "-", "--", "=",
    ]
    .map { Text($0) }
    for _ in 0..<3_000 {
      let words = (0..<Int.random(in: 1...7, using: &noise)).map { index in
        if noise.once(in: 10) { return Text((0..<4).map { _ in noise.number(1...255) }) }
        return index == 0 || noise.once(in: 2) ? noise.pick(spellings) : noise.pick(values)
      }
      do throws(Misuse) { _ = try CommandParser.parse(words) } catch {
        #expect(!error.message.isEmpty, "seed \(seed): \(words)")
        if case .unexpectedWord(let word) = error { #expect(words.contains(word), "seed \(seed): \(words)") }
      }
    }
  }
}
