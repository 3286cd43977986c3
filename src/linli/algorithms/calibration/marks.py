"""Marks in long form: which judge gave which entry how much; blanks are simply not there."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.intp]


@dataclass(frozen=True)
class Marks:
    """``values[k]`` is the mark judge ``judge[k]`` gave entry ``entry[k]``; both count from 0.

    At most one mark of a judge for an entry; every entry and every judge has one at least.
    """

    entry: Whole
    judge: Whole
    values: Floats
    entries: int
    judges: int

    @classmethod
    def of(cls, rows: Iterable[tuple[Hashable, Hashable, float]]) -> tuple["Marks", list[Any], list[Any]]:
        """Marks of (entry, judge, mark) rows, with the names of entries and judges in order of first appearance.

        Raises ValueError for no row at all, a second mark of one judge for one entry, or a mark that is not finite.
        """
        entry_at: dict[Hashable, int] = {}
        judge_at: dict[Hashable, int] = {}
        seen: set[tuple[int, int]] = set()
        found: list[tuple[int, int, float]] = []
        for entry, judge, value in rows:
            place = (entry_at.setdefault(entry, len(entry_at)), judge_at.setdefault(judge, len(judge_at)))
            if place in seen:
                message = f"judge {judge} marked entry {entry} twice"
                raise ValueError(message)
            seen.add(place)
            found.append((*place, float(value)))
        if not found:
            message = "no marks"
            raise ValueError(message)
        entry_column, judge_column, values = zip(*found, strict=True)
        marks = cls(
            np.asarray(entry_column, dtype=np.intp),
            np.asarray(judge_column, dtype=np.intp),
            np.asarray(values, dtype=np.float64),
            len(entry_at),
            len(judge_at),
        )
        if not np.isfinite(marks.values).all():
            message = "a mark is not a finite number"
            raise ValueError(message)
        return marks, list(entry_at), list(judge_at)

    def counts(self) -> tuple[Whole, Whole]:
        """How many marks each entry has, and each judge gave."""
        return np.bincount(self.entry, minlength=self.entries), np.bincount(self.judge, minlength=self.judges)

    def means(self) -> Floats:
        """The plain mean of each entry."""
        return np.bincount(self.entry, self.values, minlength=self.entries) / self.counts()[0]

    def without(self, judge: int) -> "Marks":
        """The same without one judge; entries only this judge marked keep their place and have no mark."""
        kept = self.judge != judge
        return Marks(self.entry[kept], self.judge[kept], self.values[kept], self.entries, self.judges)

    def parts(self) -> Whole:
        """Of each judge, the number of the part he belongs to: judges are joined by entries both marked."""
        leader = list(range(self.judges))

        def top(one: int) -> int:
            while leader[one] != one:
                leader[one] = leader[leader[one]]
                one = leader[one]
            return one

        first: dict[int, int] = {}
        for entry, judge in zip(self.entry.tolist(), self.judge.tolist(), strict=True):
            leader[top(judge)] = top(first.setdefault(entry, judge))
        tops = [top(one) for one in range(self.judges)]
        number = {one: place for place, one in enumerate(dict.fromkeys(tops))}
        return np.asarray([number[one] for one in tops], dtype=np.intp)


def ranks(scores: Sequence[float] | Floats, *, equal: float = 1e-9) -> list[int]:
    """Ranks of scores, best first: 1 for the highest; scores closer than ``equal`` to the one above share its rank."""
    values = np.asarray(scores, dtype=np.float64)
    order = np.argsort(-values, kind="stable")
    found = np.empty(len(values), dtype=np.intp)
    rank, last = 0, np.inf
    for place, one in enumerate(order.tolist(), start=1):
        if last - values[one] > equal:
            rank = place
        last = values[one]
        found[one] = rank
    return [int(one) for one in found]
