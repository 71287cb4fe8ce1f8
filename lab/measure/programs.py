# SPDX-License-Identifier: Apache-2.0
"""The programs that lab/bench measures, and what it measures of a run."""
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time

RUNS = int(os.environ.get("BENCH_RUNS", "5"))
ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "../.."))
OURS = os.environ.get("IPVSADM", f"{ROOT}/.build/embedded/release/ipvsadm")
REFERENCE = "/sbin/ipvsadm"
BUILT = f"{ROOT}/.build/bench"
FLOOR = f"{BUILT}/floor"
EMPTY = f"{BUILT}/empty"
PLAIN = f"{BUILT}/ipvsadm"


def build():
    """Builds the least program, one that does nothing, and a copy of ours for valgrind, which
    cannot read the debugging information of Swift."""
    os.makedirs(BUILT, exist_ok=True)
    subprocess.run(["cc", "-O2", "-Wall", "-Wextra", "-Werror", "-o", FLOOR, f"{ROOT}/lab/floor.c"], check=True)
    empty = b"int main(void) { return 0; }"
    subprocess.run(["cc", "-O2", "-o", EMPTY, "-x", "c", "-"], input=empty, check=True)
    subprocess.run(["objcopy", "--strip-debug", OURS, PLAIN], check=True)


def once(command, rules=None):
    """Seconds and page faults of one run."""
    files = [
        (os.POSIX_SPAWN_OPEN, 0, rules or os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
    ]
    start = time.perf_counter()
    child = os.posix_spawn(command[0], command, os.environ, file_actions=files)
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - start
    if status != 0:
        sys.exit(f"bench: {command} ended with {os.waitstatus_to_exitcode(status)}")
    return seconds, usage.ru_minflt


def under(tool, command, rules):
    """Runs a command by a tool that measures it, and returns what that printed as errors."""
    with open(rules or os.devnull, "rb") as stdin:
        told = subprocess.run(
            [*tool, *command], stdin=stdin, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=True
        )
    return told.stderr


def calls(command, rules=None):
    """How many system calls a run makes, with all its threads."""
    with tempfile.NamedTemporaryFile("r") as log:
        under(["strace", "-f", "-c", "-o", log.name], command, rules)
        return int(re.findall(r"(\d+)(?:\s+\d+)? total", log.read())[-1])


def memory(command, rules=None):
    """Seconds, and the MiB that a run holds at its peak. Busybox starts it, because it is smaller than any program."""
    seconds, peak = under(["busybox", "time", "-f", "%e %M"], command, rules).split()[-2:]
    return float(seconds), int(peak) / 4 / 1024  # its %M counts each KiB four times


def faults(command):
    return statistics.median(once(command)[1] for _ in range(RUNS))


def instructions(command, rules=None):
    """How many instructions a run executes outside the kernel."""
    tool = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]
    program = PLAIN if command[0] == OURS else command[0]
    told = under(tool, [program, *command[1:]], rules)
    return int(re.search(r"I\s+refs:\s+([\d,]+)", told)[1].replace(",", ""))
