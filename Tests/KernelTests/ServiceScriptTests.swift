// SPDX-License-Identifier: Apache-2.0

import Testing

/// What packaging/ipvsadm-service does, which both the systemd unit and the init script run. Each test runs it in a
/// file tree of its own.
@Suite struct ServiceScriptTests {
  /// Runs a script of bash where the service is `$S`, its rules file `$R`, its settings `$D`, and returns what it
  /// says on either output. In the script, `service` prints a status that is not 0, `rules` omits comments, `new`
  /// writes other rules, and `tool` replaces a program that the service calls.
  private func play(_ script: String) throws -> String {
    let script = "mount -t tmpfs tmpfs /mnt && . \(Self.prepared)/prepare\n" + script
    return try inNamespace { try run("/usr/bin/unshare", ["--mount", "bash", "-c", script]) }.output
  }

  /// What all of them share, and no test writes to.
  private static let prepared: String = {
    let directory = "/run/service-test"
    let outcome = try? run(
      "/bin/bash",
      [
        "-ec",
        """
        mkdir -p \(directory)/sbin && cd \(directory)
        for name in ipvsadm ipvsadm-save ipvsadm-restore; do ln -sf "$(readlink -f \(Kernel.ours))" sbin/$name; done
        cp \(projectPath("packaging/ipvsadm-settings")) settings
        sed 's|=/etc/|=/mnt/etc/|; s|=/run/|=/mnt/run/|; s|@SBINDIR@|\(directory)/sbin|
          s|@LIBEXECDIR@/ipvsadm|\(directory)|' \
          \(projectPath("packaging/ipvsadm-service")) >service
        chmod +x service
        cat >prepare
        """,
      ],
      input: """
        cd /mnt
        mkdir -p etc/default run bin small
        export PATH=/mnt/bin:\(directory)/sbin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C
        S=\(directory)/service R=/mnt/etc/ipvsadm.rules D=/mnt/etc/default/ipvsadm
        printf 'AUTO=true\\nSAVE=true\\nIFACE=lo\\nSYNCID=5\\n' >$D
        service() { local status=0; $S "$@" || status=$?; [ $status = 0 ] || echo "$1: $status"; }
        table() { ipvsadm -Sn; }
        rules() { local line; while read -r line; do [[ $line == '#'* ]] || echo "$line"; done <"${1:-$R}"; }
        new() { printf '%s\\n' "$@" >$R; }
        tool() { printf '#!/bin/sh\\n%s\\n' "$2" >bin/$1; chmod +x bin/$1; }
        daemons() { ipvsadm -L --daemon | cut -d, -f1,2; }
        files() { (cd "${1:-etc}"; shopt -s dotglob nullglob; echo *); }
        exec 2>&1

        """)
    precondition(outcome?.status == 0, "\(outcome?.errors ?? "")")
    return directory
  }()

  // MARK: - A save is whole or nothing

  /// They wait for each other, on a slow machine for longer than the service does.
  @Test func savesAtOnceKeepTheTable() throws {
    let output = try play(
      """
      for mark in $(seq 20); do echo "-A -f $mark -s rr"; done | ipvsadm-restore
      ipvsadm-save -n >expected
      new '-A -f 77 -s sh'
      sed 's/patience=60/patience=600/' $S >service; chmod +x service; S=/mnt/service
      for _ in 1 2 3 4 5 6 7 8; do { $S save || echo "not saved"; } & done
      while [ -n "$(jobs -r)" ]; do rules | wc -l; done >seen
      sort -u seen
      rules | cmp - expected
      rules $R.old
      files
      """)
    #expect(output == "1\n20\n-A -f 77 -s sh\ndefault ipvsadm.rules ipvsadm.rules.old\n")
  }

