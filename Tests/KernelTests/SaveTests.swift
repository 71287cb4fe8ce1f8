// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite struct SaveTests {
  /// A table that uses every feature that a rule can name.
  static let table = """
    -A -t 1.2.3.4:80 -s wlc
    -a -t 1.2.3.4:80 -r 10.0.0.1:80 -g -w 1
    -a -t 1.2.3.4:80 -r 10.0.0.2:8080 -m -w 0 -x 9 -y 5
    -a -t 1.2.3.4:80 -r 10.0.0.3:80 -i -w 2147483647 --tun-type ipip
    -a -t 1.2.3.4:80 -r 10.0.0.4:80 -i -w 1 --tun-type gue --tun-port 6080 --tun-nocsum
    -a -t 1.2.3.4:80 -r 10.0.0.5:80 -i -w 1 --tun-type gue --tun-port 6080 --tun-csum
    -a -t 1.2.3.4:80 -r 10.0.0.6:80 -i -w 1 --tun-type gue --tun-port 6080 --tun-remcsum
    -a -t 1.2.3.4:80 -r 10.0.0.7:80 -i -w 1 --tun-type gre --tun-nocsum
    -a -t 1.2.3.4:80 -r 10.0.0.8:80 -i -w 1 --tun-type gre --tun-csum -x 2147483647
    -a -t 1.2.3.4:80 -r [2001:db8::9]:80 -i -w 1 --tun-type ipip
    -A -t 1.2.3.5:0 -s sh -p 60 -M 255.255.0.0 -b sh-fallback,sh-port
    -A -t 1.2.3.6:80 -s mh -b mh-fallback
    -A -t 1.2.3.7:80 -s rr -b flag-1,flag-3
    -A -u 1.2.3.4:53 -s rr -o
    -A -u 1.2.3.4:5060 -s wlc -p 60 --pe sip
    -A --sctp-service 1.2.3.4:9 -s wrr
    -A -t [2001:db8::1]:80 -s lc -p 360 -M 64
    -a -t [2001:db8::1]:80 -r 10.0.0.1:80 -i -w 1 --tun-type ipip
    -a -t [2001:db8::1]:80 -r [2001:db8::2]:8080 -m -w 1
    -A -f 1 -s ovf
    -a -f 1 -r 10.0.0.1:0 -g -w 1
    -A -f 2 -6 -s fo -p 5 -M 48
    -A -f 4294967295 -s nq

    """

  @Test func savedAndRestoredIsTheSame() throws {
    try inNamespace {
      try ours("-R", input: Self.table).require()
      let saved = try ours("-Sn").require()
      #expect(saved.split(separator: "\n").sorted() == Self.table.split(separator: "\n").sorted())
      try ours("-C").require()
      #expect(try ours("-Sn").require() == "")
      try ours("-R", input: saved).require()
      #expect(try ours("-Sn").require() == saved)
    }
  }

  /// Brackets ask for the IPv6 address, also of a host that has both. Of one that has none, the reference drops the port.
  @Test(arguments: ["-R", "--apply"])
  func namesOfIPv6AreSavedAndRestored(command: String) throws {
    let rules = """
      -A -t [2001:db8::5]:80 -s wlc
      -a -t [2001:db8::5]:80 -r [2001:db8::7]:8080 -m -w 1
      -A -t [2001:db8::7]:0 -s wlc -p 60

      """
    try inNamespace {
      try ours("-R", input: rules).require()
      let saved = try ours("-S").require()
      #expect(saved.contains("-a -t [both.test]:http -r [six.test]:http-alt -m"))
      try ours("-C").require()
      try ours(command, input: saved).require()
      #expect(try ours("-Sn").require() == rules)
      #expect(try ours("-A", "-t", "[web.test]:80", "-p").status == 0)
      #expect(try ours("-L", "-n", "-t", "10.9.8.7:0").status == 0)
      for name in ["[web.test]:80", "[six.test]:0"] {
        #expect(try ours("-A", "-t", name).errors == "Zero port specified for non-persistent service\n")
      }
      for name in ["[six.test]:", "[six.test]:x", "[six.test]:65536"] {
        #expect(try ours("-A", "-t", name).errors == "illegal virtual server address[:port] specified\n")
      }
    }
  }

  @Test func theReferenceUnderstandsWhatWeSave() throws {
    // The reference neither saves nor restores a mark past 2³¹.
    let lines = Self.table.split(separator: "\n").filter { !$0.hasPrefix("-A -f 4294967295") }
    let rules = lines.joined(separator: "\n") + "\n"
    let saved = try inNamespace {
      try ours("-R", input: rules).require()
      return try ours("-Sn").require()
    }
    try inNamespace {
      try reference("-R", input: saved).require()
      #expect(try ours("-Sn").require() == saved)
    }
  }

  @Test func linesThatAreUnderstoodAreTaken() throws {
    try inNamespace {
      try ours("-A", "-f", "1").require()
      let outcome = try ours("-R", input: "-C\n-A -t 1.2.3.4:80\n-A\n# -A\nword\n-A -t nosuch.invalid:80\n")
      #expect(outcome.status == 2)
      #expect(
        outcome.errors == """
          line 3: You need to supply the 'service-address' option for the 'add-service' command
          line 5: Try `\(Kernel.ours) -h' or '\(Kernel.ours) --help' for more information.
          line 6: illegal virtual server address[:port] specified

          """)
      #expect(try ours("-Sn").require() == "-A -t 1.2.3.4:80 -s wlc\n")
    }
  }

  @Test func aMistakeAndARefusalAreToldInTheOrderOfTheirLines() throws {
    try inNamespace {
      let outcome = try ours(
        "-R", input: "-D -f 1\n-A\n-A -f 2\n-A -t nosuch.invalid:80\n-A -f 2\n-A -f 3 -x\n")
      #expect(outcome.status == 2)
      #expect(
        outcome.errors == """
          line 1: No such service
          line 2: You need to supply the 'service-address' option for the 'add-service' command
          line 4: illegal virtual server address[:port] specified
          line 5: Service already exists
          line 6: -x: missing argument

          """)
      #expect(try ours("-Sn").require() == "-A -f 2 -s wlc\n")
    }
  }

  /// What Debian's init script does at boot: an unknown option loses its own line and no other.
  @Test func aTypoAtBootIsNoOutage() throws {
    let rules = "-A -t 1.2.3.4:80 -s rr\n-a -t 1.2.3.4:80 -r 10.0.0.1 -m --wieght 5\n-A -f 1\n"
    let theirs = try inNamespace { (try reference("-R", input: rules).status, try ours("-Sn").require()) }
    try inNamespace {
      let outcome = try ours("-R", input: rules)
      #expect(outcome.errors == "line 2: --wieght: unknown option\n")
      #expect(outcome.status == 2)
      #expect(try ours("-Sn").require() == theirs.1)
      #expect(theirs.1 == "-A -t 1.2.3.4:80 -s rr\n-A -f 1 -s wlc\n")
    }
  }

  /// With `-R` the reference stops there. What replaces the table has to be carried out to its end.
  @Test(arguments: ["-h", "-v"])
  func helpDoesNotReplaceATable(option: String) throws {
    try inNamespace {
      try ours("-A", "-f", "9").require()
      let input = "-A -f 1\n\(option)\n-A -f 2\n"
      let outcome = try run(
        "/bin/bash", ["-c", "exec -a ipvsadm-restore \"$0\"", Kernel.ours], input: input)
      #expect(
        outcome
          == Outcome(output: "", errors: "line 2: help and version cannot replace the table\n", status: 2))
      #expect(try ours("-Sn").output == "-A -f 9 -s wlc\n")
    }
  }

  @Test func aRefusalDoesNotStopTheRest() throws {
    try inNamespace {
      let outcome = try ours("-R", input: "-D -f 1\n-A -f 1\n-A -f 1\n-Sn\n-a -f 2 -r 10.0.0.1\n-A -f 3")
      #expect(outcome.status == 255)
      #expect(outcome.output == "-A -f 1 -s wlc\n")
      #expect(
        outcome.errors == """
          line 1: No such service
          line 3: Service already exists
          line 5: Service not defined

          """)
      #expect(try ours("-Sn").require() == "-A -f 1 -s wlc\n-A -f 3 -s wlc\n")
    }
  }

  @Test func moreRulesThanABatchHolds() throws {
    try inNamespace {
      let rules = (1...1000).map { "-A -f \($0) -s rr\n" }.joined()
      try ours("-R", input: rules).require()
      #expect(try ours("-Sn").require() == rules)
      let again = try ours("-R", input: rules)
      #expect(again.status == 255)
      #expect(again.errors == (1...1000).map { "line \($0): Service already exists\n" }.joined())
    }
  }
}
