# SPDX-License-Identifier: Apache-2.0
"""A command, how it goes undisturbed, and what is wrong with how it goes disturbed."""
import json
import re
import signal
import sys
import time

# What -R says of a rule.
RULE = re.compile(r"line (\d+): ")
# An address or a port, without names.
NUMBER = re.compile(rb"[][0-9a-fA-F.:]+")
# By these words the table is another one.
SAID_TO_DIFFER = ["not everything could be taken back", "what changed before stays", "stays below the weight"]


class Trial:
    """A command, how it goes undisturbed, and how disturbed."""

    def __init__(self, setting, command):
        self.setting, self.command = setting, command
        is_short = len(command.rules) < 1000
        self.states = setting.states(command) if command.words == "-R" and is_short else []
        self.before = setting.reset(command)
        start = time.monotonic()
        prefix, words = setting.line(command)
        self.base = setting.run([*prefix, *words], command.rules, command.leaves)
        self.seconds = time.monotonic() - start
        self.base.table = self.table = setting.table(command)

    def run(self, words, **more):
        if self.table != self.before and self.setting.reset(self.command) != self.before:
            sys.exit(f"lab/fault-test: {self.command.name}: the table before it does not come back")
        told = self.setting.run(words, self.command.rules, self.command.leaves, **more)
        told.table = self.table = self.setting.table(self.command)
        return told

    def complaint(self, told, fault=""):
        """What is wrong with a run, or None."""
        base = self.base
        lines = told.err.decode(errors="replace").splitlines()
        if told.status is None:
            return "it hangs"
        if told == base or fault == "retval=1" and told.out == base.out[1:]:
            return None
        if isinstance(fault, signal.Signals) and told.status == -fault:
            return "the table has changed" if told.table not in self.tables_after_a_signal() else None
        if told.status < 0 and told.status != base.status:
            return f"{signal.Signals(-told.status).name} ends it"
        if told.status == 0 or not lines:
            if told.table != base.table:
                return "status 0, and another table"
            if told.status == base.status and self.may_tell_less(told):
                return None
            return f"status {told.status}, other output, and no line that says why"
        most = 2 if "Can't initialize ipvs" in lines[0] else 1
        if len(lines) > most and not all(RULE.match(line) for line in lines):
            return f"{len(lines)} lines"
        return self.wrong_table(told, lines)

    def may_tell_less(self, told):
        """The doctor says what it cannot see, and finds nothing else; names are looked up where that is possible."""
        words = self.command.words
        if words.startswith("--doctor --json"):
            told, base = json.loads(told.out), json.loads(self.base.out)
            return told["unseen"] and all(finding in base["findings"] for finding in told["findings"])
        if words.startswith("--doctor"):
            return b"not seen: " in told.err and set(told.out.splitlines()) <= set(self.base.out.splitlines())
        return self.command.threads and is_same_by_number(told.out, self.base.out)

    def tables_after_a_signal(self):
        """The rules that -R carried out are the first ones; the others change nothing that they do not say."""
        if self.command.words == "-R":
            lines = self.base.table.splitlines(keepends=True)
            return ["".join(lines[:count]) for count in range(len(lines) + 1)]
        return [self.before, self.table if "--slow-start" in self.command.words else self.base.table]

    def wrong_table(self, told, lines):
        """Whether the table is not what the lines say."""
        words, line = self.command.words, lines[0]
        if told.table == self.before or any(text in line for text in SAID_TO_DIFFER):
            return None
        if words.startswith("--apply --drain") and line.startswith("interrupted"):
            # Additions and edits stay, and what goes is as before.
            goal, present = set(self.base.table.splitlines()), set(told.table.splitlines())
            is_whole = goal <= present and present - goal <= set(self.before.splitlines())
            return None if is_whole else "not all additions and edits are there"
        if words.startswith("--apply") or line.startswith("interrupted"):
            return "the table is not as it was"
        if words == "-R":
            match = RULE.match(line)
            if not match:
                return "the table has changed, and the line does not say from which line on"
            if told.table in self.states[int(match[1]) - 1 :]:
                return None
            # The kernel refused some rules, and took the others.
            refused = {int(match[1]) for match in map(RULE.match, lines) if match}
            self.table = self.setting.without(self.command, refused)
            return None if told.table == self.table else "the table is not that of the lines before"
        # The answer to a change may be lost.
        if told.table == self.base.table:
            return None
        # It clears the table first, but for timeouts and daemons.
        rest = set(told.table.splitlines()) - set(self.base.table.splitlines())
        if words == "ipvsadm-restore" and all(line.startswith("--") for line in rest):
            return None
        return "the table is neither the one before nor the one after"


def is_same_by_number(some, others):
    """Whether texts have the same words, but for numbers in place of names."""
    some, others = ([line.split() for line in text.splitlines()] for text in (some, others))
    if [len(words) for words in some] != [len(words) for words in others]:
        return False
    for one, other in (pair for line in zip(some, others) for pair in zip(*line)):
        parts, names = one.rsplit(b":", 1), other.rsplit(b":", 1)
        if len(parts) != len(names):
            return False
        if not all(part == name or NUMBER.fullmatch(part) for part, name in zip(parts, names)):
            return False
    return True
