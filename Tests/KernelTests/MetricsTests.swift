// SPDX-License-Identifier: Apache-2.0

import Testing

/// Metrics, and what Prometheus makes of them. `lab/metrics` compares them with the other listings.
@Suite struct MetricsTests {
  /// One mark of each family has the same number, and one server is in both.
  private static let table =
    SaveTests.table + """
      -a -f 4294967295 -r 10.0.0.1:0 -i -w 3 --tun-type gre --tun-csum
      -a -f 2 -6 -r [2001:db8::2]:0 -g -w 0
      -a --sctp-service 1.2.3.4:9 -r 10.0.0.1:9 -m -w 9
      -A -f 1 -6 -s rr
      -a -f 1 -6 -r 10.0.0.1:0 -i -w 7 --tun-type ipip

      """

  private func script(_ text: String, input: String = "") throws -> String {
    try inNamespace {
      try run(
        "/bin/bash",
        [
          "-euc",
          "export IPVSADM=$0 LAB=\(projectPath("lab")) PAGES=\(projectPath("Documentation")); PATH=$LAB:$PATH I=$0"
            + "\ncd \"$(mktemp -d /run/test.XXXX)\"\n\(text)",
          Kernel.ours,
        ], input: input
      ).require()
    }
  }

  @Test func aTableOfAllKindsIsWhatTheListingsSay() throws {
    let rows = Self.table.split(separator: "\n")
    let servers = rows.count { $0.hasPrefix("-a") }
    let count = 5 + 3 + (rows.count - servers) * 6 + servers * 11
    #expect(try script("$I -R; metrics", input: Self.table) == "\(count)\n")
  }

  @Test func anEmptyTable() throws {
    #expect(try script("metrics") == "8\n")
  }

