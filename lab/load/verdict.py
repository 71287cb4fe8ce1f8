# SPDX-License-Identifier: Apache-2.0
"""What must be true at the end, and of the whole hour."""
import subprocess
import time
from statistics import median

from measure.programs import REFERENCE

from . import memory
from .connections import Connections
from .report import Report
from .table import WRITERS, differences


def compare(soak):
    """Nobody changes the table any more: it is what the models say, by this program and by Debian's."""
    time.sleep(5)  # the kernel sums its counters every two seconds
    report = Report("end", soak.queue)
    expected = [rule for service in soak.still for rule in service.rules()]
    expected += [rule for rules in soak.models.values() for rule in rules]
    saved = report.run(["-Sn"]).splitlines()
    report.judge("the models", len(soak.models) != WRITERS + 1 and sorted(soak.models))
    report.judge("-Sn and the models", differences(saved, expected))
    # Debian's does not save thresholds, and ends some lines with a blank.
    ours = [line.split(" -x ")[0] for line in saved]
    report.judge("-Sn and Debian's", differences(ours, [line.rstrip() for line in debians("-Sn")]))
    report.count("entries compared", 2 * len(saved))
    words = ["-Ln", "--stats", "--exact"]
    rows = list(with_services(report.run(words).splitlines()))
    report.judge("counters and Debian's", differences(rows, with_services(debians(*words))))
    report.count("entries compared", len(rows))
    Connections(soak.made, report).list_all("-Lnc at rest")
    soak.take(2)


def debians(*words):
    return subprocess.run([REFERENCE, *words], stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()


def with_services(lines):
    """The lines of a listing, each server's behind that of its service: Debian's has another order."""
    service = ""
    for line in lines:
        words = " ".join(line.split())
        if words.startswith("->"):
            yield f"{service} {words}"
        else:
            service = words
            yield words


def judge_memory(soak):
    """A program that goes on keeps no more; a listing that is made anew holds two answers of the kernel at most."""
    print("\n| what | first quarter, median | second half, median | least | most |\n|---|---|---|---|---|")
    for kind, series in sorted({**soak.peaks, **soak.samples}.items()):
        soak.counts["checks"] += 1
        values = [value for _, value in series.values]
        early, late = median(series.early), median(series.late)
        what = f"`{kind}`" + (", KiB at its peak" if kind in soak.peaks else "" if "descriptors" in kind else ", KiB")
        print(f"| {what} | {early:.0f} | {late:.0f} | {min(values)} | {max(values)} |")
        bound = 0 if "descriptors" in kind else memory.BOUND
        is_large = kind in soak.peaks and max(values) > 2 * min(values) + bound
        # Debian's etcdctl is only told of.
        if (late > early + bound or is_large) and "etcdctl" not in kind:
            soak.wrong[kind] += 1
            print(f"WRONG: {kind} grows: {series.values}")


def print_counts(soak):
    print(f"at the end: {memory.machine()}\n\n| what | how many |\n|---|---|")
    for kind, count in sorted(soak.counts.items()):
        print(f"| {kind} | {count} |")
