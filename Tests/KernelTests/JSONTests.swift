// SPDX-License-Identifier: Apache-2.0

import Testing

/// JSON documents are valid, and say what the listings of the same moment say. `lab/json` compares them.
@Suite struct JSONTests {
  /// Marks have servers, so that everyone knows the families of some.
  private static let table =
    SaveTests.table + """
      -a -f 4294967295 -r 10.0.0.1:0 -i -w 3 --tun-type gre --tun-csum
      -a -f 2 -6 -r [2001:db8::2]:0 -g -w 0

      """

  private func script(_ text: String, input: String = "") throws -> String {
    try inNamespace {
      try run(
        "/bin/bash",
        [
          "-euc",
          "export IPVSADM=$0; I=$0; PATH=\(projectPath("lab")):$PATH; cd \"$(mktemp -d /run/test.XXXX)\"\n\(text)",
          Kernel.ours,
        ], input: input
      ).require()
    }
  }

  /// Starts the daemon that takes connections from `json send`.
  private static let backup = """
    modprobe ip_vs_pe_sip
    ip link set lo multicast on
    ip route add 224.0.0.0/4 dev lo
    $I --start-daemon backup --mcast-interface lo
    """

  @Test func aTableOfAllKindsIsWhatTheListingsSay() throws {
    let rows = Self.table.split(separator: "\n").count
    // Rules, and six listings of them.
    #expect(try script("$I -R; json table", input: Self.table) == "\(rows * 7)\n")
  }

  @Test func anEmptyTable() throws {
    #expect(try script("json table; json validate connections -c") == "0\nvalid\n")
  }

  @Test func numbersOfTrafficAreThoseOfTheListings() throws {
    let output = try script(
      """
      ip address add 10.0.0.100/32 dev lo
      ip address add 10.1.0.1/32 dev lo
      ip address add 10.1.0.2/32 dev lo
      talk serve one tcp 10.1.0.1:8080 >one & servers=$!
      talk serve two tcp 10.1.0.2:8080 >two & servers="$servers $!"
      for i in $(seq 100); do grep -qs ready one && grep -qs ready two && break; sleep 0.1; done
      $I -A -t 10.0.0.100:80 -s rr
      $I -a -t 10.0.0.100:80 -r 10.1.0.1:8080 -m
      $I -a -t 10.0.0.100:80 -r 10.1.0.2:8080 -m -x 100 -y 50
      $I -A -t 10.0.0.100:81 -s rr -p 60
      $I -a -t 10.0.0.100:81 -r 10.1.0.1:8080 -m
      talk ask tcp 10.0.0.100:80 6 | sed 's/ .*//' | sort | uniq -c | tr -s ' '
      talk ask tcp 10.0.0.100:81 3 >/dev/null
      talk fill tcp 10.0.0.100:80 5 >filled & servers="$servers $!"
      for i in $(seq 100); do [ "$($I -Lnc | grep -c ESTABLISHED)" -ge 5 ] && break; sleep 0.1; done
      sleep 3
      json table
      json connections
      $I -L --json | jq -c '.services[] | [.port, .stats.connections, ([.destinations[].active_connections] | add),
        ([.destinations[].persistent_connections] | add), .stats.packets_in > 5]'
      kill $servers
      """)
    // The client and the server are one machine, so each connection is in the table once.
    #expect(
      output == """
         3 one
         3 two
        35
        15
        [80,11,5,0,true]
        [81,3,0,1,true]

        """)
  }

  @Test func connectionsOfAllKindsAreWhatTheListingSays() throws {
    let output = try script(
      """
      \(Self.backup)
      json send 5000 && json connections
      $I -L -c --json >document
      jq -c '[.connections | length, ([.[] | select(.template)] | length), ([.[] | select(.engine)] | length),
        ([.[] | select(.virtual.fwmark)] | length)]' document
      """)
    #expect(output == "5000\n5000\n[5000,2000,500,1000]\n")
  }

  @Test func memoryDoesNotGrow() throws {
    let output = try script(
      """
      \(Self.backup)
      json send 1000 >/dev/null
      peak() { busybox time -f %M $I -L -c --json 2>&1 >/dev/null; }
      few=$(peak)
      json send 20000 >/dev/null
      many=$(peak)
      # The kernel leaves out some when others end, also those of other namespaces.
      for i in $(seq 20); do
        length=$($I -L -c --json | jq '.connections | length')
        [ $length != 20000 ] || break
      done
      echo $length
      [ "$many" -le $((few * 11 / 10)) ] || echo "$few $many"
      """)
    #expect(output == "20000\n")
  }

  @Test func everyoneSeesAPart() throws {
    let services = Self.table.split(separator: "\n").count { $0.hasPrefix("-A") }
    #expect(try script("$I -R; json part", input: Self.table) == "\(services)\n")
  }

  @Test func timeoutsAndDaemons() throws {
    let output = try script(
      """
      $I --set 901 121 301
      ip link set lo multicast on
      ip route add 224.0.0.0/4 dev lo
      json validate daemons --daemon
      $I --start-daemon master --mcast-interface lo --syncid 7 --mcast-group 224.0.1.9 --mcast-port 9000 --mcast-ttl 2
      $I --start-daemon backup --mcast-interface lo --sync-maxlen 1400
      json validate timeouts --timeout
      json validate daemons --daemon
      $I -L --timeout --json
      $I -L --daemon --json
      """)
    let theirs = #""interface":"lo","sync_id""#
    #expect(
      output == """
        valid
        valid
        valid
        {"timeouts":{"tcp":901,"tcp_fin":121,"udp":301}}
        {"daemons":[{"role":"master",\(theirs):7,"max_length":1472,"group":"224.0.1.9","port":9000,"ttl":2},\
        {"role":"backup",\(theirs):0,"max_length":1400,"group":"224.0.0.81","port":8848,"ttl":1}]}

        """)
  }

  /// Findings of every level, with commands for this machine and for others, and what only root sees.
  @Test func theDoctorSaysTheSameInBothForms() throws {
    let output = try script(
      """
      json doctor
      $I -R
      json doctor && json doctor --verbose
      $I -C
      ip address add 10.0.0.100/32 dev lo
      $I -A -t 10.0.0.100:80 -s rr
      $I -a -t 10.0.0.100:80 -r 10.0.0.100:8080 -m
      json doctor -t 10.0.0.100:80 --probe
      $I -D -t 10.0.0.100:80
      json doctor --virtual 10.0.0.100 --verbose
      json doctor --virtual 10.0.0.101
      $I --doctor --virtual 10.0.0.101 --json | jq -c '.findings[] | [.level, .check, .subject]'
      """, input: Self.table)
    let counts = output.split(separator: "\n").prefix(6).compactMap { Int($0) }
    #expect(counts.count == 6 && counts.allSatisfy { $0 > 0 } && counts[2] > counts[1], "\(output)")
    #expect(output.hasSuffix("\n[\"error\",\"virtual-missing\",\"10.0.0.101\"]\n"), "\(output)")
  }

  /// Lines that cannot be read are told of, and what is left is a document.
  @Test func aLineThatCannotBeRead() throws {
    let output = try script(
      """
      \(Self.backup)
      json send 1 >/dev/null
      json broken
      $I -L -c --json 2>errors >document && echo 0 || echo $?
      jq '.connections | length' document
      cut -d: -f1 errors
      """)
    #expect(output == "1\n2\ncannot read this line of /proc/net/ip_vs_conn\n")
  }
}
