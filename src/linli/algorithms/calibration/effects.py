"""Judge effects: mark = entry + judge + chance, least squares with a ridge on the judges; intervals by a bootstrap.

Entries are eliminated, so that a system of judges x judges is left, solved once for all replicates. In each part of
judges joined by common entries the effects sum to zero: strictness is told from marks of the same entries only.
"""

from dataclasses import dataclass

import numpy as np

from linli.algorithms.calibration.marks import Floats, Marks, Whole

RIDGE = 1.0
"""How many marks of average strictness each judge is taken to have given besides; 0 is plain least squares."""
BLOCK = 2_000_000
"""Residuals drawn at once: 16 MB."""


@dataclass(frozen=True)
class Effects:
    """``entry``: scores as by a judge of average strictness; ``judge``: above zero is generous; ``left``: residuals."""

    entry: Floats
    judge: Floats
    left: Floats


@dataclass(frozen=True)
class Intervals:
    """Of each entry the best and the worst rank that ``level`` of the replicates leave it."""

    low: Whole
    high: Whole
    level: float


class _System:
    """The judges x judges system of one set of marks, factored once."""

    def __init__(self, marks: Marks, ridge: float) -> None:
        self.marks = marks
        of_entry, of_judge = marks.counts()
        self.share = 1.0 / np.maximum(of_entry, 1)
        self.gave = np.zeros((marks.entries, marks.judges))
        self.gave[marks.entry, marks.judge] = 1.0
        weighed = self.gave * self.share[:, None]
        square = np.diag(of_judge.astype(np.float64)) - self.gave.T @ weighed + ridge * np.eye(marks.judges)
        self.inverse = np.linalg.pinv(square, hermitian=True)
        self.weighed = weighed

    def solve(self, by_entry: Floats, by_judge: Floats) -> tuple[Floats, Floats]:
        """Effects of entries and judges from the sums of marks; the last axis counts entries and judges."""
        judge = (by_judge - by_entry @ self.weighed) @ self.inverse
        entry = by_entry * self.share - judge @ self.weighed.T
        return entry, judge


def fit(marks: Marks, *, ridge: float = RIDGE) -> Effects:
    """The effects that leave Σ (mark − entry − judge)² + ridge · Σ judge² least."""
    return _fitted(_System(marks, ridge))


def _fitted(system: _System) -> Effects:
    marks = system.marks
    entry, judge = system.solve(*_sums(marks, marks.values))
    return Effects(entry, judge, marks.values - entry[marks.entry] - judge[marks.judge])


def freedom(marks: Marks) -> int:
    """Marks left over when entries and judges are told: marks − entries − judges + parts."""
    parts = int(marks.parts().max()) + 1
    return len(marks.values) - marks.entries - marks.judges + parts


def rank_intervals(
    marks: Marks, *, ridge: float = RIDGE, replicates: int = 1000, level: float = 0.9, seed: int = 0
) -> Intervals | None:
    """Rank intervals from ``replicates`` draws of the residuals, blown up for the effects that were fitted.

    None where the marks leave nothing over to draw from. The same seed gives the same intervals.
    """
    over = freedom(marks)
    if over <= 0:
        return None
    system = _System(marks, ridge)
    found = _fitted(system)
    pool = (found.left - found.left.mean()) * np.sqrt(len(marks.values) / over)
    centre = _again(system, found)
    chance = np.random.default_rng(seed)
    step = max(1, BLOCK // len(marks.values))
    order = np.argsort(marks.entry, kind="stable")
    starts = np.searchsorted(marks.entry[order], np.arange(marks.entries))
    judges = np.zeros((len(order), marks.judges))
    judges[np.arange(len(order)), marks.judge[order]] = 1.0
    placed = np.empty((replicates, marks.entries), dtype=np.int32)
    for first in range(0, replicates, step):
        rows = min(step, replicates - first)
        drawn = pool[chance.integers(0, len(pool), size=(rows, len(pool)), dtype=np.int32)]
        scores, _judges = system.solve(np.add.reduceat(drawn, starts, axis=1), drawn @ judges)
        scores += centre
        best = np.argsort(-scores, axis=1)
        np.put_along_axis(placed[first : first + rows], best, np.arange(1, marks.entries + 1, dtype=np.int32), axis=1)
    placed.sort(axis=0)
    cut = int(np.floor(replicates * (1 - level) / 2))
    return Intervals(placed[cut].astype(np.intp), placed[replicates - 1 - cut].astype(np.intp), level)


def _again(system: _System, found: Effects) -> Floats:
    """The scores that marks without chance would give: what the fit makes of its own fitted marks."""
    marks = system.marks
    smooth = found.entry[marks.entry] + found.judge[marks.judge]
    return system.solve(*_sums(marks, smooth))[0]


def _sums(marks: Marks, values: Floats) -> tuple[Floats, Floats]:
    """Sums of ``values``, one a mark, by entry and by judge."""
    by_entry = np.zeros(marks.entries)
    by_judge = np.zeros(marks.judges)
    np.add.at(by_entry, marks.entry, values)
    np.add.at(by_judge, marks.judge, values)
    return by_entry, by_judge
