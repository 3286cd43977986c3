"""Households that may be asked, by building or by grid, and how often each was asked this year."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from linli.apps.places.models import Building, GridCover, Household, Place
from linli.apps.places.queries import below, in_force_on
from linli.apps.surveys.models import Layers, SampledHousehold
from linli.kernel.settings import value_of

NO_GRID = "未划入网格"
LIMIT = "surveys.asks_a_year"
"""The setting: how often a household is asked in a year."""


@dataclass
class Layer:
    """One stratum before the drawing: all its households in the order of their doors, and those that may be asked."""

    name: str
    place: UUID
    size: int = 0
    free: list[UUID] = field(default_factory=list)


def turns_taken(place: Place, year: int) -> dict[UUID, set[int]]:
    """Household → its turns of the year, wherever in ``place`` it was asked. One query."""
    rows = SampledHousehold.objects.filter(year=year, household__building__community__in=below([place.pk]))
    taken: dict[UUID, set[int]] = defaultdict(set)
    for household, turn in rows.values_list("household", "turn"):
        taken[household].add(turn)
    return taken


def layers_of(place: Place, by: str, *, on: date, full: set[UUID]) -> list[Layer]:
    """Households of all communities in ``place``, in strata; those of ``full`` count in the size alone. ≤ 5 queries."""
    names = _by_building(place, on) if by == Layers.BUILDING else _by_grid(place, on)
    rows = Household.objects.filter(building__community__in=below([place.pk]), building__in=_standing(place, on))
    rows = rows.order_by(
        "building__community__code", "building__number", "building__name", "building", "order", "room", "id"
    )
    layers: dict[str, Layer] = {}
    for key, building, stairwell, community in rows.values_list("pk", "building", "stairwell", "building__community"):
        name = names.get(stairwell) or names.get(building) or NO_GRID
        layer = layers.setdefault(name, Layer(name, community))
        layer.size += 1
        if key not in full:
            layer.free.append(key)
    return list(layers.values())


def _standing(place: Place, on: date) -> Sequence[UUID]:
    rows = Building.objects.filter(*in_force_on(on), community__in=below([place.pk]))
    return rows.order_by().values("pk")  # type: ignore[return-value]  # a subquery of keys


def _by_building(place: Place, on: date) -> dict[UUID | None, str]:
    """Building → its estate and name, with the community where the place has several."""
    rows = Building.objects.filter(*in_force_on(on), community__in=below([place.pk]))
    found = list(rows.select_related("estate", "community"))
    several = len({row.community_id for row in found}) > 1
    told = {}
    for row in found:
        parts = [row.community.name if several else "", row.estate.name if row.estate else "", row.name]
        told[row.pk] = "".join(parts)
    return told  # type: ignore[return-value]  # looked up by keys that may be missing


def _by_grid(place: Place, on: date) -> dict[UUID | None, str]:
    """Stairwell or building → the grid that looks after it."""
    rows = GridCover.objects.filter(*in_force_on(on), grid__in=below([place.pk])).select_related("grid__parent")
    found = list(rows)
    several = len({row.grid.parent_id for row in found}) > 1
    return {
        row.stairwell_id
        or row.building_id: f"{row.grid.parent.name if several and row.grid.parent else ''}{row.grid.name}"
        for row in found
    }


def askable(place: Place, *, on: date) -> tuple[int, int]:
    """(households entered in a place, how many of them may still be asked this year). ≤ 3 queries."""
    rows = Household.objects.filter(building__community__in=below([place.pk]), building__in=_standing(place, on))
    most = value_of(LIMIT, street=place.street_id)
    there = rows.count()
    full = sum(len(turns) >= most for turns in turns_taken(place, on.year).values())
    return there, there - full