  static let saves = [
    // An interrupted save leaves nothing, or files that the next save removes.
    Play(
      """
      new '-A -f 77 -s sh'
      ipvsadm -A -f 1
      tool mv 'kill -TERM $PPID; sleep 0.2; exit 1'
      $S save >log || echo $?
      rules; files
      tool mv 'kill -KILL $PPID'
      ($S save || echo $?) 2>log
      rules; rm bin/mv
      service save
      rules; rules $R.old; files
      """,
      """
      143
      -A -f 77 -s sh
      default ipvsadm.rules ipvsadm.rules.old
      137
      -A -f 77 -s sh
      -A -f 1 -s wlc
      -A -f 77 -s sh
      default ipvsadm.rules ipvsadm.rules.old

      """),
    // A full disk.
    Play(
      """
      mount -t tmpfs -o size=16k tmpfs small
      ln -s /mnt/small/rules $R
      echo '-A -f 77 -s sh' >small/rules
      for mark in $(seq 1000); do echo "-A -f $mark -s rr"; done | ipvsadm-restore
      service save
      cat small/rules
      files small
      """,
      """
      cat: write error: No space left on device
      ipvsadm: the table was not saved in /mnt/small/rules
      save: 1
      -A -f 77 -s sh
      rules

      """),
    // A table that cannot be read.
    Play(
      """
      new '-A -f 77 -s sh'
      mkdir own
      printf '#!/bin/sh\\necho half; exit 1\\n' >own/ipvsadm-save; chmod +x own/ipvsadm-save
      sed 's|^IPVSADM=.*|IPVSADM=/mnt/own/ipvsadm|' $S >service; chmod +x service; S=/mnt/service
      service save; rules
      """, "ipvsadm: the table could not be read\nsave: 1\n-A -f 77 -s sh\n"),
    // Links: into a directory that is there, and to places where no file can be.
    Play(
      """
      ipvsadm -A -f 1
      ln -s /mnt/small/rules $R
      service start; service save; readlink $R; rules small/rules; stat -c %a small/rules
      """, "/mnt/small/rules\n-A -f 1 -s wlc\n644\n"),
    Play(
      "ln -s /mnt/nowhere/rules $R; service save; service start; readlink $R",
      """
      ipvsadm: /mnt/etc/ipvsadm.rules is a link that leads nowhere
      save: 1
      ipvsadm: /mnt/etc/ipvsadm.rules is a link that leads nowhere
      start: 1
      /mnt/nowhere/rules

      """),
    Play(
      "mknod small/null c 1 3; ln -s /mnt/small/null $R; service save; stat -c %F small/null",
      """
      ipvsadm: /mnt/small/null is no file: the table cannot be saved there
      save: 1
      character special file

      """),
    Play(
      """
      mount -t tmpfs -o ro tmpfs small
      ln -s /mnt/small/rules $R
      service save; service start
      """,
      """
      ipvsadm: nothing can be written to /mnt/small
      save: 1
      ipvsadm: nothing can be written to /mnt/small
      start: 1

      """),
    // Owner and mode stay; comments stay where nothing else is new.
    Play(
      """
      new '# mine' '-A -f 1 -s wlc'; chmod 640 $R; chgrp 4 $R
      service load; service save; cat $R
      ipvsadm -E -f 1 -s sh; service save; rules; stat -c '%a %g' $R; cat $R.old
      """, "# mine\n-A -f 1 -s wlc\n-A -f 1 -s sh\n640 4\n# mine\n-A -f 1 -s wlc\n"),
    // So do those of somebody else's file, which is another one meanwhile, without the right to give files away. What root
    // may not read or write is left alone.
    Play(
      """
      new '-A -f 1 -s wlc'; chmod 604 $R; chown 1:4 $R
      unable() { setpriv --bounding-set=-all,+net_admin$1 -- $S "${@:2}" || echo "$2: $?"; }
      unable ,+dac_override start; ipvsadm -E -f 1 -s sh
      unable '' save; unable '' stop
      unable ,+dac_override save; rules; stat -c '%a %u:%g' $R $R.old; cat $R.old; files
      chmod 600 $R; unable '' load
      """,
      """
      ipvsadm: /mnt/etc/ipvsadm.rules belongs to somebody else, and may not be read or written
      save: 1
      ipvsadm: /mnt/etc/ipvsadm.rules belongs to somebody else, and may not be read or written
      ipvsadm: the table stays as it is
      stop: 1
      -A -f 1 -s sh
      604 1:4
      604 0:0
      -A -f 1 -s wlc
      default ipvsadm.rules ipvsadm.rules.old
      cat: /mnt/etc/ipvsadm.rules: Permission denied
      ipvsadm: the rules in /mnt/etc/ipvsadm.rules were not read
      load: 1

      """),
    // One after the other.
    Play(
      """
      sed 's/patience=60/patience=0/' $S >service; chmod +x service; S=/mnt/service
      mkdir -p run/ipvsadm; exec 5<run/ipvsadm; flock 5
      service save
      """, "ipvsadm: another command of the service is still at work\nsave: 1\n"),
  ]

