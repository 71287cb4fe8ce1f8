// SPDX-License-Identifier: Apache-2.0

import Testing

/// `--netns` does in another network namespace what the program does in its own.
@Suite struct NetnsTests {
  /// Runs a shell script in which `$I` is our program. There is a namespace `blue`, and the names and mounts of the test.
  private func script(_ text: String) throws -> Outcome {
    try inNamespace {
      try run(
        "/usr/bin/unshare",
        [
          "--mount", "bash", "-c",
          """
          I=$0
          mount -t tmpfs tmpfs /run && mkdir /run/netns
          ip netns add blue
          ip netns exec blue ip link set lo up
          \(text)
          """, Kernel.ours,
        ])
    }
  }

  /// The same commands inside the namespace, by its name and by its path.
  @Test(arguments: ["--netns blue", "--netns=blue", "--netns /run/netns/blue", "--netns=/proc/self/fd/3"])
  func everyCommandIsAsInside(option: String) throws {
    let commands = [
      "-A -t 1.2.3.4:80 -s rr", "-A -f 7 -p", "-a -t 1.2.3.4:80 -r 10.0.0.1 -m -w 3",
      "-a -t 1.2.3.4:80 -r 10.0.0.2 -m --slow-start 0", "-E -t 1.2.3.4:80 --keep -s wrr",
      "-e -t 1.2.3.4:80 -r 10.0.0.1 -w 9 --keep", "-d -t 1.2.3.4:80 -r 10.0.0.2 --drain 0", "--set 1 2 3",
      "--start-daemon backup --mcast-interface lo", "-Z", "-Z -f 7", "-Sn --all", "-Ln", "-Ln --stats",
      "-Ln --tun-info -t 1.2.3.4:80", "-L --timeout", "-L --daemon", "-Lnc", "-Lnc --count-by state",
      "-L --json", "-L --metrics", "-L -c --json", "-L --timeout --json", "--stop-daemon backup", "-D -f 7",
      "-D -f 7", "-Ln", "-C", "-Ln",
    ]
    // What is done without the option is done in the namespace that the program is in.
    let outcome = try script(
      """
      exec 3</run/netns/blue
      all() { for line in \(commands.map { "'\($0)'" }.joined(separator: " ")); do
        echo "$line"; $1 $I $line $2 2>&1; echo "= $?"
        done; printf -- '-A -f 9\\n-Ln\\n' >rules
        $1 $I -R $2 <rules; $1 $I -Ln $2; $1 $I --apply --dry-run $2 <<<'-A -f 8'; $1 $I --apply $2 <<<'-A -f 8'
        for name in save restore; do ln -sf $(realpath $I) ipvsadm-$name; done
        $1 ./ipvsadm-save $2; $1 ./ipvsadm-restore $2 <<<'-A -f 5'; $1 $I -Sn $2; $1 $I -C $2; }
      cd /run
      all 'ip netns exec blue' '' >inside
      $I -A -t 9.9.9.9:9
      all '' '\(option)' >outside
      diff inside outside && wc -l <inside
      $I -Sn; ip netns exec blue $I -Sn
      """)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 2 && Int(lines[0]) ?? 0 > 60 && lines.last == "-A -t 9.9.9.9:9 -s wlc")
    #expect(outcome.errors == "" && outcome.status == 0)
  }

  /// The lists of connections and the lock are of the namespace, too. A test's processes block SIGTERM, as its thread
  /// does, so only SIGKILL ends one that waits for the lock.
  @Test func whatProcTellsIsOfTheNamespace() throws {
    let outcome = try script(
      """
      $I -A -t 127.0.0.1:80 -s rr -p --netns blue
      $I -a -t 127.0.0.1:80 -r 127.0.0.1:8080 -m --netns blue
      ip netns exec blue \(projectPath("lab/talk")) serve web tcp 8080 >/run/ready & until [ -s /run/ready ]; do sleep 0.1; done
      ip netns exec blue \(projectPath("lab/talk")) ask tcp 127.0.0.1:80 3
      $I -Lnc --netns blue | grep -c 127.0.0.1:8080
      $I -Lnc | grep -c 127.0.0.1:8080
      sleep 2.2 # the kernel sums its counters every two seconds
      $I -L --metrics --netns blue | grep '^ipvs_connections_total'
      $I -L --metrics | grep '^ipvs_connections_total'
      $I -Lnc --watch 1 --count-by service --netns blue | head -1
      $I -Ln --watch 1 --netns blue | head -4 | tail -1 | cut -c 1-20
      $I --apply --drain 100 --netns blue </dev/null &
      sleep 0.5; timeout 5 $I --apply </dev/null; echo $?
      timeout -s KILL 2 $I --apply --netns /run/netns/blue </dev/null; echo $?
      kill -KILL %1 %2
      """)
    #expect(
      outcome.output.replacing("127.0.0.1", with: "H") == """
        web H
        web H
        web H
        4
        0
        ipvs_connections_total 3
        ipvs_connections_total 0
        4  TCP H:80
        TCP  H:80 rr
        0
        137

        """)
  }

  static let refusals: [(option: String, errors: String)] = [
    ("nosuch", "there is no network namespace `nosuch'"),
    ("''", "`' is not a network namespace"),
    ("..", "`..' is not a network namespace"),
    ("/proc/self/ns/mnt", "`/proc/self/ns/mnt' is not a network namespace"),
    ("/etc/passwd", "`/etc/passwd' is not a network namespace"),
    ("/proc/0/ns/net", "there is no network namespace `/proc/0/ns/net'"),
    ("/run/fifo", "`/run/fifo' is not a network namespace"),
    ("/etc/passwd/", "cannot enter the network namespace `/etc/passwd/': Not a directory"),
  ]

  @Test(arguments: refusals)
  func whatIsNoNamespaceIsOneLine(option: String, errors: String) throws {
    let outcome = try script(
      """
      mkfifo /run/fifo
      for command in '-A -f 1' -Ln -C -Sn -R --apply '-Lnc --watch'; do
        timeout 10 $I $command --netns \(option) </dev/null; echo $?
      done
      $I -A -f 2; $I -Sn
      """)
    #expect(outcome.output == String(repeating: "2\n", count: 7) + "-A -f 2 -s wlc\n")
    #expect(outcome.errors == String(repeating: errors + "\n", count: 7))
  }

  @Test func othersThanRootMayNotEnter() throws {
    let outcome = try script(
      """
      for command in '-A -f 1' -Ln -C -Sn -R --apply -v; do
        setpriv --reuid=65534 --clear-groups $I $command --netns blue </dev/null; echo $?
      done
      """)
    #expect(
      outcome.output == String(repeating: "2\n", count: 6)
        + "ipvsadm v1.31 2019/12/24 (compiled with popt and IPVS v1.2.1)\n0\n")
    let line = "cannot enter the network namespace `blue': only root may\n"
    #expect(outcome.errors == String(repeating: line, count: 6))
  }

  @Test func rulesAreOfOneNamespace() throws {
    let outcome = try script(
      """
      printf -- '-A -f 1\\n-A -f 2 --netns blue\\n' >/run/rules
      for command in -R --apply; do $I $command </run/rules; echo $?; $I -Sn; $I -Sn --netns blue; $I -C; done
      """)
    #expect(outcome.output == "2\n-A -f 1 -s wlc\n2\n")
    let line = "line 2: rules cannot enter a network namespace\n"
    #expect(outcome.errors == line + line)
  }
}
