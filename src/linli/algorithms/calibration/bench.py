"""``linli bench calibration``: fit and 1,000 bootstrap replicates, for a panel and for 10,000 marks."""

import sys
import time
from collections.abc import Sequence

import numpy as np

from linli.algorithms.calibration.effects import fit, rank_intervals
from linli.algorithms.calibration.marks import Marks

PANEL_GOAL, LARGE_GOAL = 0.010, 1.0
"""Processor seconds of 1,000 replicates."""
ROUNDS = 9


def invented(entries: int, judges: int, each: int, *, seed: int = 1) -> Marks:
    """Marks of ``each`` judges for every entry, drawn by seed."""
    chance = np.random.default_rng(seed)
    merit, generous = chance.normal(80, 5, entries), chance.normal(0, 2, judges)
    rows = [
        (entry, int(judge), float(merit[entry] + generous[judge] + chance.normal(0, 2)))
        for entry in range(entries)
        for judge in chance.permutation(judges)[:each]
    ]
    return Marks.of(rows)[0]


def _seconds(work: object) -> float:
    """The least processor time of several rounds."""
    assert callable(work)
    best = float("inf")
    for _round in range(ROUNDS):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return best


def run(_words: Sequence[str] = ()) -> int:
    """Print the table; 1 where a goal is missed."""
    missed = 0
    for name, marks, goal in (
        ("panel 12 x 28", invented(28, 12, 10), PANEL_GOAL),
        ("10,000 marks, 24 judges", invented(1_250, 24, 8), LARGE_GOAL),
    ):
        once, many = _seconds(lambda marks=marks: fit(marks)), _seconds(lambda marks=marks: rank_intervals(marks))
        missed += many > goal
        sys.stdout.write(f"{name:26} fit {once * 1000:7.2f} ms   1,000 replicates {many * 1000:7.1f} ms\n")
    return int(missed > 0)
