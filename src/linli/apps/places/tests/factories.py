"""A small district for tests, founded through the verbs."""

from dataclasses import dataclass
from datetime import date

from linli.apps.places.models import Level, Place
from linli.apps.places.services import found

FIRST_DAY = date(2026, 1, 1)


@dataclass(frozen=True)
class District:
    """Two streets side by side: one with two communities and a grid, the neighbour with one community."""

    district: Place
    street: Place
    community: Place
    other_community: Place
    grid: Place
    neighbour_street: Place
    neighbour_community: Place


def make_place(code: str, name: str, level: Level, parent: Place | None = None) -> Place:
    return found(code=code, name=name, level=level, parent=parent, valid_from=FIRST_DAY, actor=None)


def make_district() -> District:
    district = make_place("990101000000", "和安区", Level.DISTRICT)
    street = make_place("990101001000", "清河里街道", Level.STREET, district)
    neighbour = make_place("990101002000", "望桥街道", Level.STREET, district)
    community = make_place("990101001001", "槐荫社区", Level.COMMUNITY, street)
    return District(
        district=district,
        street=street,
        community=community,
        other_community=make_place("990101001002", "南里社区", Level.COMMUNITY, street),
        grid=make_place("990101001001001", "第一网格", Level.GRID, community),
        neighbour_street=neighbour,
        neighbour_community=make_place("990101002001", "桥头社区", Level.COMMUNITY, neighbour),
    )
