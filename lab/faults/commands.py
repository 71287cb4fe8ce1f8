# SPDX-License-Identifier: Apache-2.0
"""The commands that meet faults, and the tables that they meet them on."""
from collections.abc import Callable
from dataclasses import dataclass

VIP, RIP = "10.0.0.100", "10.1.0.1"

# Long timeouts, so that the connection that is listed stays.
BEFORE = f"""--set 2678400 120 300
-A -t {VIP}:80 -s rr
-a -t {VIP}:80 -r {RIP}:8080 -m -w 5
-a -t {VIP}:80 -r 10.1.0.2:8080 -m -w 1
-A -f 7 -s wlc -p 300
-a -f 7 -r {RIP}:0 -g -w 1 -x 9 -y 3
-A -t [2001:db8::1]:443 -s sh
-a -t [2001:db8::1]:443 -r [2001:db8::2]:443 -g -w 1
"""

RULES = f"""-A -u 10.0.0.101:53 -s rr
-a -u 10.0.0.101:53 -r {RIP}:53 -m -w 1
-e -t {VIP}:80 -r {RIP}:8080 -m -w 9
-d -t {VIP}:80 -r 10.1.0.2:8080
-E -t {VIP}:80 -s wrr
-D -f 7
--set 900 0 0
"""

GOAL = f"""--set 900 120 300
--start-daemon backup --mcast-interface sync --syncid 7
-A -t {VIP}:80 -s wrr
-a -t {VIP}:80 -r {RIP}:8080 -m -w 9
-a -t {VIP}:80 -r 10.1.0.3:8080 -m -w 4
-A -u 10.0.0.101:53 -s rr
-a -u 10.0.0.101:53 -r {RIP}:53 -m -w 1
-A -t [2001:db8::1]:443 -s sh
"""

# A table that takes many messages to make and pages to print, and the one that it becomes.
MANY = "".join(f"-A -f {mark} -s wlc\n" for mark in range(1, 1001))
OTHERS = "".join(f"-A -f {mark} -s {'rr' if mark % 3 else 'wlc'}\n" for mark in range(400, 1400))

# What the older interface has a place for.
IPV4 = "".join(line + "\n" for line in BEFORE.splitlines() if "2001" not in line)

CONTAINER = "nsenter --preserve-credentials -U -n -t CONTAINER".split()

PLACES = {
    # What comes before a command line, and before one that sees and changes the same table as root.
    "root": ([], []),
    "user": ("setpriv --reuid=65534 --regid=65534 --clear-groups".split(), []),
    "container": (CONTAINER, CONTAINER),
    "blue": ([], "ip netns exec blue".split()),
}


@dataclass
class Command:
    """A command line, and what is on its standard input."""

    words: str
    rules: str = ""
    place: str = "root"
    before: str = BEFORE
    # Whether each call meets only one of its faults.
    thin: bool = False
    # Whether its threads meet them, too.
    threads: bool = False
    # When the reader of its output leaves, if not at the end.
    leaves: Callable = None
    @property
    def name(self):
        return self.words if self.place == "root" else f"{self.words} ({self.place})"


COMMANDS = [
    Command("-v"),
    Command("-h", thin=True),
    Command("-Ln"),
    Command("-L", thin=True, threads=True),
    Command("-Ln -t 10.0.0.100:80"),
    Command("-Ln --stats"),
    Command("-Ln --rate --exact", thin=True),
    Command("-Ln --thresholds", thin=True),
    Command("-Ln --persistent-conn", thin=True),
    Command("-Ln --tun-info", thin=True),
    Command("-Ln --watch 1", thin=True, leaves=lambda out: b"\n\nIP Virtual Server" in out),
    Command("-Lnc"),
    Command("-Lnc --count-by client -t 10.0.0.100:80"),
    Command("-Lc --json"),
    Command("-L --timeout"),
    Command("-L --daemon", before=BEFORE + "--start-daemon master --mcast-interface sync --syncid 3\n"),
    Command("-L --json"),
    Command("-L --metrics"),
    Command("-Ln --netns blue", place="blue"),
    Command("-Ln", place="user"),
    Command("-L --json", place="user", thin=True),
    Command("-Ln", place="container", before=IPV4),
    Command("-Sn", place="container", before=IPV4, thin=True),
    Command("-Sn --all"),
    Command("-S", thin=True, threads=True),
    Command("--apply --dry-run", GOAL),
    Command("--doctor"),
    Command("--doctor --json --verbose"),
    Command("--doctor --virtual 10.0.0.100"),
    Command("-A -t 10.0.0.102:80 -s rr"),
    Command("-A -t web:80 -s rr", thin=True, threads=True),
    Command("-A -f 9 --netns blue", place="blue"),
    Command("-A -t 10.0.0.102:80", place="container", before=IPV4),
    Command("-E -t 10.0.0.100:80 -s wrr"),
    Command("-E -t 10.0.0.100:80 -s wrr --keep", thin=True),
    Command("-D -t 10.0.0.100:80"),
    Command("-a -t 10.0.0.100:80 -r 10.1.0.9:80 -m"),
    Command("-a -t 10.0.0.100:80 -r 10.1.0.9:80 -m -w 3 --slow-start 1", thin=True),
    Command("-e -t 10.0.0.100:80 -r 10.1.0.1:8080 -m -w 9"),
    Command("-e -t 10.0.0.100:80 -r 10.1.0.1:8080 -w 9 --keep"),
    Command("-d -t 10.0.0.100:80 -r 10.1.0.2:8080"),
    Command("-d -t 10.0.0.100:80 -r 10.1.0.2:8080 --drain 1", thin=True),
    Command("-D -f 7 --drain 1", thin=True),
    Command("--set 900 0 0"),
    Command("--start-daemon master --mcast-interface sync"),
    Command("--stop-daemon master", before=BEFORE + "--start-daemon master --mcast-interface sync\n"),
    Command("-Z"),
    Command("-C"),
    Command("-C", place="container", before=IPV4, thin=True),
    Command("-R", RULES),
    Command("-R", "-D -f 7\n-A -f 8\n-a -f 8 -r 10.1.0.4\n", place="container", before=IPV4, thin=True),
    Command("ipvsadm-save -n"),
    Command("ipvsadm-restore", GOAL),
    Command("--apply", GOAL),
    Command("--apply --keep-others --keep-weights", GOAL, thin=True),
    Command("--apply --drain 1", GOAL, thin=True),
    Command("--apply --slow-start 1", GOAL, thin=True),
    Command("--apply", IPV4.replace("-w 5", "-w 6"), place="container", before=IPV4, thin=True),
]

LONG_COMMANDS = [
    Command("-Ln", before=MANY),
    Command("-S", before=MANY),
    Command("-R", OTHERS, before=""),
    Command("--apply", OTHERS, before=MANY),
]
