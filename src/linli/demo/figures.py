"""Figures of public reports, each with its source and day; invented outlines; registered safety equipment."""

import json
from datetime import date
from decimal import Decimal

from linli.apps.places.models import OutlineDatum, Place, SafetyKind
from linli.apps.places.services import draw_outline, enter_figure, register_equipment
from linli.demo.streets import DISTRICT, FROM_VILLAGES, MAIN, MANY_STAIRWELLS, PARK, SMALL, STREET, Here
from linli.kernel.scope import Actor

SOURCE = "公开报告中的数字，用于演示"
AS_OF = date(2023, 12, 31)
FIGURES: tuple[tuple[str, dict[str, str]], ...] = (
    (MAIN, {"area": "0.21", "households": "1619", "residents": "4500", "shops": "150", "members": "129", "estates": "3",
            "branches": "3"}),
    (MANY_STAIRWELLS, {"estates": "7", "buildings": "34", "residents": "7000", "members": "165", "stairwells": "164",
                       "committee_officers": "17", "representatives": "61", "stairwell_heads": "164", "branches": "6"}),
    (SMALL, {"residents": "3870", "members": "35", "committee_officers": "9"}),
    (PARK, {"branches": "5", "enterprises": "9", "members": "80", "branch_officers": "5", "party_workers": "8"}),
    (DISTRICT, {"estates": "460"}),
)  # fmt: skip
"""Place -> figures as they were printed (H01, H02, G13, G15, G01, G39, E01). Nothing is made to add up."""
EARLIER = ((MANY_STAIRWELLS, "residents", "6820", date(2019, 12, 31)), (MAIN, "shops", "131", date(2020, 12, 31)))
EAST, NORTH = 116.0, 40.0
"""Somewhere on blank ground: outlines are invented."""
OUTLINES: tuple[tuple[str, tuple[tuple[int, int], ...]], ...] = (
    (STREET, ((0, 0), (30, -4), (58, 2), (70, 20), (62, 44), (38, 52), (12, 46), (-6, 24), (0, 0))),
    (MAIN, ((20, 18), (29, 17), (31, 25), (26, 29), (19, 26), (20, 18))),
    (MANY_STAIRWELLS, ((33, 20), (45, 19), (47, 31), (36, 33), (33, 20))),
    (FROM_VILLAGES, ((4, 28), (16, 27), (18, 41), (8, 42), (4, 28))),
)
EQUIPMENT = (
    (MAIN, SafetyKind.CAMERA, 16, "银杏里小区南门公告栏", date(2022, 5, 10), date(2022, 5, 6)),
    (MAIN, SafetyKind.ACCESS, 48, "银杏里小区各单元门旁", date(2021, 9, 1), date(2021, 8, 27)),
    (MAIN, SafetyKind.ALARM, 6, "安和家园物业服务中心", date(2023, 3, 15), None),
    (MANY_STAIRWELLS, SafetyKind.CAMERA, 22, "柳塘路口公告栏", date(2020, 11, 2), date(2020, 10, 28)),
    (MANY_STAIRWELLS, SafetyKind.FIRE, 164, "各楼门一层", date(2024, 4, 20), None),
    (SMALL, SafetyKind.CAMERA, 8, "小区东门", date(2023, 6, 1), date(2023, 5, 25)),
)


def enter_figures(here: Here, actor: Actor) -> None:
    """Enter figures, older figures, outlines and equipment."""
    for name, values in FIGURES:
        for kind, value in values.items():
            _enter(here, here.places[name], kind, value, AS_OF)
    for name, kind, value, as_of in EARLIER:
        _enter(here, here.places[name], kind, value, as_of)
    for name, points in OUTLINES:
        draw_outline(
            place=here.places[name],
            geojson=json.dumps({"type": "Polygon", "coordinates": [[_point(east, north) for east, north in points]]}),
            datum=OutlineDatum.WGS84,
            source="虚构的示意轮廓",
            as_of=here.first_day,
            actor=actor,
            at=here.on(2),
        )
    for name, safety, count, notice_at, notice_on, filed_on in EQUIPMENT:
        register_equipment(
            place=here.places[name],
            kind=safety,
            count=count,
            notice_at=notice_at,
            notice_on=notice_on,
            filed_on=filed_on,
            actor=actor,
            at=here.on(3),
        )


def _point(east: int, north: int) -> list[float]:
    return [EAST + east / 1000, NORTH + north / 1000]


def _enter(here: Here, place: Place, kind: str, value: str, as_of: date) -> None:
    enter_figure(place=place, kind=kind, value=Decimal(value), source=SOURCE, as_of=as_of, actor=None, at=here.on(2))
