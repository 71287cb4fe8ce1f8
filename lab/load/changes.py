# SPDX-License-Identifier: Apache-2.0
"""Changes by chance of the services of an owner: each changes the model, and returns the service and the rules."""
import copy

from .owner import Owner
from .table import changed_server, fill, new_server, new_settings


class Changes(Owner):
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

    # Rules

    def change(self):
        services = [self.add_service, self.edit_service, self.delete_service]
        return self.chance.choice([*services, self.add_server, self.edit_server, self.delete_server])()

    def add_service(self):
        service = self.absent()
        if not service:
            return self.delete_service()
        self.services[service.words] = fill(self.chance, service)
        return service.words, list(service.rules())

    def edit_service(self):
        service = self.present()
        if self.chance.random() < 0.5 and "-b" not in service.settings:
            service.settings["-s"] = self.chance.choice(["rr", "wrr", "wlc"])
            return service.words, [f"-E {service.words} -s {service.settings['-s']} --keep"]
        service.settings = new_settings(self.chance, service.kind)
        return service.words, [f"-E {service.words} {service.options}"]

    def delete_service(self):
        if len(self.services) < len(self.slots) // 2:
            return self.add_service()
        words = self.services.pop(self.present().words).words
        return words, [f"-D {words}"]

    def add_server(self):
        service = self.present()
        end, server = self.free_server(service)
        service.servers[end] = server
        return service.words, [f"-a {service.words} -r {end} {server.rule}"]

    def edit_server(self):
        service, end = self.served()
        server = service.servers[end]
        if self.chance.random() < 0.5:
            server.weight = self.chance.randint(0, 100)
            return service.words, [f"-e {service.words} -r {end} -w {server.weight} --keep"]
        service.servers[end] = changed_server(self.chance, server)
        return service.words, [f"-e {service.words} -r {end} {service.servers[end].rule}"]

    def delete_server(self):
        service, end = self.served()
        del service.servers[end]
        return service.words, [f"-d {service.words} -r {end}"]
