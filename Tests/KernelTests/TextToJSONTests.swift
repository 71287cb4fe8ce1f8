// SPDX-License-Identifier: Apache-2.0

import Testing

/// What Documentation/from-text-to-json.md says.
@Suite struct TextToJSONTests {
  @Test func bothWaysPrintTheSame() throws {
    let page = projectPath("Documentation/from-text-to-json.md")
    let output = try inNamespace {
      try run(
        "/bin/bash",
        [
          "-euc",
          """
          export PATH=\(projectPath("lab")):/run/ours:$PATH
          mkdir -p /run/ours && ln -sf "$(readlink -f "$0")" /run/ours/ipvsadm
          cd "$(mktemp -d /run/test.XXXX)"
          ip address add 10.0.0.100/32 dev lo
          ip address add 10.1.0.1/32 dev lo
          ip address add 2001:db8::100/128 dev lo nodad
          ip link set lo multicast on
          ip route add 224.0.0.0/4 dev lo
          trap 'kill $(jobs -p)' EXIT
          talk serve one tcp 10.1.0.1:8080 >one &
          for i in $(seq 100); do grep -qs ready one && break; sleep 0.1; done
          ipvsadm -R <<END
          -A -t 10.0.0.100:80 -s wlc -p 60
          -a -t 10.0.0.100:80 -r 10.1.0.1:8080 -m -w 2 -x 100 -y 50
          -a -t 10.0.0.100:80 -r 10.1.0.2:8080 -m -w 0
          -A -u 10.0.0.100:53 -s rr -o
          -a -u 10.0.0.100:53 -r 10.1.0.1:53 -g -w 1
          -A -t [2001:db8::100]:80 -s mh -b mh-port
          -a -t [2001:db8::100]:80 -r [2001:db8::1]:80 -i -w 1 --tun-type gue --tun-port 6080 --tun-nocsum
          -A -f 7 -s sh
          -a -f 7 -r 10.1.0.1:0 -g -w 5
          --set 901 121 301
          --start-daemon master --mcast-interface lo --syncid 7
          --start-daemon backup --mcast-interface lo
          END
          talk fill tcp 10.0.0.100:80 3 >filled &
          for i in $(seq 100); do [ "$(ipvsadm -Lnc | grep -c ESTABLISHED)" -ge 3 ] && break; sleep 0.1; done
          page block "\(page)" 'def endpoint: (if .address | contains(":") then "[\\(.address)]" else .address end) + ":\\(.port)";' >ipvs.jq
          page pairs "\(page)"
          ipvsadm -L --json | jq '[.services[].destinations[].active_connections] | add'
          ipvsadm -L -c --json | jq -cn --stream 'fromstream(2 | truncate_stream(inputs)) | [.client.address, .state]' | grep -c ESTABLISHED
          """, Kernel.ours,
        ]
      ).require()
    }
    #expect(
      output == """
        ipvsadm -Ln
        ipvsadm -Ln
        ipvsadm -Ln --stats --exact
        ipvsadm -Ln --rate --exact
        ipvsadm -Ln --thresholds
        ipvsadm -Ln --persistent-conn
        ipvsadm -Lnc
        ipvsadm -Lnc
        ipvsadm -L --timeout
        ipvsadm -L --daemon
        ipvsadm -Sn
        3
        3

        """)
  }
}
