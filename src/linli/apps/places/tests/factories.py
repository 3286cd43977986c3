"""A small district for tests, founded through the verbs."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tests.support.remembering import remembered

from linli.apps.places import services
from linli.apps.places.models import EstateKind, Level, OutlineDatum, Place, SafetyKind
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


@remembered
def make_place(code: str, name: str, level: Level, parent: Place | None = None) -> Place:
    return found(code=code, name=name, level=level, parent=parent, valid_from=FIRST_DAY, actor=None)


@remembered
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


OUTLINE = '{"type": "Polygon", "coordinates": [[[116.4, 39.9], [116.41, 39.9], [116.41, 39.91], [116.4, 39.9]]]}'


@remembered
def make_houses(community: Place) -> dict[str, Any]:
    """An estate of a community with a building of two stairwells and a door, and what is known of the community."""
    estate = services.add_estate(
        community=community, name="怡和园", kind=EstateKind.OLD, valid_from=FIRST_DAY, actor=None
    )
    building = services.add_building(
        community=community, estate=estate, name="2号楼", valid_from=FIRST_DAY, stairwells=2, actor=None
    )
    services.add_household(building, room="101", stairwell=building.stairwells.first(), actor=None)
    figure = services.enter_figure(
        place=community, kind="residents", value=Decimal(4500), source="社区台账", as_of=FIRST_DAY, actor=None
    )
    services.draw_outline(
        place=community, geojson=OUTLINE, datum=OutlineDatum.WGS84, source="规划部门", as_of=FIRST_DAY, actor=None
    )
    equipment = services.register_equipment(
        place=community, kind=SafetyKind.CAMERA, count=2, notice_at="北门", notice_on=FIRST_DAY, actor=None
    )
    return {"estate": estate, "building": building, "figure": figure, "equipment": equipment}
