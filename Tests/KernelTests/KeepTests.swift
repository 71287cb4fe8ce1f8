// SPDX-License-Identifier: Apache-2.0

import Testing

/// An edit with `--keep` changes what is given, and leaves everything else as it is.
@Suite struct KeepTests {
  static let edits: [(rules: String, edit: String, after: String)] = [
    (
      "-A -u 1.2.3.4:5060 -s sh -p 60 -M 255.255.0.0 --pe sip -o -b sh-fallback,sh-port",
      "-E -u 1.2.3.4:5060",
      "-A -u 1.2.3.4:5060 -s sh -p 60 -M 255.255.0.0 --pe sip -o -b sh-fallback,sh-port"
    ),
    ("-A -f 1 -s sh -p 60 -b sh-port", "-E -f 1 -p 90", "-A -f 1 -s sh -p 90 -b sh-port"),
    ("-A -f 1 -6 -s rr -p 60 -M 64 -o", "-E -f 1 -6 -s wrr", "-A -f 1 -6 -s wrr -p 60 -M 64 -o"),
    ("-A -f 1 -s rr -p 60", "-E -f 1 -M 255.0.0.0", "-A -f 1 -s rr -p 60 -M 255.0.0.0"),
    ("-A -f 1 -s sh -b sh-port", "-E -f 1 -b sh-fallback", "-A -f 1 -s sh -b sh-fallback"),
    (
      "-A -f 1 -s rr\n-a -f 1 -r 10.0.0.1:0 -m -w 5 -x 9 -y 3", "-e -f 1 -r 10.0.0.1 -w 0",
      "-A -f 1 -s rr\n-a -f 1 -r 10.0.0.1:0 -m -w 0 -x 9 -y 3"
    ),
    (
      "-A -f 1 -s rr\n-a -f 1 -r 10.0.0.1:0 -m -w 5 -x 9", "-e -f 1 -r 10.0.0.1 -g -x 0",
      "-A -f 1 -s rr\n-a -f 1 -r 10.0.0.1:0 -g -w 5"
    ),
    (
      "-A -t 1.2.3.4:80 -s rr\n-a -t 1.2.3.4:80 -r 10.0.0.1:80 -i -w 5 --tun-type gue --tun-port 6080 --tun-remcsum",
      "-e -t 1.2.3.4:80 -r 10.0.0.1 -w 0",
      "-A -t 1.2.3.4:80 -s rr\n-a -t 1.2.3.4:80 -r 10.0.0.1:80 -i -w 0 --tun-type gue --tun-port 6080 --tun-remcsum"
    ),
    (
      "-A -f 1 -s rr\n-a -f 1 -r 10.0.0.1:0 -i -w 5 --tun-type gue --tun-port 6080 --tun-csum",
      "-e -f 1 -r 10.0.0.1 --tun-port 7",
      "-A -f 1 -s rr\n-a -f 1 -r 10.0.0.1:0 -i -w 5 --tun-type gue --tun-port 7 --tun-csum"
    ),
    (
      "-A -f 1 -s rr\n-a -f 1 -r [fd00::1]:0 -i -w 5 --tun-type gre --tun-csum",
      "-e -f 1 -r [fd00::1]:0 -y 0 -w 6",
      "-A -f 1 -s rr\n-a -f 1 -r [fd00::1]:0 -i -w 6 --tun-type gre --tun-csum"
    ),
    (
      "-A -f 1 -s rr\n-a -f 1 -r 10.0.0.1:0 -i -w 5 --tun-type gre --tun-csum", "-e -f 1 -r 10.0.0.1 -m",
      "-A -f 1 -s rr\n-a -f 1 -r 10.0.0.1:0 -m -w 5"
    ),
    (
      "-A -f 1 -s rr\n-a -f 1 -r 10.0.0.1:0 -m -w 5 -x 4", "-e -f 1 -r 10.0.0.1 -i",
      "-A -f 1 -s rr\n-a -f 1 -r 10.0.0.1:0 -i -w 5 --tun-type ipip -x 4"
    ),
    // What is not masqueraded is reached on the service's port, whatever port was typed.
    (
      "-A -t 1.2.3.4:80 -s rr\n-a -t 1.2.3.4:80 -r 10.0.0.1:80 -g -w 5 -x 3",
      "-e -t 1.2.3.4:80 -r 10.0.0.1:9 -w 2",
      "-A -t 1.2.3.4:80 -s rr\n-a -t 1.2.3.4:80 -r 10.0.0.1:80 -g -w 2 -x 3"
    ),
  ]

  @Test(arguments: edits)
  func whatIsNotGivenStays(rules: String, edit: String, after: String) throws {
    try inNamespace {
      try ours("-R", input: rules + "\n").require()
      let words = edit.split(separator: " ").map(String.init) + ["--keep"]
      #expect(try run(Kernel.ours, words) == Outcome(output: "", errors: "", status: 0))
      #expect(try ours("-Sn").require() == after + "\n")
      // As a rule it does the same.
      try ours("-C").require()
      try ours("-R", input: "\(rules)\n\(edit) --keep\n").require()
      #expect(try ours("-Sn").require() == after + "\n")
    }
  }

  static let mistakes: [(edit: String, errors: String, status: Int32)] = [
    ("-E -f 9 --keep", "No such service\n", 255),
    ("-e -f 9 -r 10.0.0.1 --keep", "Service not defined\n", 255),
    ("-e -f 1 -r 10.0.0.9 --keep", "No such destination\n", 255),
    ("-e -f 1 -r 10.0.0.1 -y 5 --keep", "Numerical result out of range\n", 255),
    ("-E -f 1 -s nosuch --keep", "Scheduler or persistence engine not found\n", 255),
    (
      "-e -f 1 -r 10.0.0.1 --tun-type gue --tun-port 5 --keep",
      "Tunnel options conflict with forward method\n", 2
    ),
    ("-E -f 1 -b mh-port --keep", "incompatible scheduler flag `mh-port'\n", 2),
  ]

  @Test(arguments: mistakes)
  func aMistakeChangesNothing(edit: String, errors: String, status: Int32) throws {
    try inNamespace {
      let table = "-A -f 1 -s sh -p 60\n-a -f 1 -r 10.0.0.1:0 -m -w 5 -x 3\n"
      try ours("-R", input: table).require()
      let outcome = try run(Kernel.ours, edit.split(separator: " ").map(String.init))
      #expect(outcome == Outcome(output: "", errors: errors, status: status))
      #expect(try ours("-Sn").require() == table)
    }
  }
}
