// SPDX-License-Identifier: Apache-2.0

import Testing

/// The program does its work in whatever environment it is started.
@Suite struct EnvironmentTests {
  /// Runs a shell script in which `$I` is our program, in namespaces of network, mounts and processes of its own.
  private func script(_ text: String) throws -> Outcome {
    try inNamespace {
      try run(
        "/usr/bin/unshare",
        [
          "--mount", "--pid", "--fork", "--mount-proc", "bash", "-c",
          "I=$0; D=$(mktemp -d /run/test.XXXX)\n\(text)", Kernel.ours,
        ])
    }
  }

  /// Prefixes of a command line that take /proc away from the program, or make it useless.
  static let places =
    [
      // Not there.
      "w() { unshare -m bash -c 'umount -l /proc; exec \"$@\"' w \"$@\"; }",
      // The /proc of another namespace, as after entering a container's mounts but not its processes.
      "unshare -m --pid --fork --mount-proc sleep 50 & until P=$(pgrep -P $! sleep); do sleep 0.1; done; "
        + "w() { nsenter -t $P -m \"$@\"; }",
      // The environment has moved since the program was loaded.
      "w() { env -i PATH=\"$PATH\" \"$@\"; }",
    ]
    // Out of reach: each open that may look there fails. The ordinary build would not find its libraries.
    + (Kernel.isShipped
      ? ["w() { strace -o /dev/null -e trace=openat -e inject=openat:error=EMFILE:when=3+ \"$@\"; }"] : [])

  @Test(arguments: places.indices)
  func argumentsArrive(place: Int) throws {
    let outcome = try script(
      """
      \(Self.places[place])
      export IPVSADM=$I
      w $I -A -t 1.2.3.4:80 -s rr; echo $?
      w $I -a -t 1.2.3.4:80 -r 10.0.0.1 -m; echo $?
      w $I -A; echo $?
      w $I --nonsense >/dev/null; echo $?
      w $I --version
      ln -s $(realpath $I) $D/ipvsadm-save; w $D/ipvsadm-save -n
      echo '-A -f 1' | w $I -R; echo $?
      w $I -D -f 1; echo $?
      w $I -C; echo $?
      w $I -Sn
      kill %1 2>/dev/null; true
      """)
    #expect(
      outcome.output == """
        0
        0
        2
        255
        ipvsadm v1.31 2019/12/24 (compiled with popt and IPVS v1.2.1)
        -A -t 1.2.3.4:80 -s rr
        -a -t 1.2.3.4:80 -r 10.0.0.1:80 -m -w 1
        0
        0
        0

        """)
  }

  @Test func aMovedEnvironmentDoesNotHideArguments() throws {
    let outcome = try script(
      """
      cat >$D/move.c <<C
      #include <stdlib.h>
      __attribute__((constructor)) static void move(void) { setenv("A", "a", 1); setenv("B", "b", 1); }
      C
      $(command -v cc || command -v clang) -shared -fPIC -o $D/move.so $D/move.c
      LD_PRELOAD=$D/move.so $I -A -f 1; echo $?; $I -Sn
      """)
    #expect(outcome == Outcome(output: "0\n-A -f 1 -s wlc\n", errors: "", status: 0))
  }

  @Test func withoutArgumentsOfAnyKindItLists() throws {
    let outcome = try script("perl -e 'exec { $ARGV[0] } ()' $I | head -c 17")
    #expect(outcome == Outcome(output: "IP Virtual Server", errors: "", status: 0))
  }

  // MARK: - Memory

  @Test(.enabled(if: Kernel.isShipped, "Swift's runtime alone takes more memory"))
  func blankLinesCostNothing() throws {
    let outcome = try script("ulimit -v 20000; yes '' | head -c 2000000 | $I -R")
    #expect(outcome == Outcome(output: "", errors: "", status: 0))
  }

  @Test(.enabled(if: Kernel.isShipped, "Swift's runtime alone takes more memory"))
  func mistakesAreCountedPastTheFirstThousand() throws {
    let outcome = try script("ulimit -v 20000; yes x | head -c 40000 | $I -R")
    let lines = outcome.errors.split(separator: "\n")
    #expect(lines.count == 1001)
    #expect(lines.first?.hasPrefix("line 1: Try `") == true)
    #expect(lines.last == "and 19000 more lines")
    #expect(outcome.status == 2)
  }

  @Test(.enabled(if: Kernel.isShipped, "Swift's runtime alone takes more memory"))
  func whereMemoryEndsALineSaysSo() throws {
    let outcome = try script("ulimit -v 20000; yes -- -Z | head -c 1500000 | $I -R")
    #expect(outcome == Outcome(output: "", errors: "out of memory\n", status: 1))
  }

  // MARK: - Readers

  @Test func aReaderThatLeavesEndsItSilently() throws {
    let outcome = try script("{ sleep 0.3; $I -Ln; echo $? >&2; } | exec 0<&-; sleep 1")
    #expect(outcome == Outcome(output: "", errors: "141\n", status: 0))
  }
}
