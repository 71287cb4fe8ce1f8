# SPDX-License-Identifier: Apache-2.0
"""Where the faults happen: addresses, names, a connection, namespaces; and how a program is run there."""
import contextlib
import os
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass

from .commands import PLACES, RIP, VIP

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "../.."))
OURS = os.environ.get("IPVSADM", f"{ROOT}/.build/embedded/release/ipvsadm")
# A run that takes longer hangs: a command waits five seconds for the kernel, and five for names.
LIMIT = 20


def shell(script):
    subprocess.run(["bash", "-ec", script], check=True, stdout=subprocess.DEVNULL)


@dataclass
class Outcome:
    """How a run ended: with a status, or by a signal, which is a negative one; None hangs."""

    status: int | None
    out: bytes
    err: bytes
    table: str = ""

    def __str__(self):
        return f"status {self.status}, output {self.out[-200:]!r}, errors {self.err[:300]!r}"


def still(text):
    """The text with the times that run in it stopped."""
    return re.sub(rb'^(TCP +)\d+:\d\d |("expires":)\d+', rb"\1\2TIME ", text, flags=re.MULTILINE)


class Setting:
    def __init__(self):
        self.directory = tempfile.mkdtemp(dir="/run", prefix="faults.")
        os.chmod(self.directory, 0o755)
        for name in ["ipvsadm", "ipvsadm-save", "ipvsadm-restore"]:
            shutil.copy(OURS, f"{self.directory}/{name}")
        shell(
            f"""
            modprobe ip_vs
            ip link add sync type dummy
            ip link set sync up
            ip address add {VIP}/32 dev lo
            ip address add {RIP}/32 dev lo
            ip netns add blue
            ip -n blue link set lo up
            printf '%s\\n' '{VIP} virtual' '10.0.0.102 web' '{RIP} one' >{self.directory}/hosts
            mount --bind {self.directory}/hosts /etc/hosts
            """
        )
        links = "ip link set lo up; ip link add sync type dummy; ip link set sync up"
        container = ["unshare", "-Urn", "sh", "-ec", f"{links}; echo; exec sleep inf"]
        self.container = subprocess.Popen(container, stdout=subprocess.PIPE)
        self.container.stdout.readline()
        # One connection by the service stays open, and its entry lives as long.
        self.server = socket.create_server((RIP, 8080))
        rules = f"--set 2678400 120 300\n-A -t {VIP}:80 -s rr\n-a -t {VIP}:80 -r {RIP}:8080 -m\n"
        self.run([f"{self.directory}/ipvsadm", "-R"], rules)
        self.client = socket.create_connection((VIP, 80))

    def close(self):
        self.container.kill()
        shell(f"umount /etc/hosts; rm -rf {self.directory}")

    @contextlib.contextmanager
    def disk(self, room):
        """A file on a disk that has room for so many bytes more."""
        place = f"{self.directory}/disk"
        shell(f"mkdir -p {place}; mount -t tmpfs -o size=8k disk {place}")
        shell(f"head -c {8192 - room} /dev/zero >{place}/file")
        try:
            with open(f"{place}/file", "a+b") as file:
                yield file
        finally:
            shell(f"umount {place}")

    # Programs

    def line(self, command):
        """What comes before a command line, and its words."""
        words = command.words.split()
        program = words.pop(0) if words[0].startswith("ipvsadm") else "ipvsadm"
        return self.prefix(command, 0), [f"{self.directory}/{program}", *words]

    def prefix(self, command, kind):
        return [str(self.container.pid) if word == "CONTAINER" else word for word in PLACES[command.place][kind]]

    def run(self, words, rules="", leaves=None, meanwhile=None, **more):
        """Runs a program. The reader of its output leaves at its end, or when it has what `leaves` says."""
        with tempfile.TemporaryFile(dir="/run") as file, tempfile.TemporaryFile(dir="/run") as errors:
            file.write(rules.encode())
            file.seek(0)
            more = {"stdout": subprocess.PIPE, "stderr": errors, **more}
            process = subprocess.Popen(words, stdin=file, process_group=0, **more)
            if meanwhile:
                meanwhile(process)
            out, status = b"", None
            end = time.monotonic() + LIMIT
            if process.stdout:
                while not (leaves and leaves(out)):
                    if not select.select([process.stdout], [], [], max(0, end - time.monotonic()))[0]:
                        break
                    part = os.read(process.stdout.fileno(), 1 << 20)
                    if not part:
                        break
                    out += part
                process.stdout.close()
            try:
                status = process.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            errors.seek(0)
            return Outcome(status, still(out), errors.read().replace(self.directory.encode() + b"/", b""))

    # Tables

    def as_root(self, command, words, rules=""):
        return self.run([*self.prefix(command, 1), f"{self.directory}/ipvsadm", *words], rules)

    def table(self, command):
        """The whole table that a command is about."""
        told = self.as_root(command, ["-Sn", "--all"])
        if told.status != 0:
            sys.exit(f"lab/fault-test: the table cannot be read: {told}")
        return told.out.decode()

    def reset(self, command):
        """Makes the table what it is before a command, and returns it."""
        self.as_root(command, ["-R"], "-C\n--stop-daemon master\n--stop-daemon backup\n" + command.before)
        return self.table(command)

    def without(self, command, numbers):
        """The table after the rules of a command, but for those of these lines."""
        self.reset(command)
        for number, rule in enumerate(command.rules.splitlines(), 1):
            if number not in numbers:
                self.as_root(command, ["-R"], rule)
        return self.table(command)

    def states(self, command):
        """The tables after none, one, two ... of the rules of a command."""
        states = [self.reset(command)]
        for rule in command.rules.splitlines():
            self.as_root(command, ["-R"], rule)
            states.append(self.table(command))
        return states
