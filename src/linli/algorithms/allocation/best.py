"""The projects with the best total score that a stock of several kinds (money, rooms, hours) holds, with proof."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

import numpy as np

from linli.algorithms.allocation.searching import Solved, Task, solve

EXACT = 2**52
Needs = Mapping[str, Mapping[str, int]]
Figure = int | Fraction


@dataclass(frozen=True)
class Best:
    """The chosen set, its total score, whether no set is better (else none is above ``bound``), and the others."""

    chosen: tuple[str, ...]
    total: Fraction
    bound: Fraction
    proven: bool
    with_it: Mapping[str, Fraction | None]


def best_of_stock(
    stock: Mapping[str, int], needs: Needs, scores: Mapping[str, Figure], *, explained: bool = True
) -> Best:
    """The set with the best total score; of several one with the least needs, of these the one with smaller ids.

    Each project needs some of every kind of the stock. ``with_it`` tells for each outside the best total of a set that
    holds it (None: it alone needs too much); it equals the total where that set needs more. Not proven where more
    partial sets stood side by side than are kept: then no total is above ``bound``. A project with score 0 is never
    chosen. Without ``explained``, which asks again for every project outside, ``with_it`` tells only what never fits,
    and equals are not parted by ids. Raises ValueError for negative figures, for a kind without a stock, and for
    figures too large to compare exactly.
    """
    question = _Question(stock, needs, scores)
    best = question.best()
    open_ones = [one for one, number in question.number.items() if number not in best.items and explained]
    others = {one: question.with_it(one) for one in open_ones}
    wanted = [one for one in others if scores[one] > 0]
    best = question.first_of_equals(best, [one for one in wanted if _equals(others[one], best)])
    bound = Fraction(-(-best.bound // question.unit), question.scale)
    chosen = tuple(question.ids[one] for one in sorted(best.items))
    told = [one for one in needs if one not in chosen and (explained or one not in question.number)]
    outside = {one: others.get(one) or question.with_it(one) for one in told}
    with_it = {one: None if found is None else question.score_of(found) for one, found in outside.items()}
    return Best(chosen, question.score_of(best), bound, best.bound <= best.value, with_it)


def _equals(other: Solved | None, best: Solved) -> bool:
    return other is not None and other.value == best.value


class _Question:
    """Scores and needs as whole numbers: a unit of score outweighs all needs, so that of equals the cheaper wins."""

    def __init__(self, stock: Mapping[str, int], needs: Needs, scores: Mapping[str, Figure]) -> None:
        _check(stock, needs, scores)
        self.ids = sorted(one for one in needs if all(needs[one].get(kind, 0) <= stock[kind] for kind in stock))
        self.number = {one: number for number, one in enumerate(self.ids)}
        self.scale = lcm(*(Fraction(scores[one]).denominator for one in self.ids))
        self.scores = [int(scores[one] * self.scale) for one in self.ids]
        rows = [[needs[one].get(kind, 0) for one in self.ids] for kind in stock]
        steps = [gcd(*row) or 1 for row in rows]
        table = np.array([[need // step for need in row] for row, step in zip(rows, steps, strict=True)], np.int64)
        table = table.reshape(len(stock), len(self.ids))
        self.unit = int(table.sum()) + 1
        if sum(self.scores) * self.unit >= EXACT:
            raise ValueError("expected scores and amounts in larger steps: they cannot be compared exactly")
        room = np.array([amount // step for amount, step in zip(stock.values(), steps, strict=True)], np.int64)
        values = np.array(self.scores, np.int64) * self.unit - table.sum(axis=0)
        self.task = Task(values, table, room)

    def best(self) -> Solved:
        """The best set there is; the empty one fits always."""
        found = solve(self.task)
        assert found is not None
        return found

    def with_it(self, one: str) -> Solved | None:
        """The best set that holds a project; None where it alone does not fit."""
        return None if one not in self.number else solve(self.task, frozenset({self.number[one]}))

    def score_of(self, found: Solved) -> Fraction:
        """The total score of a set."""
        return Fraction(sum(self.scores[item] for item in found.items), self.scale)

    def first_of_equals(self, best: Solved, rivals: list[str]) -> Solved:
        """Of the sets as good as ``best`` the one that holds the smallest ids; ``rivals`` are in some of the others."""
        fixed: frozenset[int] = frozenset()
        for number, one in enumerate(self.ids if rivals else []):
            if number in best.items:
                fixed |= {number}
            elif one in rivals:
                other = solve(self.task, fixed | {number})
                if other is not None and other.value == best.value:
                    best, fixed = other, fixed | {number}
        return best


def _check(stock: Mapping[str, int], needs: Needs, scores: Mapping[str, Figure]) -> None:
    amounts = [*stock.values(), *(amount for own in needs.values() for amount in own.values())]
    if min([*amounts, *scores.values()], default=0) < 0:
        raise ValueError("expected amounts and scores from 0")
    if strange := sorted({kind for own in needs.values() for kind in own} - {*stock}):
        raise ValueError(f"expected a stock of every kind, found none of {strange[0]!r}")