  @Test(arguments: saves)
  func save(scene: Play) throws {
    let output = try play(scene.script)
    #expect(output == scene.output)
  }

  // MARK: - Rules that were not loaded are not overwritten

  private static let kept =
    "ipvsadm: /mnt/etc/ipvsadm.rules holds rules that were not loaded, and stays; "
    + "the table is in /mnt/etc/ipvsadm.rules.unsaved\n"

  private static let mistake = """
    line 2: -q: unknown option
    ipvsadm: the rules in /mnt/etc/ipvsadm.rules were not applied

    """

  static let edits = [
    // The kernel refuses a rule at boot: the table is not whole.
    Play(
      """
      new '-A -f 1 -s wlc' '-A -f 1 -s wlc' '-A -f 3 -s wlc'
      service start 2>log; table
      service stop; table; echo; rules
      """,
      "start: 1\n-A -f 1 -s wlc\n-A -f 3 -s wlc\n"
        + "\(kept)\n-A -f 1 -s wlc\n-A -f 1 -s wlc\n-A -f 3 -s wlc\n"),
    // A rule is not understood.
    Play(
      """
      ipvsadm -A -f 9
      new '-A -f 1' '-A -f 2 -q'
      service start; table
      service stop; table; rules; rules $R.unsaved
      """, "\(mistake)start: 1\n-A -f 9 -s wlc\n\(kept)-A -f 1\n-A -f 2 -q\n-A -f 9 -s wlc\n"),
    // An edit while the service runs is what a restart loads; unless there is a mistake in it.
    Play(
      """
      new '-A -f 1'; service start; ipvsadm -A -f 2
      new '-A -f 3 -s sh'; service restart; table; rules; rules $R.unsaved
      new '-A -f 4 -s nn' '-A -f 5 -q'; service restart; table; rules; rules $R.unsaved; rules $R.unsaved.old
      """,
      "\(kept)-A -f 3 -s sh\n-A -f 3 -s sh\n-A -f 1 -s wlc\n-A -f 2 -s wlc\n"
        + "\(kept)\(mistake)restart: 1\n-A -f 3 -s sh\n-A -f 4 -s nn\n-A -f 5 -q\n-A -f 3 -s sh\n"
        + "-A -f 1 -s wlc\n-A -f 2 -s wlc\n"),
    // Loaded, it is the service's again; but once stopped, a table is not from the file.
    Play(
      """
      new '-A -f 1'; service start
      new '-A -f 3'; service reload; ipvsadm -A -f 4; service stop; table; rules
      service stop; rules
      ipvsadm -A -f 2; service stop; table; rules; rules $R.unsaved
      """,
      "-A -f 3 -s wlc\n-A -f 4 -s wlc\n-A -f 3 -s wlc\n-A -f 4 -s wlc\n"
        + "\(kept)-A -f 3 -s wlc\n-A -f 4 -s wlc\n-A -f 2 -s wlc\n"),
    // A save on command is made.
    Play(
      """
      new '-A -f 1'; service start
      new '-A -f 3'; service save; rules; rules $R.old
      ipvsadm -A -f 2; service stop; rules
      """, "-A -f 1 -s wlc\n-A -f 3\n-A -f 1 -s wlc\n-A -f 2 -s wlc\n"),
    // There is nothing to overwrite, or it is the table.
    Play(
      """
      ipvsadm -A -f 1; service stop; rules; files
      service start; rm $R; service stop; rules
      ipvsadm -A -f 2; ipvsadm-save -n >$R; service stop; cat $R; table
      ipvsadm -A -f 3; new '# ipvsadm.rules'; service stop; rules; files
      """,
      "-A -f 1 -s wlc\ndefault ipvsadm.rules\n-A -f 1 -s wlc\n-A -f 2 -s wlc\n"
        + "-A -f 3 -s wlc\ndefault ipvsadm.rules ipvsadm.rules.old\n"),
    // A boot forgets what was loaded.
    Play(
      """
      new '-A -f 1'; service start
      rm -r run/ipvsadm; ipvsadm -C; ipvsadm -A -f 2; service stop; rules
      """, "\(kept)-A -f 1\n"),
    // A table that cannot be saved stays, also when a start follows.
    Play(
      """
      new '-A -f 1'; service start; ipvsadm -A -f 2
      tool mktemp 'exit 1'
      service stop; service start; service restart; table
      rm bin/mktemp
      service start; table; rules
      """,
      ["stop", "start", "restart"].map {
        """
        ipvsadm: the table was not saved in /mnt/etc/ipvsadm.rules
        ipvsadm: the table stays as it is
        \($0): 1

        """
      }.joined() + String(repeating: "-A -f 1 -s wlc\n-A -f 2 -s wlc\n", count: 3)),
  ]

