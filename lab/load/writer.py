# SPDX-License-Identifier: Apache-2.0
"""A writer changes its own services by all kinds of commands, and checks the table after each."""
import copy
import time

from .changes import Changes
from .table import fill, new_server, new_settings

# What a drain says when its time is over.
CUT_OFF = [" cut off"]


class Writer(Changes):
    def steps(self):
        gradual = [self.drain_server, self.drain_service, self.slow_start]
        return [*[self.single] * 20, self.restore, self.apply, *gradual, self.refused]

    def work(self, stop):
        while not stop.is_set():
            step = self.chance.choice(self.steps())
            touched = step()
            self.report.count(f"steps: {step.__name__}")
            if len(touched) > 3 or self.chance.random() < 0.1:
                self.check_all(step.__name__)
            for words in touched[:3]:
                self.check(words)
            time.sleep(self.chance.random())
        self.check_all("the end")
        self.report.model(self.rules())

    def single(self):
        words, lines = self.change()
        for line in lines:
            self.report.run(line.split())
        return [words]

    # Many changes

    def restore(self):
        touched, lines = [], []
        for _ in range(self.chance.randint(20, 60)):
            words, rules = self.change()
            touched.append(words)
            lines += rules
        self.report.run(["-R"], "".join(line + "\n" for line in lines))
        return touched

    def apply(self):
        """Applies services as they should be; the others stay."""
        goal = []
        for slot in self.chance.sample(self.slots, max(5, len(self.slots) // 3)):
            present = self.services.get(slot.words)
            service = copy.deepcopy(present) if present else fill(self.chance, copy.deepcopy(slot))
            if present and self.chance.random() < 0.5:
                # Chosen first, so that it is not the one that goes, whose weight --keep-weights would keep.
                new = self.free_server(service)
                for end in list(service.servers)[:1]:
                    del service.servers[end]
                service.servers.update([new])
                service.settings = new_settings(self.chance, slot.kind)
            goal.append(service)
        rules = "".join(rule + "\n" for service in goal for rule in service.rules())
        options = self.chance.choice([[], [], ["--drain", "1"], ["--slow-start", "1"], ["--keep-weights"]])
        self.report.run(["--apply", "--keep-others", *options], rules, may_say=CUT_OFF)
        for service in goal:
            self.services[service.words] = service
        return [service.words for service in goal]

    # Changes that take time

    def drain_server(self):
        service, end = self.served()
        del service.servers[end]
        self.report.run(f"-d {service.words} -r {end} --drain 1".split(), may_say=CUT_OFF)
        return [service.words]

    def drain_service(self):
        words = self.services.pop(self.present().words).words
        self.report.run(f"-D {words} --drain 1".split(), may_say=CUT_OFF)
        return [words]

    def slow_start(self):
        service = self.present()
        end, server = self.free_server(service)
        service.servers[end] = server
        self.report.run(f"-a {service.words} -r {end} {server.rule} --slow-start 2".split())
        return [service.words]

    # Mistakes

    def refused(self):
        """What the kernel refuses changes nothing."""
        service = self.present()
        end, server = self.free_server(service)
        lines = [
            f"-A {service.words} {service.options}",
            f"-d {service.words} -r {end}",
            f"-e {service.words} -r {end} {server.rule}",
        ]
        for end, server in service.servers.items():
            lines.append(f"-a {service.words} -r {end} {server.rule}")
        if slot := self.absent():
            end, server = new_server(self.chance, slot.kind)
            lines += [f"-D {slot.words}", f"-a {slot.words} -r {end} {server.rule}"]
        line = self.chance.choice(lines)
        self.report.run(line.split(), status=255)
        return [service.words]
