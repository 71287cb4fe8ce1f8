// SPDX-License-Identifier: Apache-2.0

import IPVS
import TestNoise
import Testing

@testable import IPVSAdmin

/// Runs a shell script in which `$I` is our program, as an ordinary user who is root of a user namespace and of a network
/// namespace in it, as in a container without privileges. Netlink is not permitted there, and the older interface is.
func contained(_ script: String) throws -> Outcome {
  _ = Kernel.prepared
  return try run(
    "/usr/bin/setpriv",
    [
      "--reuid=65534", "--regid=65534", "--clear-groups", "unshare", "-Urn", "bash", "-c",
      "I=$0; export TMPDIR=/dev/shm; ip link set lo up\n\(script)", Kernel.ours,
    ])
}

/// What the older interface carries is as by netlink; what it does not carry is refused, and nothing is done.
@Suite(.serialized) struct SocketTests {
  static let files = ["commands", "options", "values", "flows", "restore"]

  /// What a line of a case printed, and the table after it.
  private struct Step: Equatable {
    let outcome: Substring
    let table: Substring

    init(_ text: Substring) {
      let parts = text.split(separator: "\u{1d}", omittingEmptySubsequences: false)
      (outcome, table) = (parts[0], parts.count > 1 ? parts[1] : "")
    }

    var needsNetlink: Bool {
      outcome.contains(" needs netlink, which is not permitted in this user namespace\n")
    }
  }

  /// The steps of each case, the first of which sets it up.
  private static func steps(_ outcome: Outcome) throws -> [[Step]] {
    try outcome.require().split(separator: "\u{1f}").map { text in
      text.split(separator: "\u{1e}").map(Step.init)
    }
  }

