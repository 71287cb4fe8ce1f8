# SPDX-License-Identifier: Apache-2.0
"""The services of the soak: each has an owner, who alone changes it, or is still, which means that nobody does."""
import dataclasses
import os
from collections import Counter

SERVICES = int(os.environ.get("SERVICES", "10000"))
WRITERS = 8
STILL = 0
FOLLOWER = WRITERS + 1
# The services of each owner; the others are still.
SLOTS = max(10, SERVICES // 100)
# The service of the connections. It is still.
BUSY, BUSY_SERVICE = "10.16.255.1", "-u 10.16.255.1:53"

KINDS = ["tcp", "udp", "tcp6", "udp6", "mark", "mark6", "sctp"]
OPTIONS = {"tcp": "-t", "udp": "-u", "sctp": "--sctp-service"}
SCHEDULERS = ["rr", "wrr", "lc", "wlc", "sed", "nq", "fo", "sh"]
TUNNELS = ["--tun-type ipip", "--tun-type gue --tun-port 6080 --tun-nocsum", "--tun-type gre --tun-csum"]
FORWARD = {"-m": "Masq", "-g": "Route", "-i": "Tunnel"}


@dataclasses.dataclass
class Server:
    forward: str = "-m"
    weight: int = 1
    tunnel: str = ""
    thresholds: str = ""

    @property
    def rule(self):
        return " ".join(filter(None, [self.forward, f"-w {self.weight}", self.tunnel, self.thresholds]))


@dataclasses.dataclass
class Service:
    """A service by the words that name it; its settings are options with their values."""

    words: str
    kind: str
    settings: dict = dataclasses.field(default_factory=lambda: {"-s": "rr"})
    servers: dict = dataclasses.field(default_factory=dict)

    @property
    def options(self):
        return " ".join(f"{option} {self.settings[option]}".strip() for option in ["-s", "-p", "-o", "-b"] if option in self.settings)

    def rules(self):
        yield f"-A {self.words} {self.options}"
        for end, server in self.servers.items():
            yield f"-a {self.words} -r {end} {server.rule}"

    @property
    def name(self):
        """The words by which listings name it."""
        option, end, *rest = self.words.split()
        if option == "-f":
            return ("FWM", end, "IPv6") if rest else ("FWM", end)
        return ({"-t": "TCP", "-u": "UDP"}.get(option, "SCTP"), end)


def new_service(owner, number):
    """The service of an owner with this number, without servers. Two in seven are a mark of both families."""
    kind = KINDS[number % len(KINDS)]
    if kind == "mark":
        return Service(f"-f {owner << 20 | number + 1}", kind)
    if kind == "mark6":
        return Service(f"-f {owner << 20 | number} -6", kind)
    host = f"[fd{owner:02x}::{number + 1:x}]" if kind.endswith("6") else f"10.{16 + owner}.{number // 250}.{number % 250 + 1}"
    return Service(f"{OPTIONS[kind.rstrip('6')]} {host}:80", kind)


def new_settings(chance, kind):
    """Settings by chance. UDP, which has traffic, is not persistent: its entries would end within the hour."""
    settings = {"-s": chance.choice(SCHEDULERS)}
    if not kind.startswith("udp") and chance.random() < 0.2:
        settings["-p"] = str(chance.randint(60, 600))
    if kind == "udp" and chance.random() < 0.1:
        settings["-o"] = ""
    if settings["-s"] == "sh" and chance.random() < 0.5:
        settings["-b"] = "sh-port"
    return settings


def new_server(chance, kind):
    """The endpoint of a server, and the server."""
    forward = chance.choice(["-m", "-m", "-g", "-i"])
    number = chance.randint(2, 250)
    host = f"[fd08::{number:x}]" if kind.endswith("6") else f"10.8.0.{number}"
    port = 0 if kind.startswith("mark") else chance.choice([80, 8080]) if forward == "-m" else 80
    return f"{host}:{port}", changed_server(chance, Server(forward))


def changed_server(chance, server):
    upper = chance.choice([0, 0, 100000])
    return Server(
        server.forward,
        chance.randint(0, 100),
        chance.choice(TUNNELS) if server.forward == "-i" else "",
        f"-x {upper} -y {chance.randint(1, upper)}" if upper else "",
    )


def fill(chance, service, most=4):
    """Gives a service settings and servers."""
    service.settings = new_settings(chance, service.kind)
    service.servers = dict(new_server(chance, service.kind) for _ in range(chance.randint(0, most)))
    return service


def still_services(chance):
    """Those that nobody changes; one of them has all connections, and 16 servers."""
    count = SERVICES - (WRITERS + 1) * SLOTS
    services = [fill(chance, new_service(STILL, number)) for number in range(count - 1)]
    busy = Service(BUSY_SERVICE, "udp", servers={f"10.8.0.{number}:53": Server() for number in range(2, 18)})
    return [*services, busy]


def owned_services(chance, owner):
    return {service.words: fill(chance, service) for service in (new_service(owner, number) for number in range(SLOTS))}


# What tables hold


def place(line):
    """The command of a rule, the words of the service, and the rest."""
    command, rest = line.split(" ", 1)
    words, rest = rest.split(" -s " if command == "-A" else " -r ", 1)
    return command, words, rest


def differences(found, expected):
    """What is there that should not be, and what is missing, or None."""
    found, expected = Counter(found), Counter(expected)
    if found == expected:
        return None
    return f"found only: {sorted((found - expected).elements())[:5]}; missing: {sorted((expected - found).elements())[:5]}"


def twice(keys):
    return [key for key, count in Counter(keys).items() if count > 1]
