// SPDX-License-Identifier: Apache-2.0

import Testing

/// Names, and what happens when no name server answers.
@Suite struct NameTests {
  /// Runs a script where the only name server takes questions and never answers.
  private func withoutAnswers(_ script: String) throws -> Outcome {
    let prepare = """
      D=$(mktemp -d /run/names.XXXX)
      echo nameserver 127.0.0.1 >$D/resolv.conf
      mount --bind $D/resolv.conf /etc/resolv.conf
      perl -MIO::Socket::INET -e '
        my $server = IO::Socket::INET->new(Proto => "udp", LocalAddr => "127.0.0.1:53") or die;
        open(my $file, ">", shift); close($file); sleep 59' $D/bound &
      until [ -e $D/bound ]; do sleep 0.1; done
      I=$0
      """
    return try inNamespace {
      try run("/usr/bin/unshare", ["--mount", "bash", "-c", "\(prepare)\n\(script)\nkill %1", Kernel.ours])
    }
  }

  /// A process that asked for each name in turn would be killed before it is done.
  @Test func aResolverThatIsDownKeepsNobodyWaitingTwice() throws {
    let rules = (1...30).map { "-a -f 1 -r 172.16.0.\($0):0 -g -w 1\\n" }.joined()
    let outcome = try withoutAnswers(
      "printf -- '-A -f 1\\n\(rules)' | $I -R; $I -L | grep -c '172.16.0.'; $I -S | wc -l")
    #expect(outcome.output == "30\n31\n")
  }

  /// Names that were asked for in turn would take minutes.
  @Test func namesInRulesAreLookedUpTogether() throws {
    let outcome = try withoutAnswers(
      """
      { seq 600 | sed 's/.*/-A -t nosuch&.test:80/'; echo '-A -t web.test:80'; } | $I -R 2>&1 | tail -1
      $I -Sn
      """)
    #expect(
      outcome.output == """
        line 600: illegal virtual server address[:port] specified
        -A -t 10.9.8.7:80 -s wlc

        """)
  }

  @Test func littleMemoryIsEnoughForThreads() throws {
    let outcome = try withoutAnswers(
      """
      ulimit -v 300000
      printf -- '-A -f 1\\n-a -f 1 -r 172.16.0.1 -m\\n-A -t web.test:80\\n' | $I -R; $I -L | grep -c 'web.test\\|172.16.0.1'
      """)
    #expect(outcome.output == "2\n")
  }

  /// Without a thread, only the end of the program can interrupt the system's functions.
  @Test func withoutAThreadItEndsAllTheSame() throws {
    let outcome = try withoutAnswers(
      """
      S="strace -qq -o /dev/null -e trace=clone,clone3 -e inject=clone,clone3:error=EAGAIN"
      $S $I -A -t web.test:80; echo $?
      echo '-A -t nosuch.test:80' | $S $I -R; echo $?
      $I -Sn
      """)
    #expect(outcome.output == "0\n1\n-A -t 10.9.8.7:80 -s wlc\n")
    #expect(
      outcome.errors == "cannot look names up: there is no thread for it, and the resolver does not answer\n")
  }

  @Test func namesOfTheHostsFileAreFoundMeanwhile() throws {
    let outcome = try withoutAnswers(
      """
      printf -- '-A -t nosuch1.test:80\\n-A -t web.test:80\\n-A -t nosuch2.test:80\\n' | $I -R 2>&1
      $I -A -t web.test:80; $I -Sn
      """)
    #expect(
      outcome.output == """
        line 1: illegal virtual server address[:port] specified
        line 3: illegal virtual server address[:port] specified
        -A -t 10.9.8.7:80 -s wlc

        """)
  }
}
