// SPDX-License-Identifier: Apache-2.0

/// What random command lines are made of. Addresses or marks that are far apart have no order, if they are more than
/// two, so these are near each other.
enum Words {
  /// An option that has no short spelling has its long one twice; one without values has none.
  typealias Option = (short: String, long: String, values: [String])

  static let services = [
    "-t 10.0.0.1:80", "-t 10.0.0.1:0", "-t 10.0.0.2:http", "-t web.test:80", "--tcp-service=1.2.3.4:443",
    "-t both.test:80",
    "-u 10.0.0.1:53", "-u 1.2.3.4:5060", "--udp-service web.test:domain", "-u10.0.0.1:0",
    "--sctp-service 10.0.0.1:9",
    "-t [2001:db8::1]:80", "-t [2001:db8::1]:0", "-u [2001:db8::1]:53", "--sctp-service [2001:db8::2]:9",
    "-f 1", "-f 2", "-f 1 -6", "-f2 --ipv6", "--fwmark-service=7",
  ]
  static let oddServices = [
    "-t six.test:80", "-t [six.test]:80", "-t [web.test]:80", "-t nosuch.invalid:80",
    "-u [nosuch.invalid]:53", "-t 10.1:80", "-t 0x7f.1:http", "-t 10.0.0.1",
    "-t 10.0.0.1:x", "-t 10.0.0.1:65536", "-t 0.0.0.0:80", "-t 10.0.0.256:80", "-t ::1", "-t [::1]", "-t 80",
    "-t :",
    "-u localhost:tftp", "-f 0", "-f -1", "-f x", "-f 4294967295", "-f 4294967296", "-6 -f 1", "-f 1 -6 -6",
    "-6",
    "-t 10.0.0.1:80 -u 10.0.0.1:80", "-t 10.0.0.1:80 -6", "-t é:80",
  ]

  static let servers = [
    "10.0.0.11", "10.0.0.11:80", "10.0.0.12:8080", "10.0.0.13:0", "127.0.0.1:81", "localhost:http",
    "web.test", "both.test:80",
    "10.0.0.14:domain", "a-real-server-with-a-name-that-is-longer-than-any-column.example.test:80",
    "[2001:db8::11]:80",
    "2001:db8::12", "[2001:db8::13]:8080",
  ]
  static let oddServers = [
    "six.test", "[six.test]:80", "nosuch.invalid", "nosuch.invalid:80", "[2001:db8::11]", "10.0.0.256",
    "10.0.0.11:x", "10.0.0.11:99999", "::",
    "224.0.0.1:80", "0.0.0.0", "11", "", "[]:80", "é",
  ]

  static let schedulers = [
    "rr", "wrr", "lc", "wlc", "lblc", "lblcr", "dh", "sh", "sh", "sed", "nq", "fo", "ovf", "mh", "mh",
    "nosuch", "WLC",
    "1234567890123456",
  ]
  static let settings: [Option] = [
    (
      "-M", "--netmask",
      ["255.255.0.0", "0.0.0.0", "64", "128", "129", "foo", "255.255.255.255", "255.0.255.0"]
    ),
    ("--pe", "--pe", ["sip", "sip", "nosuch"]),
    (
      "-b", "--sched-flags",
      [
        "sh-port", "sh-fallback,sh-port", "mh-port", "mh-fallback", "flag-1", "flag-2,flag-3", "flag-4",
        "mh-port,flag-3",
        "sh-port,flag-3", "flag-1,", "",
      ]
    ),
    ("-o", "--ops", []),
  ]

  static let forwarding = [
    "-m", "-m", "-g", "--gatewaying", "-i", "--ipip", "--masquerading", "-i --tun-type ipip",
    "-i --tun-type gre",
    "-i --tun-type=gre --tun-csum", "-i --tun-type gue --tun-port 6080",
    "-i --tun-type gue --tun-port 6080 --tun-remcsum",
    "-i --tun-type gue", "-m --tun-type gre", "-g -m", "-i --tun-type gue --tun-port 9 --tun-csum",
    "-i --tun-type ipip --tun-csum",
  ]
  static let serverSettings: [Option] = [
    ("-w", "--weight", numbers), ("-x", "--u-threshold", numbers), ("-y", "--l-threshold", numbers),
    ("--tun-type", "--tun-type", ["ipip", "gue", "gre", "vxlan", "GUE"]),
    ("--tun-port", "--tun-port", numbers),
    ("--tun-csum", "--tun-csum", []), ("--tun-nocsum", "--tun-nocsum", []),
    ("--tun-remcsum", "--tun-remcsum", []),
  ]
  private static let numbers = [
    "0", "1", "2", "9", "100", "65535", "65536", "2147483647", "2147483648", "-1", "99999999999999999999",
    "+1", " 1", "1x", "0x1",
    "",
  ]

  static let daemonSettings: [Option] = [
    ("--mcast-interface", "--mcast-interface", ["lo", "eth0", "eth0", "nosuch", "1234567890123456"]),
    ("--syncid", "--syncid", ["0", "1", "255", "256", "-1", "x"]),
    ("--sync-maxlen", "--sync-maxlen", ["1", "1400", "65507", "65508", "0"]),
    ("--mcast-group", "--mcast-group", ["224.0.0.99", "ff02::51", "ff05::51", "1.2.3.4", "::1", "x"]),
    ("--mcast-port", "--mcast-port", ["0", "99", "65535", "65536"]),
    ("--mcast-ttl", "--mcast-ttl", ["1", "255", "256", "0"]),
  ]

  static let formats = [
    "--stats", "--rate", "--thresholds", "--persistent-conn", "--tun-info", "--exact", "-X", "--sort",
    "--nosort", "-c",
    "--timeout", "--daemon",
  ]
  static let lists: [Option] = formats.map { ($0, $0, []) }

  static let odd = [
    "", "-", "--", "-n", "-6", "word", "two words", "-z", "--bogus", "--bogus=1", "-t", "-r", "-s", "-w",
    "-p", "-L", "-A", "-C", "-Z",
    "-S", "é", "١", "\u{1}", "\u{7f}\u{301}", "\t", "=", "-=", "--=", "-t=", "--numeric=5", "--exact=", "-nX",
    "-wx", "-Anx", "-p30",
    "80", "10.0.0.1:80", "web.test", "999999999999999999999", "-0", "--add", "-tcp-service", "-mg", "-om",
    "-srr", ";", "%s%n",
  ]
}