  @Test(arguments: edits)
  func edit(scene: Play) throws {
    let output = try play(scene.script)
    #expect(output == scene.output)
  }

  // MARK: - A table in use is changed without a gap

  private static let noScheduler = "Scheduler or persistence engine not found; the table is as it was"
  private static let others = "only -A, -a, --set and --start-daemon can be applied"

  /// A service with one server that has a connection. `connect` opens another one; `draining` waits until
  /// the server drains.
  private static let inUse = """
    connect() { echo >/dev/udp/127.0.0.1/1053; }
    draining() { for _ in $(seq 50); do ! ipvsadm -Sn | grep -q 'w 0' || return; sleep 0.1; done; echo "not draining"; }
    service='-A -u 127.0.0.1:1053 -s rr' server='-a -u 127.0.0.1:1053 -r 127.0.0.1:53 -m -w 1'
    new "$service" "$server"; service start; connect

    """

  static let changes = [
    // What stays is not touched: it keeps its counters and connections.
    Play(
      inUse + """
        echo SAVE=false >>$D; sleep 2.2
        for action in start restart reload load apply; do
          new "$service" "$server" '-A -f 1'; service $action; table | grep -e -f; ipvsadm -D -f 1
          ipvsadm -Ln --stats -u 127.0.0.1:1053 | tail -1 | cut -c1-51; ipvsadm -Lnc | grep -c UDP
        done
        """,
      String(
        repeating: """
          -A -f 1 -s wlc
            -> 127.0.0.1:53                        1        1
          1

          """, count: 5)),
    // When the file changes, an empty table takes all of it or nothing; and what it becomes meanwhile.
    Play(
      """
      new '-A -f 1' '-A -f 2 -q'; service apply; table
      tool cat '/bin/cat "$@"; [ -e /mnt/once ] || { : >/mnt/once; echo "-A -f 3" >/mnt/etc/ipvsadm.rules; }'
      new '-A -f 1'; service apply; table
      ipvsadm -C; rm once; new '-A -f 2 -q'; service apply; table
      """,
      """
      line 2: -q: unknown option
      ipvsadm: the rules in /mnt/etc/ipvsadm.rules were not applied
      apply: 1
      -A -f 3 -s wlc
      line 1: -q: unknown option
      ipvsadm: the rules in /mnt/etc/ipvsadm.rules were not applied
      -A -f 3 -s wlc

      """),
    // An empty table takes what it can: not the whole, but not nothing, either.
    Play(
      """
      new '-A -f 1' '-A -f 2 -q' '-A -f 3 -s nosuch' '-A -f 4'
      echo DAEMON=master >>$D
      service start; table; daemons
      service stop; table; rules | wc -l; rules $R.unsaved
      """,
      """
      line 2: -q: unknown option
      line 3: Scheduler or persistence engine not found
      ipvsadm: not all rules in /mnt/etc/ipvsadm.rules were restored
      start: 1
      -A -f 1 -s wlc
      -A -f 4 -s wlc
      \(master)\(kept)4
      -A -f 1 -s wlc
      -A -f 4 -s wlc

      """),
    // A table in use becomes all of it, or stays as it is.
    Play(
      """
      new '-A -f 1'; service start
      for rule in '-A -f 3 -q' '-A -f 2' '-A -f 3 -s nosuch'; do
        new '-A -f 2' "$rule"
        for action in start restart reload load apply; do
          service $action 2>log; grep line log; table
        done
      done
      """,
      ["-q: unknown option", "this is in the rules twice", noScheduler].map { reason in
        ["start", "restart", "reload", "load", "apply"].map {
          "\($0): 1\nline 2: \(reason)\n-A -f 1 -s wlc\n"
        }.joined()
      }.joined()),
    // Rules that say what happens, and not what is, have always been restored. Mistakes among them have not.
    Play(
      """
      new '# all' '-C' '-A -f 1' '-A -f 2' '-E -f 2 -s rr' '-D -f 1'
      service start; table
      ipvsadm -E -f 2 -s sh; service reload; table
      service stop; table; rules
      new '-A -f 1'; service start
      new '-C' '-A -f 2 -q'; service reload; table
      new '-C' '-A -f 2' '-A -f 2'; service reload; table
      """,
      """
      -A -f 2 -s rr
      line 2: \(others)
      line 5: \(others)
      line 6: \(others)
      ipvsadm: because of these rules in /mnt/etc/ipvsadm.rules, the table is cleared and made anew
      -A -f 2 -s rr
      -A -f 2 -s rr
      line 1: \(others)
      \(mistake)reload: 1
      -A -f 1 -s wlc
      line 1: \(others)
      line 3: this is in the rules twice
      ipvsadm: the rules in /mnt/etc/ipvsadm.rules were not applied
      reload: 1
      -A -f 1 -s wlc

      """),
    // Timeouts and daemons in the rules do not make a second start fail.
    Play(
      """
      new '--set 800 0 0' '--start-daemon master --mcast-interface lo --syncid 5' '-A -f 1'
      service start; daemons; ipvsadm -L --timeout; service stop; service start; table
      """, "\(master)Timeout (tcp tcpfin udp): 800 120 300\n-A -f 1 -s wlc\n"),
    // Servers that go have time to finish, if the settings say so.
    Play(
      inUse + """
        other='-a -u 127.0.0.1:1053 -r 127.0.0.1:54 -m -w 1'
        echo DRAIN=1 >>$D; new "$service" "$other"; service reload; table
        ipvsadm --set 0 0 1; connect
        echo DRAIN=060 >>$D; new "$service"; service restart; table; rules $R.unsaved
        """,
      """
      127.0.0.1:53: 1 connection and 0 persistent clients cut off
      -A -u 127.0.0.1:1053 -s rr
      -a -u 127.0.0.1:1053 -r 127.0.0.1:54 -m -w 1
      \(kept)-A -u 127.0.0.1:1053 -s rr
      -A -u 127.0.0.1:1053 -s rr
      -a -u 127.0.0.1:1053 -r 127.0.0.1:54 -m -w 1

      """),
    // A stop under systemd does not wait for them; without systemd it does.
    Play(
      inUse + """
        tool systemctl "echo 7 ipvsadm.service stop running"
        echo DRAIN=60 >>$D; new "$service"
        IPVSADM_UNIT=ipvsadm.service setsid $S reload &
        draining; kill -- -$!; wait $!; echo $?; table; rules; rules $R.unsaved
        """,
      """
      interrupted; 1 server has its weight back
      \(kept)0
      -A -u 127.0.0.1:1053 -s rr
      -A -u 127.0.0.1:1053 -s rr
      -a -u 127.0.0.1:1053 -r 127.0.0.1:53 -m -w 1

      """),
    Play(
      inUse + """
        sed 's/patience=60/patience=1/; s/((60 /((20 /' $S >service; chmod +x service; S=/mnt/service
        echo DRAIN=3 >>$D; new "$service"
        $S reload & draining
        service stop; table; rules
        """,
      """
      127.0.0.1:53: 1 connection and 0 persistent clients cut off
      -A -u 127.0.0.1:1053 -s rr

      """),
  ]

