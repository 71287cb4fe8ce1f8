# SPDX-License-Identifier: Apache-2.0
"""Connections that last, and what lists them.

The kernel finds the place of each page by counting entries from the start of its table. An entry that comes meanwhile
can be before that place, and then the last one of the page before stands in the file again. So of one listing no more
entries may be there twice than have come during it, and the file that is read as it is shows the same.
"""
import contextlib
import ipaddress
import json
import os
import random
import time
from collections import Counter

from measure.setting import connect

from .table import BUSY, WRITERS

COUNT = int(os.environ.get("CONNECTIONS", "500000"))
PORTS = 4
FIRST_CLIENT, FIRST_PORT = 127 << 24 | 1 << 16, 10000
FILE = "/proc/net/ip_vs_conn"


def number_of(client, port):
    """The number of the connection that connect() made from there."""
    return (client - FIRST_CLIENT) * PORTS + port - FIRST_PORT


def begin():
    connect(0, COUNT, PORTS, BUSY)


def come(made, seed, stop):
    """New connections come, old ones have packets, and so have services that writers change."""
    chance = random.Random(seed)
    while not stop.is_set():
        start = COUNT + made.value
        # Before the packets are sent, so that nobody sees more than are counted.
        made.value += 5
        connect(start, start + 5, PORTS, BUSY)
        for number in chance.sample(range(COUNT), 20):
            connect(number, number + 1, PORTS, BUSY)
        # The services of UDP are every seventh, from the second on.
        service = chance.randrange(1, 100, 7)
        made.value += 1
        number = chance.randrange(COUNT)
        # Where no server has a weight, the kernel refuses.
        with contextlib.suppress(PermissionError):
            connect(number, number + 1, PORTS, f"10.{16 + chance.randint(1, WRITERS)}.0.{service + 1}", 80)
        time.sleep(0.5)


class Connections:
    def __init__(self, made, report):
        self.made, self.report = made, report

    def work(self, stop):
        jobs = [self.list_all, self.read_file, self.count_clients, self.list_some, self.list_all, self.count_servers]
        while not stop.is_set():
            for job in jobs:
                if not stop.is_set():
                    job()

    def check(self, kind, numbers, before):
        """Checks which of the connections a listing has."""
        seen = bytearray(COUNT)
        more = Counter()
        for number in numbers:
            if 0 <= number < COUNT:
                seen[number] += 1
            else:
                more[number] += 1
        repeated = COUNT - seen.count(1) - seen.count(0) + sum(count > 1 for count in more.values())
        self.report.count(f"listings checked: {kind}")
        self.report.count("connections compared", COUNT)
        self.report.count(f"entries twice: {kind}", repeated)
        self.report.judge(f"{kind}: lost", seen.count(0) and f"{seen.count(0)}, the first is {seen.index(0)}")
        came = self.made.value - before
        self.report.judge(f"{kind}: twice", repeated > came and f"{repeated}, but only {came} came")

    def list_all(self, kind="-Lnc"):
        def numbers():
            for line in self.report.measured(["-Lnc"]):
                words = line.split()
                if len(words) > 4 and words[4] == f"{BUSY}:53":
                    host, port = words[3].split(":")
                    _, a, b, c = host.split(".")
                    yield number_of(127 << 24 | int(a) << 16 | int(b) << 8 | int(c), int(port))

        self.check(kind, numbers(), self.made.value)

    def read_file(self):
        """Reads the kernel's file as it is, to tell what is the kernel's own."""
        busy = f"{int(ipaddress.ip_address(BUSY)):08X}"

        def numbers():
            with open(FILE, buffering=1 << 16) as file:
                for line in file:
                    words = line.split()
                    if words[3] == busy:
                        yield number_of(int(words[1], 16), int(words[2], 16))

        self.check(FILE, numbers(), self.made.value)

    def list_some(self):
        """As JSON, those of a thousand clients."""
        words = ["-Lnc", "--json", "--client", "127.1.0.0/22"]
        found = json.loads("".join(self.report.measured(words)))["connections"]
        ends = {
            (one["client"]["address"], one["client"]["port"]) for one in found if one["virtual"] == {"address": BUSY, "port": 53}
        }
        numbers = {number_of(int(ipaddress.ip_address(host)), port) for host, port in ends}
        kind = " ".join(words)
        self.report.count(f"listings checked: {kind}")
        missing = set(range(min(COUNT, 1024 * PORTS))) - numbers
        self.report.judge(f"{kind}: lost", missing and len(missing))

    def count(self, subject):
        """Reads the counts by a subject; their sum is that of the connections, which may have come or be there twice."""
        words = ["-Lnc", "-u", f"{BUSY}:53", "--count-by", subject]
        before = self.made.value
        counts = {name: int(number) for number, name in (line.split("  ", 1) for line in self.report.measured(words))}
        kind = " ".join(words)
        self.report.count(f"listings checked: {kind}")
        total, most = sum(counts.values()), COUNT + 2 * self.made.value - before
        self.report.judge(f"{kind}: their sum", not COUNT <= total <= most and f"{total}, not {COUNT} to {most}")
        return kind, counts

    def count_clients(self):
        kind, counts = self.count("client")
        clients = (str(ipaddress.ip_address(FIRST_CLIENT + number)) + "\n" for number in range(COUNT // PORTS))
        short = [client for client in clients if counts.get(client, 0) < PORTS]
        self.report.judge(f"{kind}: lost", short[:5])

    def count_servers(self):
        kind, counts = self.count("server")
        self.report.judge(f"{kind}: servers", len(counts) != 16 and counts)
