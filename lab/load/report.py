# SPDX-License-Identifier: Apache-2.0
"""Runs the program for a role of the soak, and tells the coordinator what comes of it."""
import subprocess
import tempfile

from measure.programs import OURS

# What takes longer hangs. Programs that apply rules wait for each other.
LIMIT = 3600


class Report:
    """What a role tells: counts of what it did, peaks of memory, and what is wrong."""

    def __init__(self, role, queue):
        self.role, self.queue = role, queue

    def count(self, kind, number=1):
        self.queue.put(("count", self.role, kind, number))

    def peak(self, kind, size):
        self.queue.put(("peak", self.role, kind, size))

    def model(self, rules):
        self.queue.put(("model", self.role, "", rules))

    def wrong(self, what, detail):
        self.queue.put(("wrong", self.role, what, str(detail)[:2000]))

    def judge(self, what, detail):
        """A check: the detail is empty, or says what is wrong."""
        self.count("checks")
        if detail:
            self.wrong(what, detail)

    def run(self, words, rules="", status=0, may_say=()):
        """Runs a command line, which must end so, and returns its output. With status 0 it says nothing on standard
        error, except lines with one of these parts; otherwise one line."""
        told = subprocess.run(
            [OURS, *words], input=rules, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=LIMIT
        )
        lines = [line for line in told.stderr.splitlines() if not any(part in line for part in may_say)]
        self.count(f"commands: {words[0]}")
        if told.returncode != status or len(lines) != (1 if status else 0):
            what = f"{' '.join(words)}: status {told.returncode} instead of {status}"
            self.wrong(what, f"{told.stderr[:500]!r}, output {told.stdout[-300:]!r}, rules {rules[:500]!r}")
        return told.stdout

    def measured(self, words):
        """The output of a listing. Its peak of memory, in KiB, is told; busybox starts it, as measure.memory says."""
        with tempfile.TemporaryFile("w+") as errors:
            command = ["busybox", "time", "-f", "%M", OURS, *words]
            process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True)
            with process.stdout:
                yield from process.stdout
            status = process.wait(LIMIT)
            errors.seek(0)
            *said, peak = errors.read().splitlines()
        self.count("listings")
        self.peak(" ".join(words), int(peak) // 4)
        if status != 0 or said:
            self.wrong(f"{' '.join(words)}: status {status}", said)
