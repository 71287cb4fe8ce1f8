# SPDX-License-Identifier: Apache-2.0
"""The table that lab/bench prints."""
import statistics

from measure.programs import FLOOR, OURS, REFERENCE, RUNS, calls, instructions, memory, once

HEAD = """\
| job | of Debian's | spread | of the floor | ms | system calls | MiB | growth |
|---|---|---|---|---|---|---|---|"""


def judged(value, goal):
    """A figure with its goal; a figure that misses it is bold."""
    figure = f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"
    if goal is None:
        return figure
    return f"{figure} (≤ {goal})" if value <= goal else f"**{figure}** (≤ {goal})"


def milliseconds(seconds):
    return f"{seconds * 1000:.0f}" if seconds >= 0.01 else f"{seconds * 1000:.1f}"


class Job:
    """What ipvsadm does with some arguments, and floor with its word. Each size of the job is a line of the table."""

    def __init__(self, arguments, word, goal=None, floor_goal=None, prepare=lambda: None, runs=RUNS):
        self.name = f"`{' '.join(arguments)}`"
        self.commands = {OURS: [OURS, *arguments], REFERENCE: [REFERENCE, *arguments], FLOOR: [FLOOR, word]}
        self.goal, self.floor_goal = goal, floor_goal
        self.prepare = prepare
        self.runs = runs
        self.smaller = None
        self.counts = []

    def each(self, measure, rules):
        results = {}
        for program, command in self.commands.items():
            self.prepare()
            results[program] = measure(command, rules)
        return results

    def measure(self, size="", rules=None):
        """Prints a line. The goals are for the larger size, which comes last and is ten times the smaller one."""
        rounds = [self.each(once, rules) for _ in range(self.runs)]
        times = {program: [seconds[program][0] for seconds in rounds] for program in self.commands}
        median = {program: statistics.median(times[program]) for program in times}
        single = [ours / theirs for ours, theirs in zip(times[OURS], times[REFERENCE])]
        last = self.smaller is not None or not size
        growth = ""
        if self.smaller:
            ours, floor = (median[program] / self.smaller[program] for program in (OURS, FLOOR))
            growth = f"{ours:.1f} / {floor:.1f}" if ours <= max(11, floor) else f"**{ours:.1f}** / {floor:.1f}"
        self.smaller = median
        columns = [
            self.name + size,
            judged(median[OURS] / median[REFERENCE], self.goal if last else None),
            f"{min(single):.2f}–{max(single):.2f}",
            judged(median[OURS] / median[FLOOR], self.floor_goal if last else None),
            " / ".join(milliseconds(median[program]) for program in self.commands),
            " / ".join(str(count) for count in self.each(calls, rules).values()),
            " / ".join(f"{peak:.1f}" for _, peak in self.each(memory, rules).values()),
            growth,
        ]
        print("|", " | ".join(columns), "|", flush=True)

    def count(self, rules=None):
        self.counts.append(self.each(instructions, rules).values())

    def instructions(self, more, unit, goal=""):
        """A line with the instructions of one more rule or row, from two counts with so many between them."""
        each = (str(round((after - before) / more)) for before, after in zip(*self.counts))
        return f"| {self.name}, {unit} | {' / '.join(each)} | {goal} |"