  @Test(arguments: changes)
  func change(scene: Play) throws {
    let output = try play(scene.script)
    #expect(output == scene.output)
  }

  // MARK: - Sync daemons

  private static let master = "master sync daemon (mcast=lo, syncid=5\n"

  static let daemons = [
    // The settings name others than before.
    Play(
      """
      echo DAEMON=both >>$D; service start
      printf 'DAEMON=backup\\nSYNCID=55\\n' >>$D; service restart; daemons
      echo DAEMON=none >>$D; service restart; daemons
      """, "backup sync daemon (mcast=lo, syncid=55\n"),
    Play("echo DAEMON=both >>$D; service start; echo DAEMON=none >>$D; service stop; daemons", ""),
    Play(
      """
      ip link add dummy1 type dummy && ip link set dummy1 up && ip address add 192.0.2.9/24 dev dummy1
      echo DAEMON=both >>$D; service start; printf 'DAEMON=master\\nIFACE=dummy1\\n' >>$D; service start
      daemons
      """, "master sync daemon (mcast=dummy1, syncid=5\n"),
    // Daemons of somebody else.
    Play(
      """
      ipvsadm --start-daemon master --mcast-interface lo --syncid 5
      service start; service restart; service stop; daemons
      echo DAEMON=backup >>$D; service start; daemons; service stop; daemons
      """, "\(master)\(master)backup sync daemon (mcast=lo, syncid=5\n\(master)"),
    // Neither an unknown word nor a table that is not saved stops a daemon.
    Play(
      """
      echo DAEMON=master >>$D; service start
      echo DAEMON=mister >>$D; service restart; daemons
      echo DAEMON=master >>$D; ipvsadm -A -f 1; tool mktemp 'exit 1'; service restart 2>log; daemons
      """,
      "ipvsadm: /mnt/etc/default/ipvsadm: DAEMON is none, master, backup or both, not mister\n"
        + "restart: 1\n\(master)restart: 1\n\(master)"),
    Play(
      "printf 'DAEMON=master\\nIFACE=none0\\n' >>$D; service start 2>log; tail -1 log; service stop",
      "start: 1\nipvsadm: the master sync daemon was not started\n"),
  ]

