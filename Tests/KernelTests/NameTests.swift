// SPDX-License-Identifier: Apache-2.0

import Testing

/// Names, and what happens when there is nobody to ask for them.
@Suite struct NameTests {
  /// Runs a script where the only name server takes questions and never answers.
  private func withoutAnswers(_ script: String) throws -> Outcome {
    let prepare = """
      echo nameserver 127.0.0.1 >/run/resolv.conf
      mount --bind /run/resolv.conf /etc/resolv.conf
      rm -f /run/bound
      perl -MIO::Socket::INET -e '
        my $server = IO::Socket::INET->new(Proto => "udp", LocalAddr => "127.0.0.1:53") or die;
        open(my $file, ">", "/run/bound"); close($file); sleep 50' &
      until [ -e /run/bound ]; do sleep 0.1; done
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
