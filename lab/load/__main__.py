# SPDX-License-Identifier: Apache-2.0
"""The soak, in the director's network namespace; lab/soak starts it. It prints what is wrong at once, then a summary."""
import sys

from .soak import SEED, Soak
from .verdict import compare, judge_memory, print_counts

print(f"SEED={SEED}", flush=True)
soak = Soak()
soak.run()
compare(soak)
print_counts(soak)
judge_memory(soak)
wrong = soak.wrong.total()
print(f"\n{soak.counts['checks'] - wrong} passed, {wrong} failed")
sys.exit(1 if wrong else 0)