  private static func quoted(_ word: String) -> String {
    "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }

  /// A script that plays cases, each from an empty table.
  private static func script(_ cases: [Case]) -> String {
    var script = """
      step() { "$I" "$@" <<<"$IN" 2>&1; echo "= $?"; printf '\\35'; "$I" -Sn --all; printf '\\36'; }

      """
    for example in cases {
      var setUp = "-C\n--set 900 120 300\n"
      for line in example.lines where line.isSetUp {
        setUp += line.words == ["-R"] ? line.input : line.text + "\n"
      }
      script += "\"$I\" -R <<<\(quoted(setUp)) 2>&1; printf '\\36'\n"
      for line in example.lines where !line.isSetUp {
        script += "IN=\(quoted(line.input)) step \(line.words.map(quoted).joined(separator: " "))\n"
      }
      script += "printf '\\37'\n"
    }
    return script
  }

  /// Whether the kernel is asked for anything in a case. Daemons have their own test: the older interface knows less of
  /// them.
  private static func matters(_ example: Case) -> Bool {
    !example.testDescription.contains("daemon")
      && example.lines.contains { line in
        !line.isSetUp && (try? CommandParser.parse(line.words.map { Text($0.utf8) })) != nil
      }
  }

  /// One case in so many is played, the first by the seed: `EVERY` and `SEED` set both, and `EVERY=1` plays all.
  private static let every = Noise.setting("EVERY").map { Int($0) } ?? 10
  private static let first = Int(Noise.seed % UInt64(every))

  @Test(arguments: files)
  func isAsByNetlink(file: String) throws {
    let all = Case.all(file).filter(Self.matters)
    let cases = stride(from: Self.first, to: all.count, by: Self.every).map { all[$0] }
    var (same, refused) = (0, 0)
    for start in stride(from: 0, to: cases.count, by: 100) {
      let part = Array(cases[start..<min(start + 100, cases.count)])
      let script = Self.script(part)
      let netlink = try Self.steps(
        inNamespace { try run("/bin/bash", ["-c", "I=$0\n\(script)", Kernel.ours]) })
      let socket = try Self.steps(contained(script))
      try #require(netlink.count == part.count && socket.count == part.count)
      for (index, example) in part.enumerated() {
        // What follows a refusal finds another table.
        for (ours, theirs) in zip(socket[index], netlink[index]) {
          if ours.needsNetlink {
            refused += 1
            break
          }
          #expect(ours == theirs, "\(example.testDescription)")
          same += 1
        }
      }
    }
    print(
      "\(file): of \(all.count) cases \(cases.count), \(same) steps as by netlink, \(refused) refused; SEED=\(Noise.seed)"
    )
    #expect(same > refused)
  }

  // MARK: - What is new

  /// All that is newer than the cases, with traffic; both ways print the same.
  private static let everything = """
    export LC_ALL=C
    t() { echo "$ $*"; "$I" "$@" 2>&1; echo "= $?"; }
    # How many packets there are depends on the time.
    listed() { "$I" -Ln "$@" | sort | sed -E 's/(  +[0-9]+){4}$/ .../'; }
    rules='-A -t 127.0.0.1:80 -s wrr -p 300
    -a -t 127.0.0.1:80 -r 127.0.0.2:8080 -m -w 4 -x 9 -y 5
    -a -t 127.0.0.1:80 -r 127.0.0.3:8080 -m -w 0
    -A -u 127.0.0.1:53 -s sh -b sh-port -o
    -A -f 4294967295 -s mh -b mh-fallback,flag-3
    -a -f 4294967295 -r 127.0.0.4:0 -g -w 7
    -a -f 4294967295 -r 127.0.0.5:0 -i -w 2147483647
    '
    t --apply --dry-run <<<"$rules"
    t --apply <<<"$rules"
    t --apply --dry-run <<<"$rules"
    exec {ready}< <(exec "$TALK" serve web tcp 127.0.0.2:8080); read -r -u $ready; server=$!
    "$TALK" ask tcp 127.0.0.1:80 1 5001,5002,5003,5004,5005
    sleep 2.2
    for how in --stats --rate --thresholds --persistent-conn --tun-info --exact --nosort; do
      [ $how != --rate ] && listed $how
    done
    t -L --json | sed -E 's/"(stats|rate)":[^}]*}//g'
    t -L --metrics | grep -vE '(packets|bytes)_total.* [1-9]'
    t -Lnc --count-by server
    t -Lnc --count-by state
    t -L --timeout --json
    "$I" -Ln --watch 1 | head -8
    t -Z -t 127.0.0.1:80
    listed --stats
    t -Z
    t -e -t 127.0.0.1:80 -r 127.0.0.3:8080 -w 2 --keep
    t -E -t 127.0.0.1:80 -s rr --keep
    t -a -t 127.0.0.1:80 -r 127.0.0.6:8080 -m -w 3 --slow-start 1
    t -d -t 127.0.0.1:80 -r 127.0.0.6:8080 --drain 1
    t -d -t 127.0.0.1:80 -r 127.0.0.2:8080 --drain 1
    t -D -u 127.0.0.1:53 --drain 1
    t --set 0 7 0
    t -Sn
    t --apply --keep-others --keep-weights <<<"-A -f 3"
    t --apply <<<"$(printf -- '-A -f 5\\n-A -f 6 -s nosuch')"
    t --apply --drain 1 <<<"-A -f 3 -s rr"
    t -Sn --all
    t -R <<<"$(printf -- '-A -f 8\\n-Ln\\n-A -f 8\\n-a -f 8 -r 127.0.0.2 --slow-start 0 -w 3')"
    t -Sn
    for name in save restore; do (exec -a ipvsadm-$name "$I" <<<'-A -f 9'); echo $?; done
    t -Ln
    kill $server
    """

  @Test func whatIsNewIsAsByNetlink() throws {
    let script = "TALK=\(projectPath("lab/talk"))\n\(Self.everything)"
    let socket = try contained(script)
    let netlink = try inNamespace { try run("/bin/bash", ["-c", "I=$0\n\(script)", Kernel.ours]) }
    let lines = socket.output.split(separator: "\n")
    #expect(lines == netlink.output.split(separator: "\n"))
    #expect(lines.count > 150)
    #expect(!socket.output.contains("not permitted"))
  }

  @Test func daemonsStartAndStop() throws {
    let outcome = try contained(
      """
      t() { "$I" "$@" 2>&1; echo "= $?"; }
      ip link set lo multicast on; ip route add 224.0.0.0/4 dev lo
      t --start-daemon master --mcast-interface lo --syncid 7
      t --start-daemon master --mcast-interface lo
      t --start-daemon backup --mcast-interface nosuch
      for option in '--sync-maxlen 1400' '--mcast-group 224.0.0.9' '--mcast-port 9' '--mcast-ttl 2'; do
        t --start-daemon backup --mcast-interface lo $option
      done
      t --start-daemon backup --mcast-interface lo
      t -L --daemon
      t -L --daemon --json
      "$I" -Sn --all >$TMPDIR/rules
      cat $TMPDIR/rules
      t --apply --dry-run <$TMPDIR/rules
      t --apply <<<'--start-daemon master --mcast-interface lo --syncid 8'
      t -L --daemon
      t --stop-daemon master
      t --stop-daemon master
      """)
    #expect(
      outcome.output == """
        = 0
        Daemon has already run
        = 255
        No such device
        = 255
        --sync-maxlen needs netlink, which is not permitted in this user namespace
        = 255
        --mcast-group needs netlink, which is not permitted in this user namespace
        = 255
        --mcast-port needs netlink, which is not permitted in this user namespace
        = 255
        --mcast-ttl needs netlink, which is not permitted in this user namespace
        = 255
        = 0
        master sync daemon (mcast=lo, syncid=7)
        backup sync daemon (mcast=lo, syncid=0)
        = 0
        {"daemons":[{"role":"master","interface":"lo","sync_id":7},{"role":"backup","interface":"lo","sync_id":0}]}
        = 0
        --set 900 120 300
        --start-daemon master --mcast-interface lo --syncid 7
        --start-daemon backup --mcast-interface lo --syncid 0
        = 0
        = 0
        master sync daemon (mcast=lo, syncid=8)
        = 0
        = 0
        No daemon is running
        = 255

        """)
  }

