# SPDX-License-Identifier: Apache-2.0
"""Who owns services knows at every moment what the table must hold of them."""
import importlib.machinery
import importlib.util
import json
import os
import random

from measure.programs import OURS, ROOT

from .table import differences, new_service, owned_services, place, twice, SLOTS

os.environ["IPVSADM"] = OURS
LOADER = importlib.machinery.SourceFileLoader("lab_json", f"{ROOT}/lab/json")
lab = importlib.util.module_from_spec(importlib.util.spec_from_loader(LOADER.name, LOADER))
LOADER.exec_module(lab)


class Owner:
    def __init__(self, number, seed, report):
        self.number, self.report = number, report
        self.chance = random.Random(seed)
        self.services = owned_services(self.chance, number)
        self.slots = [new_service(number, slot) for slot in range(SLOTS)]
        self.names = {slot.words for slot in self.slots}

    def rules(self):
        return [rule for service in self.services.values() for rule in service.rules()]

    def check(self, words):
        """Checks one service by itself."""
        service = self.services.get(words)
        listed = self.report.run(["-L", *words.split(), "--json"], status=0 if service else 1)
        if not service:
            return self.report.judge(f"{words} is gone", listed)
        found = [" ".join(rule) for rule in lab.rules(json.loads(listed))]
        self.report.judge(f"{words} by itself", differences(found, service.rules()))

    def check_all(self, after):
        """Checks all services of the owner, and that the table has no rule twice."""
        saved = self.report.run(["-Sn"]).splitlines()
        places = [place(line) for line in saved]
        mine = [line for line, (_, words, _) in zip(saved, places) if words in self.names]
        self.report.judge(f"the services of {self.report.role}, after {after}", differences(mine, self.rules()))
        keys = [(command, words, command == "-a" and rest.split()[0]) for command, words, rest in places]
        self.report.judge(f"-Sn, after {after}", twice(keys))
        self.report.count("entries compared", len(saved))
