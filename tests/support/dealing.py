"""Deals the journeys out evenly, so that no process is left alone with the long tests when all others are done.

Each process of a run begins with a piece of the tests as long as everybody else's, and takes from its neighbours when
it is done. The journeys stand together in one folder: without this, whoever holds it works minutes longer.
"""

from collections.abc import Sequence
from typing import TypeVar

import pytest

T = TypeVar("T")
LATER = 4
"""The journeys stand behind the first quarter of a piece: meanwhile one process builds the demo all of them need."""


def dealt(light: Sequence[T], heavy: Sequence[Sequence[T]], hands: int) -> list[T]:
    """``light`` in ``hands`` pieces, each with its share of the groups of ``heavy`` behind its first quarter.

    The first piece begins with its groups. Groups stay whole; the order within a piece and a group is kept.
    """
    size = -(-len(light) // hands)
    pieces: list[T] = []
    for hand in range(hands):
        own = list(light[hand * size : (hand + 1) * size])
        place = len(own) // LATER if hand else 0
        groups = [one for group in heavy[hand::hands] for one in group]
        pieces += [*own[:place], *groups, *own[place:]]
    return pieces


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """In a run of several processes, before xdist hands the tests out."""
    hands = int(getattr(config, "workerinput", {}).get("workercount", 1))
    if hands < 2:
        return
    journeys: dict[str, list[pytest.Item]] = {}
    light = []
    for item in items:
        if item.get_closest_marker("browser"):
            journeys.setdefault(item.nodeid.split("::")[0], []).append(item)
        else:
            light.append(item)
    items[:] = dealt(light, list(journeys.values()), hands)
