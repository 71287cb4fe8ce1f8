// SPDX-License-Identifier: Apache-2.0

import Testing

/// The programs around ipvsadm, unchanged: Debian's init script, and what a systemd unit runs. They do the same with
/// our program as with Debian's.
@Suite struct ServiceTests {
  private static let rules = """
    # ipvsadm.rules
    -A -t 1.2.3.4:80 -s rr
    -a -t 1.2.3.4:80 -r 10.0.0.1:80 -m -w 1
    -A -f 7 -6 -s sh

    """

  /// Runs a script where `/sbin/ipvsadm` and its two companions are the program under test, or Debian's.
  private func play(_ script: String, ours: Bool, daemon: String = "none") throws -> Outcome {
    let replace = """
      directory=$(mktemp -d)
      for name in ipvsadm ipvsadm-save ipvsadm-restore; do
        mount --bind \(Kernel.ours) /sbin/$name
      done
      """
    let prepare = """
      set -e
      mount -t tmpfs tmpfs /mnt
      printf 'AUTO=true\\nDAEMON=\(daemon)\\nIFACE=lo\\nSYNCID=5\\n' >/mnt/default
      mount --bind /mnt/default /etc/default/ipvsadm
      cat >/mnt/rules
      mount --bind /mnt/rules /etc/ipvsadm.rules
      \(ours ? replace : "")
      set +e
      export PATH=/usr/sbin:/usr/bin:/sbin:/bin
      """
    return try run(
      "/usr/bin/unshare", ["--mount", "bash", "-c", prepare + "\n" + script], input: Self.rules)
  }

  static let actions = [
    ("start", "none"), ("start; $I stop", "none"), ("start; $I status", "none"), ("load; $I status", "none"),
    ("load; ipvsadm -A -f 9; $I save; cat /etc/ipvsadm.rules", "none"), ("clear; $I rate", "none"),
    ("start; ipvsadm -L --daemon; $I stop; ipvsadm -L --daemon", "master"),
    ("start; ipvsadm -L --daemon; $I stop; ipvsadm -L --daemon", "backup"),
    ("start; ipvsadm -L --daemon; $I restart; $I stop; ipvsadm -L --daemon", "both"),
    ("stop", "master"), ("reload; $I status", "none"), ("nonsense", "none"),
  ]

  @Test(arguments: actions)
  func initScript(actions: String, daemon: String) throws {
    let script = "I=/etc/init.d/ipvsadm; $I \(actions); echo $?; ipvsadm -Sn; ipvsadm -L --daemon"
    let theirs = try inNamespace { try play(script, ours: false, daemon: daemon) }
    let ours = try inNamespace { try play(script, ours: true, daemon: daemon) }
    #expect(ours == theirs)
    #expect(theirs.output != "")
  }

  static let commands = [
    "ipvsadm-restore </etc/ipvsadm.rules",
    "ipvsadm-restore </etc/ipvsadm.rules; ipvsadm -A -f 9; ipvsadm-save -n >/mnt/saved; ipvsadm -C; cat /mnt/saved",
    "ipvsadm -A -f 3; ipvsadm-restore </etc/ipvsadm.rules",
    "ipvsadm-save", "ipvsadm-save -n", "ipvsadm-save -h", "ipvsadm-save -x", "ipvsadm-save -nx",
    "ipvsadm-save --numeric", "ipvsadm-save word", "ipvsadm-save -n word", "ipvsadm-save word -x",
    "ipvsadm-save -n -n", "ipvsadm-save -nn", "ipvsadm-save -", "ipvsadm-save --", "ipvsadm-save -- -x",
    "ipvsadm-restore word </etc/ipvsadm.rules", "ipvsadm-restore </dev/null",
    "/sbin/ipvsadm-restore </etc/ipvsadm.rules; /sbin/ipvsadm-save -n",
    "printf '# x\\n#y\\n-A -f 1\\n' | ipvsadm-restore",
  ]

  @Test(arguments: commands)
  func unit(commands: String) throws {
    let script = "\(commands); echo $?; ipvsadm -Sn"
    let theirs = try inNamespace { try play(script, ours: false) }
    let ours = try inNamespace { try play(script, ours: true) }
    #expect(ours == theirs)
  }

  @Test func aBrokenFileLeavesTheTableAlone() throws {
    try inNamespace {
      let outcome = try play(
        "ipvsadm -A -f 3; printf -- '-A -f 1\\n-A\\n' | ipvsadm-restore; echo $?; ipvsadm -Sn", ours: true)
      #expect(outcome.output == "2\n-A -f 3 -s wlc\n")
      #expect(
        outcome.errors
          == "line 2: You need to supply the 'service-address' option for the 'add-service' command\n")
    }
  }
}
