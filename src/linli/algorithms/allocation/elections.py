"""An election over a budget as arrays: projects, merged ballots, and who supports what."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import chain
from math import lcm
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Integers: TypeAlias = NDArray[np.int64]
Number: TypeAlias = int | str | Decimal | Fraction


@dataclass(frozen=True)
class Election:
    """What the rules need to know; made by :func:`election`.

    Projects stand in the order of their ids compared as text, which is also how ties are broken. ``costs`` and
    ``budget`` are whole numbers of ``1/scale`` of the currency's unit. ``weights`` tells how many voters cast each of
    the merged ballots; ``ballots`` counts all, also empty ones. The supporters of project *i* are
    ``voters[starts[i]:starts[i + 1]]`` (numbers of merged ballots), ``points`` beside them, or None where a ballot
    only approves.
    """

    ids: tuple[str, ...]
    costs: tuple[int, ...]
    budget: int
    scale: int
    ballots: int
    weights: Integers
    starts: Integers
    voters: Integers
    points: Integers | None = None

    def supporters(self, project: int) -> Integers:
        """The merged ballots that support a project."""
        return self.voters[self.starts[project] : self.starts[project + 1]]

    def given(self, project: int) -> Integers | None:
        """The points that :meth:`supporters` gave, in their order; None for approval ballots."""
        return None if self.points is None else self.points[self.starts[project] : self.starts[project + 1]]

    @cached_property
    def votes(self) -> tuple[int, ...]:
        """How many voters support each project."""
        return tuple(self._sums(self.weights[self.voters]))

    @cached_property
    def sums(self) -> tuple[int, ...]:
        """The points each project was given by all voters; its votes where ballots only approve."""
        if self.points is None:
            return self.votes
        return tuple(self._sums(self.weights[self.voters] * self.points))

    def _sums(self, values: Integers) -> list[int]:
        running = np.concatenate(([0], np.cumsum(values)))
        return [int(one) for one in running[self.starts[1:]] - running[self.starts[:-1]]]

    def cost_of(self, projects: Iterable[int]) -> int:
        """What these projects cost together, in the election's smallest units."""
        return sum(self.costs[one] for one in projects)

    def money(self, units: int) -> Fraction:
        """An amount of the election's smallest units in the currency's unit."""
        return Fraction(units, self.scale)


def election(
    *, budget: Number, costs: Mapping[str, Number], ballots: Iterable[Collection[str] | Mapping[str, Number]]
) -> Election:
    """The election of these ballots: collections of project ids, or mappings from id to points.

    Points of 0 count as no support. Raises ValueError for a negative budget, cost or points, for a ballot that names
    a project that does not stand, and for ballots of both kinds.
    """
    rows = list(ballots)
    kinds = {issubclass(kind, Mapping) for kind in set(map(type, rows))}
    if len(kinds) > 1:
        raise ValueError("expected ballots of one kind: all with points, or none")
    if True in kinds:
        pointed = Counter(tuple(row.items()) for row in rows if isinstance(row, Mapping))
        names = [name for row in pointed for name, _points in row]
        given = [Fraction(points) for row in pointed for _name, points in row]
        return of_merged(budget, costs, Merged(len(rows), names, _lengths(pointed), list(pointed.values()), given))
    merged: Counter[tuple[str, ...]] = Counter(map(tuple, rows))
    names = list(chain.from_iterable(merged))
    return of_merged(budget, costs, Merged(len(rows), names, _lengths(merged), list(merged.values()), None))


def _lengths(rows: Collection[Collection[object]]) -> Integers:
    return np.fromiter(map(len, rows), np.int64, len(rows))


@dataclass(frozen=True)
class Merged:
    """Distinct ballots: their ids one after the other, the length of each, how often it was cast, all points alike.

    ``rows`` counts all ballots cast, also empty ones.
    """

    rows: int
    names: list[str]
    lengths: Integers
    counts: list[int]
    given: list[Fraction] | None


def of_merged(budget: Number, costs: Mapping[str, Number], merged: Merged) -> Election:
    """The election of distinct ballots. Raises ValueError as :func:`election`."""
    ids = tuple(sorted(costs))
    if not ids:
        raise ValueError("expected at least one project")
    amounts = [Fraction(budget), *(Fraction(costs[one]) for one in ids)]
    if min(amounts) < 0:
        raise ValueError("expected a budget and costs that are not negative")
    scale = lcm(*(one.denominator for one in amounts))
    scaled = [int(one * scale) for one in amounts]
    place = {name: number for number, name in enumerate(ids)}
    try:
        projects = np.fromiter(map(place.__getitem__, merged.names), np.int64, len(merged.names))
    except KeyError as error:
        raise ValueError(f"expected ballots for projects that stand, not {error.args[0]!r}") from None
    voters = np.repeat(np.arange(len(merged.lengths)), merged.lengths)
    points = None if merged.given is None else _whole(merged.given)
    starts, voters, points = _by_project(projects, voters, points, len(ids))
    weights = np.array(merged.counts, np.int64)
    return Election(ids, tuple(scaled[1:]), scaled[0], scale, merged.rows, weights, starts, voters, points)


def _whole(given: Sequence[Fraction]) -> Integers:
    """Points as whole numbers; only their ratios matter to the rules."""
    scale = lcm(*{one.denominator for one in given}) if given else 1
    points = np.array([int(one * scale) for one in given], np.int64)
    if (points < 0).any():
        raise ValueError("expected points that are not negative")
    return points


def _by_project(
    projects: Integers, voters: Integers, points: Integers | None, many: int
) -> tuple[Integers, Integers, Integers | None]:
    """Pairs sorted by project, each pair once and without points of nothing."""
    order = np.argsort(projects.astype(np.int16) if many < 2**15 else projects, kind="stable")
    projects, voters = projects[order], voters[order]
    kept = np.ones(len(order), bool)
    kept[1:] = (projects[1:] != projects[:-1]) | (voters[1:] != voters[:-1])
    if points is not None:
        points = points[order]
        kept &= points > 0
        points = points[kept]
    starts = np.searchsorted(projects[kept], np.arange(many + 1))
    return starts.astype(np.int64), voters[kept], points
