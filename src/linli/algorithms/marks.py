"""Marks of a panel: the rule fixed beforehand, exact means, ranks with their ties; no rounding but the last.

Dropping one highest and one lowest mark is the practice of score sports (rules Part 3, 3.1: from five marks on).
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Generic, TypeVar

DROP, MEAN = "drop", "mean"
Number = Decimal | Fraction | int
Key = TypeVar("Key", bound=Hashable)


class TooFew(ValueError):
    """There are fewer marks than the rule needs; ``count`` of ``needed``."""

    def __init__(self, count: int, needed: int) -> None:
        super().__init__(f"{count} marks where {needed} are needed")
        self.count = count
        self.needed = needed


@dataclass(frozen=True)
class Mean:
    """``value`` is exact; ``highest`` and ``lowest`` are what was dropped (None under the plain mean)."""

    value: Fraction
    count: int
    highest: Fraction | None = None
    lowest: Fraction | None = None


def rule_for(fewest: int, *, drop_from: int = 5, least: int = 3) -> str:
    """The rule of a whole panel, from the smallest number of marks any of its entries can get.

    Raises TooFew below ``least``.
    """
    if fewest < least:
        raise TooFew(fewest, least)
    return DROP if fewest >= drop_from else MEAN


def mean_of(marks: Sequence[Number], rule: str, *, drop_from: int = 5, least: int = 1) -> Mean:
    """The mean of ``marks`` under a rule; DROP leaves out one highest and one lowest.

    Raises TooFew where DROP meets fewer marks than it was fixed for, or MEAN fewer than ``least``.
    """
    needed = max(drop_from, 3) if rule == DROP else max(least, 1)
    if len(marks) < needed:
        raise TooFew(len(marks), needed)
    ordered = sorted(Fraction(mark) for mark in marks)
    if rule == DROP:
        kept = ordered[1:-1]
        return Mean(sum(kept, Fraction(0)) / len(kept), len(marks), ordered[-1], ordered[0])
    return Mean(sum(ordered, Fraction(0)) / len(ordered), len(marks))


def weighted(groups: Mapping[str, Fraction], weights: Mapping[str, Number]) -> Fraction:
    """Σ weight · mean / Σ weight over the groups of judges; without weights the plain mean of the only group.

    Raises KeyError for a group without weight, ValueError where no weight is above zero.
    """
    if not weights:
        if len(groups) != 1:
            message = "several groups need weights"
            raise ValueError(message)
        return next(iter(groups.values()))
    shares = {name: Fraction(weights[name]) for name in groups}
    total = sum(shares.values(), Fraction(0))
    if total <= 0:
        message = "no weight is above zero"
        raise ValueError(message)
    return sum((shares[name] * mean for name, mean in groups.items()), Fraction(0)) / total


def rounded(value: Fraction, places: int = 2) -> Decimal:
    """``value`` rounded half up (away from zero at the half for what is not negative) to ``places`` decimals."""
    scale = int(10**places)
    whole = int((value * scale * 2 + 1) // 2)
    return (Decimal(whole) / scale).quantize(Decimal(1).scaleb(-places))


@dataclass(frozen=True)
class Line(Generic[Key]):
    """What an entry is ranked by: its published score, then criteria in order, then what the chair chose (1 first)."""

    key: Key
    score: Number
    criteria: tuple[Number, ...] = ()
    choice: int | None = None


@dataclass(frozen=True)
class Placed(Generic[Key]):
    """``rank`` counts equals once for each (1, 2, 2, 4); ``tied``: others share it."""

    key: Key
    rank: int
    tied: bool


def ranked(lines: Sequence[Line[Key]]) -> list[Placed[Key]]:
    """Best first. Whom score and criteria leave equal, the chair's choice parts where every one of them has a
    different one; else they share the rank. Among equals the given order stands."""
    groups: dict[tuple[Fraction, ...], list[Line[Key]]] = {}
    for line in lines:
        groups.setdefault((Fraction(line.score), *(Fraction(one) for one in line.criteria)), []).append(line)
    placed: list[Placed[Key]] = []
    for merit in sorted(groups, reverse=True):
        equal, first = groups[merit], len(placed) + 1
        choices = {line.choice for line in equal}
        if None not in choices and len(choices) == len(equal):
            chosen = sorted(equal, key=lambda line: line.choice or 0)
            placed += [Placed(line.key, first + step, tied=False) for step, line in enumerate(chosen)]
        else:
            placed += [Placed(line.key, first, tied=len(equal) > 1) for line in equal]
    return placed
