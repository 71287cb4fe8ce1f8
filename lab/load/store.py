# SPDX-License-Identifier: Apache-2.0
"""Puts versions of the follower's services into the store, and waits until the follower has applied each."""
import json
import os
import subprocess
import time

from .owner import Owner
from .report import LIMIT
from .table import changed_server, fill

KEY = os.environ.get("KEY", "fleet/web")
LOG = "/run/store/director.log"


class Store(Owner):
    def work(self, stop):
        version = 0
        while not stop.is_set():
            version += 1
            if version % 5 == 0:
                self.put_mistake()
            else:
                self.put_version()
            # The first version is the one that there is.
            self.check_all("a version")
            time.sleep(3 * self.chance.random())
        self.check_all("the end")
        self.report.model(self.rules())

    def put(self, rules):
        told = subprocess.run(["etcdctl", "put", "-w", "json", "--", KEY], input=rules, stdout=subprocess.PIPE, text=True)
        if told.returncode != 0:
            self.report.wrong("etcdctl put", told.returncode)
            return "none"
        return json.loads(told.stdout)["header"]["revision"]

    def put_version(self):
        for service in self.chance.sample(list(self.services.values()), len(self.services) // 4):
            fill(self.chance, service)
        for service in self.services.values():
            for end, server in service.servers.items():
                if self.chance.random() < 0.1:
                    service.servers[end] = changed_server(self.chance, server)
        revision = self.put("".join(rule + "\n" for rule in self.rules()))
        self.wait(f"revision {revision} is applied")
        self.report.count("versions applied")

    def put_mistake(self):
        revision = self.put("-A -f 1 -s rr\n-A -q\n")
        self.wait(f"revision {revision} is not applied: line 2: ")
        self.report.count("versions with a mistake")

    def wait(self, text):
        end = time.monotonic() + LIMIT
        while True:
            with open(LOG) as log:
                lines = log.read().splitlines()
            if any(line.startswith(text) for line in lines):
                return
            if time.monotonic() > end:
                return self.report.wrong(f"the follower does not say: {text}", lines[-5:])
            time.sleep(0.5)
