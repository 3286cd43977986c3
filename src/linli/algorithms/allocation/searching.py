"""Which items are worth most within a room of one or several kinds: partial sets side by side, and a bound for each."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOST_STATES = 100_000
"""Partial sets kept at once; beyond it those with the best bounds are kept, and the proof may be lost."""
SLACK = 64
"""Whole values below 2**53 are compared with bounds in floats; this is more than their rounding."""
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Task:
    """Whole values of the items, what each needs of every kind (kinds × items), and the room of every kind."""

    values: Ints
    needs: Ints
    room: Ints


@dataclass(frozen=True)
class Solved:
    """The best value, its items, and a value that no set passes (the best value itself where that is proven)."""

    value: int
    items: frozenset[int]
    bound: int


def solve(task: Task, must: frozenset[int] = frozenset()) -> Solved | None:
    """The items of the best value among the sets that hold ``must``; None where these do not fit.

    Item by item, the best for its need first, every partial set is continued with and without the item. A set is
    given up where another is worth as much for no greater need (one kind only), or where it cannot come up to the
    best set known even if the rest could be split.
    """
    fixed = sorted(must)
    room = task.room - task.needs[:, fixed].sum(axis=1)
    if (room < 0).any():
        return None
    items = _ordered(task, room, must)
    bounds = [_bound(task, items[place:]) for place in range(len(items) + 1)]
    used, values = np.zeros((1, len(room)), np.int64), np.zeros(1, np.int64)
    known, lost, trail = 0, 0, []
    for place, item in enumerate(items):
        later = used + task.needs[:, item]
        fits = np.flatnonzero((later <= room).all(axis=1))
        parents = np.concatenate((np.arange(len(used)), fits))
        used = np.concatenate((used, later[fits]))
        values = np.concatenate((values, values[fits] + task.values[item]))
        reach = values + bounds[place + 1](room - used)
        top = int(reach.argmax())
        known = max(known, int(values[top]) + _filled(task, room - used[top], items[place + 1 :]), int(values.max()))
        kept = np.flatnonzero(reach + SLACK >= known)
        kept = _undominated(used, values, kept) if len(room) == 1 else kept
        if len(kept) > MOST_STATES:
            kept = kept[np.argsort(-reach[kept], kind="stable")]
            lost = max(lost, int(reach[kept[MOST_STATES:]].max()) + 1)
            kept = kept[:MOST_STATES]
        trail.append((parents[kept], kept >= len(parents) - len(fits)))
        used, values = used[kept], values[kept]
    best = int(values.argmax())
    base, value = int(task.values[fixed].sum()), int(values[best])
    return Solved(base + value, must | _traced(trail, items, best), base + max(value, lost))


def _ordered(task: Task, room: Ints, must: frozenset[int]) -> list[int]:
    """The items that may join, the best for its need first."""
    share = (task.needs / np.maximum(room, 1)[:, None]).sum(axis=0)
    density = task.values / np.maximum(share, 1e-12)
    fits = (task.needs <= room[:, None]).all(axis=0) & (task.values > 0)
    return [one for one in np.argsort(-density, kind="stable").tolist() if fits[one] and one not in must]


def _bound(task: Task, items: list[int]) -> Callable[[Ints], Floats]:
    """What these items, if they could be split, could add at most to sets with this much room; least of all kinds."""
    lines = []
    for needs in task.needs[:, items]:
        values = task.values[items]
        order = np.argsort(-(values / np.maximum(needs, 1e-12)), kind="stable")
        sums = np.concatenate(([0], np.cumsum(needs[order]))).astype(float)
        worth = np.concatenate(([0], np.cumsum(values[order]))).astype(float)
        last = np.flatnonzero(np.append(np.diff(sums) > 0, True))
        lines.append((sums[last], worth[last]))

    def at_most(left: Ints) -> Floats:
        found = [np.interp(left[:, kind], sums, worth) for kind, (sums, worth) in enumerate(lines)]
        least: Floats = np.minimum.reduce(found)
        return least

    return at_most


def _filled(task: Task, left: Ints, items: list[int]) -> int:
    """What can be added by taking each item that still fits."""
    value, left = 0, left.copy()
    for item in items:
        if (task.needs[:, item] <= left).all():
            left -= task.needs[:, item]
            value += int(task.values[item])
    return value


def _undominated(used: Ints, values: Ints, kept: Ints) -> Ints:
    """Those of ``kept`` that are worth more than every other with no greater need."""
    order = kept[np.lexsort((-values[kept], used[kept, 0]))]
    most = np.maximum.accumulate(values[order])
    better = np.append(True, values[order][1:] > most[:-1])
    undominated: Ints = order[better]
    return undominated


def _traced(trail: list[tuple[Ints, NDArray[np.bool_]]], items: list[int], last: int) -> frozenset[int]:
    """The items on the way to a partial set."""
    found = set()
    for (parents, taken), item in zip(reversed(trail), reversed(items), strict=True):
        if taken[last]:
            found.add(item)
        last = int(parents[last])
    return frozenset(found)
