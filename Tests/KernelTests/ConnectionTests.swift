// SPDX-License-Identifier: Apache-2.0

import Glibc
import IPVS
import Testing

/// Lists of some connections, and counts. `lab/connections` compares them with the whole list; the scenario
/// `connections` does so with real traffic.
@Suite struct ConnectionTests {
  /// CONNECTIONS=500000 tries as many as a busy director has.
  private static let many = unsafe getenv("CONNECTIONS").flatMap { unsafe Int(String(cString: $0)) } ?? 20_000

  /// Runs a script where the backup daemon takes connections from `json send`.
  private func script(_ text: String) throws -> String {
    try inNamespace {
      try run(
        "/usr/bin/unshare",
        [
          "--mount", "bash", "-euc",
          """
          export IPVSADM=$0; I=$0; PATH=\(projectPath("lab")):$PATH; cd "$(mktemp -d /run/test.XXXX)"
          modprobe ip_vs_pe_sip
          ip link set lo multicast on
          ip route add 224.0.0.0/4 dev lo
          $I --start-daemon backup --mcast-interface lo
          tries() { "$@" 2>&1 && echo 0 || echo $?; }
          \(text)
          """,
          Kernel.ours,
        ]
      ).require()
    }
  }

  /// All but what the kernel shows for protocols that have no connections of their own.
  @Test func theStatesAreThoseOfTheKernel() throws {
    let states = try script("connections states").split { $0 == " " || $0 == "\n" }.map(String.init)
    #expect(states == Connection.states.filter { $0 != "ERR!" }.map { "\($0)" }.sorted())
  }

  @Test func filtersAndCountsAgreeWithTheWholeList() throws {
    let output = try script("json send 200 >/dev/null; connections check 60")
    #expect(try #require(Int(output.dropLast())) > 60)
  }

  @Test func noConnections() throws {
    let output = try script(
      """
      $I -Lnc -t 10.0.0.1:80 --client ::/0
      tries $I -Lc --count-by client
      $I -Lc --count-by client --json
      """)
    #expect(
      output == """
        IPVS connection entries
        pro expire state       source             virtual            destination
        0
        {"counts":[]}

        """)
  }

  @Test func everyoneMayCount() throws {
    let output = try script(
      """
      json send 50 >/dev/null
      count() { "$@" $I -Lnc -t 10.9.9.9:80 --state established --count-by state; }
      count
      count setpriv --reuid=65534 --clear-groups
      """)
    #expect(output == "10  ESTABLISHED\n10  ESTABLISHED\n")
  }

  @Test func namesOfHosts() throws {
    let output = try script(
      """
      json send 50 >/dev/null
      echo 10.0.0.6 client.test >hosts
      cat /etc/hosts >>hosts
      mount --bind hosts /etc/hosts
      $I -Lnc --client client.test --count-by client
      $I -Lc --client client.test/31 --count-by client
      $I -Lc --client 10.0.0.6 --count-by service
      tries $I -Lc --client no.such.host.invalid
      tries $I -Lc --client client.test/33
      tries $I -Lc -r no.such.host.invalid
      tries $I -Lc -t no.such.host.invalid:80 --count-by state
      """)
    let virtual = "illegal virtual server address[:port] specified"
    #expect(
      output == """
        1  10.0.0.6
        1  10.0.0.7
        1  client.test
        1  TCP 10.9.9.9:http
        illegal client address[/length] specified
        2
        illegal client address[/length] specified
        2
        illegal real server address[:port] specified
        2
        \(virtual)
        2

        """)
  }

  @Test func inRules() throws {
    let output = try script(
      """
      json send 50 >/dev/null
      printf '%s\\n' '-L -c -n --state C-WAIT --count-by service' '-L -c --state x' '-L -c --count-by state -r x.invalid' |
        tries $I -R
      """)
    #expect(
      output.hasPrefix("5  SCTP 10.9.9.9:80\nline 2: unknown state `x', there are NONE, ASSURED, ")
        && output.hasSuffix("\nline 3: illegal real server address[:port] specified\n2\n"), "\(output)")
  }

  /// Lines that cannot be read are told of, and the others are counted.
  @Test func aLineThatCannotBeRead() throws {
    let output = try script(
      """
      json send 1 >/dev/null
      json broken
      $I -Lnc --count-by service 2>errors && echo 0 || echo $?
      cut -d: -f1 errors
      """)
    #expect(
      output == """
        1  UDP 10.9.9.9:5060
        1  UDP 10.9.9.9:80
        1
        cannot read this line of /proc/net/ip_vs_conn

        """)
  }

  /// However many there are, memory is that of the different values, and each is counted. The kernel skips or repeats
  /// some when connections end while it lists them, also those of other namespaces, so it is asked until none did.
  @Test func manyConnections() throws {
    let output = try script(
      """
      json send 1000 >/dev/null
      peak() { busybox time -f %M $I "$@" 2>&1 >/dev/null; }
      states=$(peak -Lnc --count-by state) services=$(peak -Lnc --state SYNACK)
      json send \(Self.many) >/dev/null
      [ "$(peak -Lnc --count-by state)" -le $((states * 11 / 10)) ] || echo states
      [ "$(peak -Lnc --state SYNACK)" -le $((services * 11 / 10)) ] || echo services
      # until_all COMMAND... repeats it until what it prints has all connections.
      until_all() {
        for i in $(seq 20); do
          said=$("$@")
          case $said in *\(Self.many)*) break ;; esac
        done
        echo $said
      }
      sum() { $I -Lnc --count-by $1 | awk '{ sum += $1 } END { print sum }'; }
      for what in client service server state; do until_all sum $what; done
      document() { $I -Lnc --count-by client --json | jq '[.counts | length, (map(.count) | add)]' -c; }
      until_all document
      $I -Lnc --count-by client | head -n 1 >/dev/null
      """)
    let many = Self.many
    #expect(output == String(repeating: "\(many)\n", count: 4) + "[\(many),\(many)]\n")
  }
}