  @Test(arguments: daemons)
  func daemon(scene: Play) throws {
    let output = try play(scene.script)
    #expect(output == scene.output)
  }

  // MARK: - Settings

  static let settings = [
    // A reload without rules shows what AUTO means.
    Play(
      """
      for word in true True yes oN 1 false No off 0 ''; do
        echo AUTO=$word >$D; $S reload 2>log; echo -n $?
      done
      """, "1111100000"),
    Play(
      """
      ipvsadm -A -f 1
      echo AUTO=1 SAVE=No >$D; service stop; table; files
      ipvsadm -A -f 2
      echo AUTO=1 SAVE=Yes >$D; service stop; table; rules
      """, "default\n-A -f 2 -s wlc\n"),
    Play(
      """
      ipvsadm -A -f 1
      echo AUTO=ja >$D; service start; service stop; service save; rules
      echo AUTO=1 SAVE=2 >$D; service stop; table
      """,
      """
      ipvsadm: /mnt/etc/default/ipvsadm: AUTO is true or false, not ja
      start: 2
      ipvsadm: /mnt/etc/default/ipvsadm: AUTO is true or false, not ja
      stop: 2
      -A -f 1 -s wlc
      ipvsadm: /mnt/etc/default/ipvsadm: SAVE is true or false, not 2
      stop: 2
      -A -f 1 -s wlc

      """),
    Play(
      """
      printf '# mine\\r\\n\\r\\nAUTO="true"\\r\\nDAEMON="both"\\r\\nIFACE=lo\\r\\nSYNCID="5"\\r\\n' >$D
      new '-A -f 1'; service start; table; daemons; service stop; table; daemons
      """, "-A -f 1 -s wlc\n\(master)backup sync daemon (mcast=lo, syncid=5\n"),
    Play(
      """
      new '-A -f 1'; ipvsadm -A -f 2
      for time in soon -1 60s 99999999 9999999; do
        echo "DRAIN=$time" >$D; service start; service stop; service load; service save
      done
      for time in 0 00 '' '""' 2678400; do echo "DRAIN=$time" >$D; service load; done; table
      """,
      ["soon", "-1", "60s", "99999999", "9999999"].flatMap { time in
        ["start", "stop", "load"].map {
          "ipvsadm: /mnt/etc/default/ipvsadm: DRAIN is a number of seconds up to 2678400, not \(time)\n\($0): 2\n"
        }
      }.joined() + "-A -f 2 -s wlc\n"),
    Play(
      """
      for mistake in 'AUTO="true' 'exit 0'; do echo "$mistake" >$D; service start 2>log; tail -1 log; done
      """,
      String(repeating: "start: 2\nipvsadm: /mnt/etc/default/ipvsadm was not understood\n", count: 2)),
  ]

  @Test(arguments: settings)
  func setting(scene: Play) throws {
    let output = try play(scene.script)
    #expect(output == scene.output)
  }
}

/// A script and what it has to print.
struct Play: CustomTestStringConvertible {
  let script: String
  let output: String

  init(_ script: String, _ output: String) {
    self.script = script
    self.output = output
  }

  var testDescription: String { script }
}
