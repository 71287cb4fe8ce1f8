# SPDX-License-Identifier: Apache-2.0
"""Listers check each listing: it has every service and server that nobody changes, none twice, and no counter falls."""
import json
import re
import signal
import subprocess
import tempfile

from measure.programs import OURS

from .owner import lab
from .table import FORWARD, twice


class Table:
    """What listings must have of the services that nobody changes."""

    def __init__(self, still, report):
        self.report = report
        self.services = {service.name: service for service in still}
        self.counters = {}
        self.samples = {}

    def check(self, kind, rows, counters, columns):
        """Checks the rows of a listing: the name of a service, the end of a server or None, and words. The first
        words say what is as it was, if there are columns of that; the others are counters, which never fall."""
        self.report.count(f"listings checked: {kind}")
        self.report.count("entries compared", len(rows))
        keys = [row[:2] for row in rows]
        self.report.judge(f"{kind}: twice", twice(keys))
        found = {(name, end): words for name, end, words in rows if name in self.services}
        wrong = []
        expected = 0
        for name, service in self.services.items():
            for end, words in self.rows(service, columns):
                expected += 1
                if found.get((name, end), [])[: len(words)] != words or (name, end) not in found:
                    wrong.append((name, end, found.get((name, end))))
        self.report.judge(f"{kind}: lost or another", wrong[:5])
        self.report.judge(f"{kind}: rows of still services", expected != len(found) and f"{len(found)} instead of {expected}")
        if counters:
            now = {key: [int(word) for word in words[columns and (2 if key[1] else 1) :]] for key, words in found.items()}
            before = self.counters.setdefault(counters, {})
            fallen = [(key, before[key], now[key]) for key in now if any(new < old for new, old in zip(now[key], before.get(key, [])))]
            self.report.judge(f"{kind}: a counter falls", fallen[:5])
            before.update(now)

    def rows(self, service, columns):
        yield None, [service.settings["-s"]] if columns else []
        for end, server in service.servers.items():
            yield end, [FORWARD[server.forward], str(server.weight)] if columns else []

    # The kinds of listings

    def text(self, kind, lines, counters, columns):
        rows, name = [], None
        for line in lines[3:]:
            words = line.split()
            if words[0] == "->":
                rows.append((name, words[1], words[2:]))
            else:
                size = 3 if words[0] == "FWM" and words[2] == "IPv6" else 2
                name = tuple(words[:size])
                rows.append((name, None, words[size : size + 1] if columns else words[size:]))
        self.check(kind, rows, counters, columns)

    def document(self, kind, text):
        rows = []
        for service in json.loads(text)["services"]:
            name = tuple(lab.service_name(service))
            rows.append((name, None, [service["scheduler"], *lab.counters(service, "stats")]))
            for server in service["destinations"]:
                fixed = [lab.forward(server), str(server["weight"])]
                rows.append((name, lab.endpoint(server), fixed + lab.counters(server, "stats")))
        self.check(kind, rows, "stats", True)

    def metrics(self, kind, lines):
        """Every sample is there once; those of the totals and of still services stay, and do not fall."""
        pairs = [line.rsplit(" ", 1) for line in lines if not line.startswith("#")]
        self.report.count(f"listings checked: {kind}")
        self.report.count("entries compared", len(pairs))
        self.report.judge(f"{kind}: twice", twice(key for key, _ in pairs))
        now = {key: int(value) for key, value in pairs}
        if not self.samples:
            self.samples = {key: 0 for key in now if self.is_still(key)}
            names = sum(key.startswith("ipvs_service_connections_total") for key in self.samples)
            self.report.judge(f"{kind}: services", names != len(self.services) and f"{names} of {len(self.services)}")
        wrong = [(key, before, now.get(key)) for key, before in self.samples.items() if now.get(key, -1) < before]
        self.report.judge(f"{kind}: lost, or a counter falls", wrong[:5])
        self.samples = {key: now.get(key, 0) if "_total" in key else 0 for key in self.samples}

    def is_still(self, key):
        labels = dict(re.findall(r'(\w+)="([^"]*)"', key))
        if not key.startswith(("ipvs_service", "ipvs_backend")):
            return "_total" in key
        if labels["proto"] == "FWM":
            number = str(int(labels["local_mark"], 16))
            return (("FWM", number, "IPv6") if labels["local_address"] else ("FWM", number)) in self.services
        return (labels["proto"], lab.endpoint({"address": labels["local_address"], "port": labels["local_port"]})) in self.services


TEXTS = [
    (["-Ln"], "active", True),
    (["-Ln", "--stats", "--exact"], "stats", False),
    (["-Ln", "--rate"], None, False),
]


def list_text(table, stop):
    while not stop.is_set():
        for words, counters, columns in TEXTS:
            lines = list(table.report.measured(words))
            table.text(" ".join(words), lines, counters, columns)


def list_json(table, stop):
    while not stop.is_set():
        table.document("-L --json", "".join(table.report.measured(["-L", "--json"])))


def list_metrics(table, stop):
    while not stop.is_set():
        table.metrics("-L --metrics", list(table.report.measured(["-L", "--metrics"])))


def watch(table, stop, words):
    """One program lists again and again, until its reader goes."""
    kind = f"{' '.join(words)} --watch 1"
    with tempfile.TemporaryFile("w+") as errors:
        process = subprocess.Popen([OURS, *words, "--watch", "1"], stdout=subprocess.PIPE, stderr=errors, text=True)
        table.report.queue.put(("process", table.report.role, kind, process.pid))
        lines = []
        for line in process.stdout:
            if "--json" in words:
                table.document(kind, line)
            elif line != "\n":
                lines.append(line)
                continue
            else:
                table.text(kind, lines, "active", True)
                lines = []
            if stop.is_set():
                break
        process.stdout.close()
        status = process.wait(600)
        errors.seek(0)
        said = errors.read()
    if status != -signal.SIGPIPE or said:
        table.report.wrong(f"{kind}: status {status}", said)


def watch_text(table, stop):
    watch(table, stop, ["-Ln"])


def watch_json(table, stop):
    watch(table, stop, ["-L", "--json"])