  // MARK: - What is refused

  /// Rules of which one needs netlink change nothing, whatever the others are.
  @Test func rulesAreRefusedAsAWhole() throws {
    let outcome = try contained(
      """
      $I -A -f 1 -s rr
      for rule in '-A -f 3 -6' '-A -t [::1]:80' '-D -f 1 -6' '-A -f 3 --pe sip' '-E -f 1 --pe sip --keep' \\
        '-a -f 2 -r 1.2.3.4 -i --tun-type gre' '-a -f 2 -r 1.2.3.4 -i --tun-type gue --tun-port 9 --slow-start 5' \\
        '-a -f 2 -r ::1 -i' '-d -f 2 -r ::1 --drain 5' '--start-daemon master --mcast-port 9'; do
        rules=$(printf -- '-A -f 2\\n-A -f 1\\n%s' "$rule")
        $I $rule 2>/dev/null; echo $?
        $I -R <<<"$rules" 2>&1; echo $?
        (exec -a ipvsadm-restore $I <<<"$rules" 2>/dev/null); echo $?
        [[ $rule == *--keep || $rule == *--slow-start* || $rule == -[Dd]* ]] || {
          rules="-A -f 2${rules#*-A -f 1}"
          for how in '' --dry-run; do $I --apply $how <<<"$rules" 2>/dev/null; echo $?; done
        }
        [ "$($I -Sn)" = '-A -f 1 -s rr' ] || $I -Sn
      done
      """)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.allSatisfy { $0 == "255" || $0.hasPrefix("line 3: ") && $0.contains(" needs netlink, ") })
    #expect(lines.filter { $0 != "255" }.count == 10 && lines.count == 10 + 30 + 12)
  }

  @Test func mistakesAreToldWithWhatIsRefused() throws {
    let outcome = try contained(
      """
      printf -- '-A -f 1\n-A\n-A -f 2 -6\n-A -f 3 -w 1\n' | $I -R
      echo $?; $I -Sn
      """)
    #expect(outcome.output == "2\n")
    #expect(
      outcome.errors == """
        line 2: You need to supply the 'service-address' option for the 'add-service' command
        line 3: IPv6 needs netlink, which is not permitted in this user namespace
        line 4: Illegal 'weight' option with the 'add-service' command

        """)
  }

  /// What root of the host adds from outside does not appear, and is not lost by accident.
  @Test func ipv6FromOutsideIsNotLost() throws {
    let outcome = try inNamespace {
      try run(
        "/bin/bash",
        [
          "-c",
          """
          I=$0
          setpriv --reuid=65534 --regid=65534 --clear-groups unshare -Urn sleep 100 &
          inside() { nsenter -t $! -U -n "$@"; }
          until [ "$(readlink /proc/$!/ns/net)" != "$(readlink /proc/self/ns/net)" ]; do sleep 0.1; done
          inside ip link set lo up
          inside $I -A -f 1
          $I -A -t [::1]:80 --netns /proc/$!/ns/net
          $I -Sn --netns /proc/$!/ns/net
          inside $I -Ln | tail -n +4
          for command in -Sn --apply '--apply --dry-run'; do inside $I $command <<<'' 2>&1; echo $?; done
          inside bash -c 'exec -a ipvsadm-restore $0 <<<"-A -f 2"' $I 2>&1; echo $?
          $I -Sn --netns /proc/$!/ns/net
          inside $I -C
          $I -Sn --netns /proc/$!/ns/net
          kill $!
          """, Kernel.ours,
        ])
    }
    let refusal = """
      the table has services or servers of IPv6, and they need netlink, which is not permitted in this user namespace
      1

      """
    #expect(
      outcome.output == "-A -t [::1]:80 -s wlc\n-A -f 1 -s wlc\nFWM  1 wlc\n" + refusal + refusal + refusal
        + refusal + "-A -t [::1]:80 -s wlc\n-A -f 1 -s wlc\n")
  }

  /// Without rights in its own namespace a user sees what everyone sees, and hears what it was before.
  @Test func othersThanRootAreRefusedAsBefore() throws {
    let outcome = try contained(
      """
      $I -A -f 1
      user() { setpriv --bounding-set -all --inh-caps -all --ambient-caps -all --no-new-privs "$@"; }
      user $I -Ln 2>&1 | tail -n 1
      user $I -C 2>&1; echo $?
      """)
    #expect(
      outcome.output == """
        FWM  1 wlc
        Can't initialize ipvs: Permission denied (you must be root)
        Are you sure that IP Virtual Server is built in the kernel or as module?
        2

        """)
  }

  // MARK: - Large tables

  /// Tables that are larger than the first answer, and that change meanwhile, are listed whole, each entry once.
  @Test func aLargeTableIsListedWholeWhileItChanges() throws {
    let outcome = try contained(
      """
      seq 400 | sed 's/.*/-A -f &/' | $I -R
      for i in $(seq 300); do echo "-a -f 1 -r 127.0.$((i / 100)).$((i % 100 + 1)) -m"; done | $I -R
      edit() { for i in $(seq 15); do
        seq $1 $2 | sed 's/.*/-A -f &/' | $I -R; seq $1 $2 | sed 's/.*/-D -f &/' | $I -R; done; }
      edit 1001 1100 & edit 2001 2100 &
      for how in '' --stats; do for i in $(seq 15); do
        $I -Ln $how | sort | uniq -c | awk '$2 == "FWM" && $3 <= 400 { n++ } $2 == "->" && $3 != "RemoteAddress:Port" { r++ }
          $1 > 1 { twice++ } END { print n + 0, r + 0, twice + 0 }'
      done; done | sort -u
      wait
      """)
    #expect(outcome == Outcome(output: "400 300 0\n", errors: "", status: 0))
  }
}