  /// The kernel has no daemon beside servers of another family than their service.
  @Test func timeoutsAndDaemons() throws {
    let output = try script(
      #"""
      ip link set lo multicast on
      ip route add 224.0.0.0/4 dev lo
      ip link add 'a"b\c' type dummy && ip link set 'a"b\c' up multicast on
      $I --set 901 121 301
      $I --start-daemon master --mcast-interface lo --syncid 7
      metrics
      $I --start-daemon backup --mcast-interface 'a"b\c'
      metrics
      $I -L --metrics | grep -E '^ipvs_(timeout|sync)'
      """#)
    #expect(
      output == #"""
        9
        10
        ipvs_timeout_seconds{kind="tcp"} 901
        ipvs_timeout_seconds{kind="tcp_fin"} 121
        ipvs_timeout_seconds{kind="udp"} 301
        ipvs_sync_daemon{role="master",interface="lo",sync_id="7"} 1
        ipvs_sync_daemon{role="backup",interface="a\"b\\c",sync_id="0"} 1

        """#)
  }

  @Test func refusals() throws {
    let output = try script(
      """
      status() { "$@" 2>errors && echo "0 $(cat errors)" || echo "$? $(head -1 errors)"; }
      for other in --json -c --timeout --daemon; do status $I -L --metrics $other; done
      status $I -S --metrics
      status $I -L --metrics -t 1.2.3.4:80
      status setpriv --reuid=65534 --clear-groups $I -L --metrics
      $I -L --metrics 2>errors >/dev/full || echo "$? $(cat errors)"
      $I -L --metrics | true
      """)
    let conflict = "2 options conflicts in the list command\n"
    #expect(
      output == conflict + conflict + conflict + conflict + """
        2 Illegal 'metrics' option with the 'save' command
        1 No such service
        2 Can't initialize ipvs: Permission denied (you must be root)
        1 cannot write the output: No space left on device

        """)
  }

  /// The script of the timer, node_exporter, and Prometheus.
  @Test func prometheusKnowsTheRateOfABalancedService() throws {
    let output = try script(
      """
      ip address add 10.0.0.100/32 dev lo
      ip address add 10.1.0.1/32 dev lo
      ip address add 10.1.0.2/32 dev lo
      ip link set lo multicast on
      ip route add 224.0.0.0/4 dev lo
      trap 'kill $(jobs -p)' EXIT
      talk serve one tcp 10.1.0.1:8080 >one &
      talk serve two tcp 10.1.0.2:8080 >two &
      $I -A -t 10.0.0.100:80 -s rr
      $I -a -t 10.0.0.100:80 -r 10.1.0.1:8080 -m -x 100
      $I -a -t 10.0.0.100:80 -r 10.1.0.2:8080 -m
      $I -A -t 10.0.0.100:81 -s rr
      $I -a -t 10.0.0.100:81 -r 10.1.0.2:8080 -m -w 0
      mkdir sbin && ln -s "$(readlink -f "$I")" sbin/ipvsadm
      sed "s|@SBINDIR@|$PWD/sbin|" \(projectPath("packaging/ipvsadm-metrics")) >write
      export DIRECTORY=$PWD/textfile && mkdir textfile
      sh write
      page block $PAGES/monitoring.md groups: >rules.yml
      cat >prometheus.yml <<END
      global: { scrape_interval: 1s }
      rule_files: [rules.yml]
      scrape_configs:
        - { job_name: node, static_configs: [{ targets: ['127.0.0.1:9100'] }] }
      END
      promtool check config prometheus.yml >said || cat said
      prometheus-node-exporter --collector.disable-defaults --collector.textfile --collector.ipvs \\
        --collector.textfile.directory=$DIRECTORY --web.listen-address=127.0.0.1:9100 2>exporter &
      prometheus --config.file=prometheus.yml --storage.tsdb.path=data --web.listen-address=127.0.0.1:9090 2>log &
      for i in $(seq 100); do grep -qs ready one && grep -qs ready two && break; sleep 0.1; done
      query await 'ipvs_service_connections_total == 0'
      talk ask tcp 10.0.0.100:80 12 >/dev/null
      for i in $(seq 100); do
        $I -L --metrics | grep -q '^ipvs_service_connections_total.*"80".* 12$' && break; sleep 0.1
      done
      sleep 2.2 # the kernel sums up every two seconds, maybe in the middle of a connection
      sh write
      query await 'ipvs_service_connections_total == 12'
      # Prometheus extends the series to the ends of the minute.
      query '60 * rate(ipvs_service_connections_total{local_port="80"}[1m]) >= bool 12' \\
        '60 * rate(ipvs_service_connections_total{local_port="80"}[1m]) < bool 24' \\
        'rate(ipvs_backend_connections_total{local_port="80"}[1m])
          / ignoring (remote_address, remote_port) group_left rate(ipvs_service_connections_total[1m])' \\
        'node_textfile_scrape_error'
      # node_exporter's own collector says the same.
      for name in connections_total incoming_packets_total outgoing_bytes_total backend_weight \\
        backend_connections_active backend_connections_inactive; do
        echo "ipvs_$name == bool node_ipvs_$name"
      done | xargs -d '\\n' query | sort | uniq -c | tr -s ' '
      # A dashboard has something to show in each panel.
      page queries $PAGES/monitoring.md | xargs -d '\\n' query >panels
      [ -s panels ] && ! grep nothing panels
      """)
    #expect(
      output == """
        1
        1
        0.5
        0.5
        0
         12 1

        """)
  }

  @Test func theAlertsOfThePageFireWhenTheyShould() throws {
    let output = try script(
      """
      page block $PAGES/monitoring.md groups: >rules.yml
      cp $LAB/alerts.yml .
      promtool check rules rules.yml | tr -s ' \\n' ' '
      promtool test rules alerts.yml | tr -s ' \\n' ' '
      # Each alert is there to be tried.
      sed -n 's/.* alert: //p' rules.yml | while read -r alert; do grep -q "\\"$alert\\"" alerts.yml || echo "$alert"; done
      """)
    #expect(output == "Checking rules.yml SUCCESS: 9 rules found Unit Testing: alerts.yml SUCCESS ")
  }
}
