# SPDX-License-Identifier: Apache-2.0
"""Memory and descriptors, and what is flat."""
import os
import re

# How many KiB the median of the second half of the hour may be above that of its first quarter.
BOUND = 1024


class Series:
    """Values with their times. A sum of processes that come and go is one series."""

    def __init__(self):
        self.values = []

    def add(self, share, value):
        """A value, and which share of the hour has passed."""
        self.values.append((share, value))

    @property
    def early(self):
        """Those of the first quarter, or the first one."""
        return [value for share, value in self.values if share < 0.25] or [self.values[0][1]]

    @property
    def late(self):
        """Those of the second half, or the last one."""
        return [value for share, value in self.values if share >= 0.5] or [self.values[-1][1]]


def status(process):
    """The memory of a process in KiB, what it had at its peak, and how many descriptors it has; None if it is gone."""
    try:
        with open(f"/proc/{process}/status") as file:
            text = file.read()
        resident, peak = (int(re.search(rf"{name}:\s+(\d+)", text)[1]) for name in ("VmRSS", "VmHWM"))
        return resident, peak, len(os.listdir(f"/proc/{process}/fd"))
    except (OSError, TypeError):
        return None


def children(process):
    """A process and its descendants."""
    found = [process]
    try:
        with open(f"/proc/{process}/task/{process}/children") as file:
            for child in file.read().split():
                found += children(int(child))
    except OSError:
        pass
    return found


def name(process):
    try:
        with open(f"/proc/{process}/comm") as file:
            return file.read().strip()
    except OSError:
        return ""


def machine():
    """Available memory and that of the kernel, in MiB."""
    with open("/proc/meminfo") as file:
        sizes = dict(re.findall(r"(\w+):\s+(\d+) kB", file.read()))
    return f"{int(sizes['MemAvailable']) // 1024} MiB available, {int(sizes['Slab']) // 1024} MiB of the kernel's slabs"
