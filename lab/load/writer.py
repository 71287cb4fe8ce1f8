# SPDX-License-Identifier: Apache-2.0
"""A writer changes its own services by all kinds of commands, and checks the table after each."""
import copy
import time

from .owner import Owner
from .table import changed_server, fill, new_server, new_settings

# What a drain says when its time is over.
CUT_OFF = [" cut off"]


class Writer(Owner):
    def steps(self):
        return [
            self.add_service, self.edit_service, self.delete_service, self.add_server, self.edit_server, self.delete_server,
            self.add_server, self.edit_server, self.delete_server, self.add_server, self.restore, self.apply, self.drain_server,
            self.drain_service, self.slow_start, self.refused,
        ]  # fmt: skip

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

    # Choices

    def present(self):
        return self.services[self.chance.choice(list(self.services))]

    def absent(self):
        """A slot that has no service, or None."""
        free = [slot for slot in self.slots if slot.words not in self.services]
        return copy.deepcopy(self.chance.choice(free)) if free else None

    def served(self):
        """A service with servers, and one of them."""
        service = self.chance.choice([service for service in self.services.values() if service.servers])
        return service, self.chance.choice(list(service.servers))

    def free_server(self, service):
        """A server that a service does not have."""
        while True:
            end, server = new_server(self.chance, service.kind)
            if end not in service.servers:
                return end, server

    # Single commands; each changes the model, and is a rule for -R.

    def add_service_rules(self):
        service = self.absent()
        if not service:
            return self.delete_service_rules()
        self.services[service.words] = fill(self.chance, service)
        return service.words, list(service.rules())

    def edit_service_rules(self):
        service = self.present()
        if self.chance.random() < 0.5 and "-b" not in service.settings:
            service.settings["-s"] = self.chance.choice(["rr", "wrr", "wlc"])
            return service.words, [f"-E {service.words} -s {service.settings['-s']} --keep"]
        service.settings = new_settings(self.chance, service.kind)
        return service.words, [f"-E {service.words} {service.options}"]

    def delete_service_rules(self):
        if len(self.services) < len(self.slots) // 2:
            return self.add_service_rules()
        words = self.services.pop(self.present().words).words
        return words, [f"-D {words}"]

    def add_server_rules(self):
        service = self.present()
        end, server = self.free_server(service)
        service.servers[end] = server
        return service.words, [f"-a {service.words} -r {end} {server.rule}"]

    def edit_server_rules(self):
        service, end = self.served()
        server = service.servers[end]
        if self.chance.random() < 0.5:
            server.weight = self.chance.randint(0, 100)
            return service.words, [f"-e {service.words} -r {end} -w {server.weight} --keep"]
        service.servers[end] = changed_server(self.chance, server)
        return service.words, [f"-e {service.words} -r {end} {service.servers[end].rule}"]

    def delete_server_rules(self):
        service, end = self.served()
        del service.servers[end]
        return service.words, [f"-d {service.words} -r {end}"]

    def single(self, rules):
        words, lines = rules()
        for line in lines:
            self.report.run(line.split())
        return [words]

    def add_service(self):
        return self.single(self.add_service_rules)

    def edit_service(self):
        return self.single(self.edit_service_rules)

    def delete_service(self):
        return self.single(self.delete_service_rules)

    def add_server(self):
        return self.single(self.add_server_rules)

    def edit_server(self):
        return self.single(self.edit_server_rules)

    def delete_server(self):
        return self.single(self.delete_server_rules)

    # Many changes

    def restore(self):
        kinds = [
            self.add_service_rules, self.edit_service_rules, self.delete_service_rules, self.add_server_rules,
            self.edit_server_rules, self.delete_server_rules,
        ]  # fmt: skip
        touched, lines = [], []
        for _ in range(self.chance.randint(20, 60)):
            words, rules = self.chance.choice(kinds)()
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
                for end in list(service.servers)[:1]:
                    del service.servers[end]
                end, server = self.free_server(service)
                service.servers[end] = server
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
        if service.servers:
            lines.append(f"-a {service.words} -r {next(iter(service.servers))} {server.rule}")
        if slot := self.absent():
            end, server = new_server(self.chance, slot.kind)
            lines += [f"-D {slot.words}", f"-a {slot.words} -r {end} {server.rule}"]
        line = self.chance.choice(lines)
        self.report.run(line.split(), status=255)
        return [service.words]
