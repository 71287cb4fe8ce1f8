# SPDX-License-Identifier: Apache-2.0
"""Starts all that works on the table, and gathers what it tells."""
import multiprocessing
import os
import queue
import random
import time
from collections import Counter, defaultdict

from . import connections, memory
from .connections import Connections
from .lister import Table, list_json, list_metrics, list_text, watch_json, watch_text
from .report import Report
from .store import Store
from .table import FOLLOWER, SERVICES, WRITERS, differences, still_services
from .writer import Writer

MINUTES = int(os.environ.get("MINUTES", "60"))
SEED = int(os.environ.get("SEED", random.randrange(1 << 32)))
# The process that follows the store.
FOLLOW = int(os.environ["FOLLOW"])
# How many faults of a role are printed.
PRINTED = 10


class Soak:
    def __init__(self):
        self.queue = multiprocessing.Queue()
        self.stop = multiprocessing.Event()
        self.made = multiprocessing.Value("q", 0)
        self.counts, self.wrong = Counter(), Counter()
        self.peaks, self.samples = defaultdict(memory.Series), defaultdict(memory.Series)
        self.programs, self.models = {}, {}
        self.start = time.monotonic()

    @property
    def share(self):
        return (time.monotonic() - self.start) / (MINUTES * 60)

    # Roles

    def role(self, name, work, nice):
        """Starts a process. The one processor has to serve all: those that rest less come later."""

        def run():
            os.nice(nice)
            try:
                work()
            except Exception as error:
                Report(name, self.queue).wrong("it has ended", repr(error))
                raise
            # Else the feeder of the queue may be cut off.
            self.queue.close()
            self.queue.join_thread()

        process = multiprocessing.Process(target=run, name=name)
        process.start()
        return process

    def begin(self):
        chance = random.Random(SEED)
        self.still = still_services(chance)
        owners = []
        for number in range(1, WRITERS + 2):
            name = "follower" if number == FOLLOWER else f"writer {number}"
            kind = Store if number == FOLLOWER else Writer
            owners.append(kind(number, SEED + number, Report(name, self.queue)))
        rules = [rule for service in self.still for rule in service.rules()]
        rules += [rule for owner in owners for rule in owner.rules()]
        report = Report("begin", self.queue)
        report.run(["-R"], "--set 0 0 86400\n" + "".join(rule + "\n" for rule in rules))
        report.judge("-Sn", differences(report.run(["-Sn"]).splitlines(), rules))
        start = time.monotonic()
        connections.begin()
        print(f"{connections.COUNT} connections in {time.monotonic() - start:.0f} s, {SERVICES} services", flush=True)
        print(f"at the beginning: {memory.machine()}", flush=True)
        roles = [self.role(owner.report.role, lambda owner=owner: owner.work(self.stop), 5) for owner in owners]
        for work in [list_text, list_json, list_metrics, watch_text, watch_json]:
            table = Table(self.still, Report(work.__name__, self.queue))
            roles.append(self.role(work.__name__, lambda work=work, table=table: work(table, self.stop), 10))
        lister = Connections(self.made, Report("connections", self.queue))
        # One of its listings takes minutes.
        roles.append(self.role("connections", lambda: lister.work(self.stop), 0))
        traffic = self.role("traffic", lambda: connections.come(self.made, SEED, self.stop), 0)
        return [*roles, traffic]

    # What they tell

    def take(self, seconds):
        """Takes what the roles tell, for so many seconds at most."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            try:
                told, role, kind, value = self.queue.get(timeout=left)
            except queue.Empty:
                return
            if told == "count":
                self.counts[kind] += value
            elif told == "peak":
                self.peaks[kind].add(self.share, value)
            elif told == "process":
                self.programs[kind] = value
            elif told == "model":
                self.models[role] = value
            else:
                self.wrong[role] += 1
                if self.wrong[role] <= PRINTED:
                    print(f"WRONG after {self.share * MINUTES:.1f} minutes: {role}: {kind}: {value}", flush=True)

    def sample(self):
        for kind, process in self.programs.items():
            if found := memory.status(process):
                self.samples[kind].add(self.share, found[0])
                self.samples[f"{kind}, descriptors"].add(self.share, found[2])
        # Those that the follower starts, by their names.
        sums = defaultdict(lambda: [0, 0])
        for process in memory.children(FOLLOW):
            name, found = memory.name(process), memory.status(process)
            if found and (process == FOLLOW or name == "etcdctl"):
                sums[f"the follower's {name}"][0] += found[0]
                sums[f"the follower's {name}"][1] += found[2]
        for kind, (resident, descriptors) in sums.items():
            self.samples[kind].add(self.share, resident)
            self.samples[f"{kind}, descriptors"].add(self.share, descriptors)

    def run(self):
        roles = self.begin()
        self.start = time.monotonic()
        shown = 0
        while self.share < 1:
            self.take(10)
            self.sample()
            if self.share * 12 >= shown + 1:
                shown = int(self.share * 12)
                commands = sum(count for kind, count in self.counts.items() if kind.startswith("commands: "))
                told = f"{commands} commands, {self.counts['listings']} listings, {memory.machine()}"
                print(f"{self.share * MINUTES:.0f} minutes: {told}", flush=True)
        self.stop.set()
        while any(role.is_alive() for role in roles):
            self.take(1)
        for role in roles:
            role.join()
            if role.exitcode != 0:
                self.wrong[role.name] += 1
                print(f"WRONG: {role.name} has ended with {role.exitcode}", flush=True)
        self.take(1)
