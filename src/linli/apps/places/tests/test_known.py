"""Figures with their sources, outlines, and the register of safety equipment."""

import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from linli.apps.people.tests.factories import make_user
from linli.apps.places import queries, services
from linli.apps.places.models import Figure, Outline, OutlineDatum, SafetyEquipment, SafetyKind
from linli.apps.places.queries.drawing import area_of, draw
from linli.apps.places.queries.figures import figure_kinds
from linli.apps.places.services.outlines import polygons_of
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.scope import Role

DAY = date(2026, 6, 1)
SQUARE = [[[116.40, 39.90], [116.41, 39.90], [116.41, 39.91], [116.40, 39.91], [116.40, 39.90]]]


@pytest.fixture
def here(db: None) -> District:
    return make_district()


def enter(place: Any, value: str, *, kind: str = "residents", source: str = "社区台账", as_of: date = DAY) -> Figure:
    return services.enter_figure(place=place, kind=kind, value=Decimal(value), source=source, as_of=as_of, actor=None)


def test_it_keeps_every_figure_with_its_source_and_day(here: District) -> None:
    enter(here.community, "4321", source="2020年人口普查", as_of=date(2020, 11, 1))
    enter(here.community, "4500")
    enter(here.community, "4480", source="公安户籍")
    [line] = queries.profile(here.community)
    assert (line.written, [text for _row, text in line.rivals], [text for _row, text in line.older]) == (
        "4,480",
        ["4,500"],
        ["4,321"],
    )


def test_the_same_source_and_day_again_corrects_the_figure(here: District) -> None:
    enter(here.community, "4500")
    enter(here.community, "4501")
    assert list(Figure.objects.values_list("value", flat=True)) == [Decimal(4501)]


def test_parts_and_total_stand_side_by_side_where_they_differ(here: District) -> None:
    enter(here.street, "9000", source="街道统计年报")
    enter(here.community, "4500")
    [line] = queries.profile_with_parts(here.street)
    assert (line.written, line.parts and (line.parts.written, line.parts.given, line.parts.of), line.differs) == (
        "9,000",
        ("4,500", 1, 2),
        False,
    )
    enter(here.other_community, "3870")
    [line] = queries.profile_with_parts(here.street)
    assert (line.written, line.parts and line.parts.written, line.differs) == ("9,000", "8,370", True)


def test_the_reports_profiles_can_be_entered(here: District) -> None:
    reports = {
        "residents": "3870", "members": "35", "committee_officers": "9", "area": "0.21", "households": "1619",
        "shops": "150", "estates": "7", "buildings": "34", "branches": "5", "enterprises": "9",
        "branch_officers": "5", "party_workers": "8",
    }  # fmt: skip
    for kind, value in reports.items():
        enter(here.community, value, kind=kind)
    lines = queries.profile(here.community)
    assert {line.kind.code: line.written.replace(",", "") for line in lines} == reports


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"kind": "mood"}, "kind"),
        ({"value": "-1"}, "value"),
        ({"value": "1.5"}, "value"),
        ({"value": "NaN"}, "value"),
        ({"source": " "}, "source"),
        ({"as_of": date(2999, 1, 1)}, "as_of"),
    ],
)
def test_it_refuses_a_figure_without_sense(here: District, given: dict[str, Any], field: str) -> None:
    with pytest.raises(Refusal) as refusal:
        enter(here.community, **{"value": "1", **given})
    assert (refusal.value.field, Figure.objects.count()) == (field, 0)


@pytest.mark.sqlite_only
def test_every_kind_of_figure_has_a_unit_and_a_name_of_its_own() -> None:
    titles = [kind.title for kind in figure_kinds().values()]
    assert (len(titles), [kind.code for kind in figure_kinds().values() if not kind.unit]) == (len(set(titles)), [])


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"type": "Point", "coordinates": [116, 39]}',
        '{"type": "Polygon", "coordinates": []}',
        '{"type": "Polygon", "coordinates": [[[116, 39], [117, 39], [116, 39]]]}',
        '{"type": "Polygon", "coordinates": [[[116, 39], [117, 39], [117, 40], [116, 40]]]}',
        '{"type": "Polygon", "coordinates": [[[39, 116], [39, 117], [40, 117], [39, 116]]]}',
        '{"type": "Polygon", "coordinates": [[[NaN, 39], [117, 39], [117, 40], [NaN, 39]]]}',
        '{"type": "Polygon", "coordinates": [[["116", 39], [117, 39], [117, 40], ["116", 39]]]}',
        '{"type": "FeatureCollection", "features": []}',
        "[" * 20_000,
        " " * (512 * 1024 + 1),
        json.dumps({"type": "Polygon", "coordinates": [[[116, 39]] * 20_001]}),
    ],
    ids=lambda text: text[:40],
)
def test_it_refuses_what_is_no_outline(text: str) -> None:
    with pytest.raises(Refusal) as refusal:
        polygons_of(text)
    assert refusal.value.field == "geojson"


@pytest.mark.sqlite_only
def test_it_reads_polygons_from_every_shape_of_geojson() -> None:
    polygon = {"type": "Polygon", "coordinates": SQUARE}
    feature = {"type": "Feature", "geometry": polygon}
    many = {"type": "MultiPolygon", "coordinates": [SQUARE, SQUARE]}
    collection = {"type": "FeatureCollection", "features": [feature, {"type": "Feature", "geometry": many}]}
    assert [len(polygons_of(json.dumps(one))) for one in (polygon, feature, many, collection)] == [1, 1, 2, 3]


@pytest.mark.sqlite_only
def test_it_measures_an_outline_and_takes_holes_off() -> None:
    hole = [[116.402, 39.902], [116.404, 39.902], [116.404, 39.904], [116.402, 39.904], [116.402, 39.902]]
    whole, holed = area_of([SQUARE]), area_of([[*SQUARE, hole]])
    assert (round(whole, 3), round(holed / whole, 3)) == (0.948, 0.96)


def outline(place: Any, polygons: Any = SQUARE, datum: OutlineDatum = OutlineDatum.WGS84) -> Outline:
    geojson = json.dumps({"type": "Polygon", "coordinates": polygons})
    return services.draw_outline(place=place, geojson=geojson, datum=datum, source="规划部门", as_of=DAY, actor=None)


def test_it_draws_a_place_and_what_lies_in_it_without_a_word_of_style(here: District) -> None:
    rows = [outline(here.street), outline(here.community), outline(here.other_community, datum=OutlineDatum.GCJ02)]
    drawn = draw(here.street, rows)
    assert drawn is not None
    assert (
        drawn.picture.count("<path"),
        "style=" in drawn.picture,
        [(str(row["place"]), row["area"]) for row in drawn.rows],
        drawn.left_out,
    ) == (2, False, [("清河里街道", "0.948"), ("槐荫社区", "0.948")], ["南里社区"])


def test_a_name_in_the_picture_cannot_become_markup(here: District) -> None:
    here.community.name = "<script>"
    row = outline(here.community)
    row.place = here.community
    drawn = draw(here.community, [row])
    assert drawn is not None
    assert "<script>" not in drawn.picture


def test_a_place_has_one_outline_the_latest(here: District) -> None:
    outline(here.community)
    outline(here.community, datum=OutlineDatum.GCJ02)
    assert list(Outline.objects.values_list("datum", flat=True)) == ["gcj02"]


def register(place: Any, *, filed_on: date | None = None, actor: Any = None, **given: Any) -> SafetyEquipment:
    row: dict[str, Any] = {"kind": SafetyKind.CAMERA, "count": 12, "notice_at": "北门", "notice_on": DAY, **given}
    return services.register_equipment(place=place, filed_on=filed_on, actor=actor, **row)


def test_the_register_holds_kind_number_notice_and_filing_and_nothing_else() -> None:
    assert sorted(field.name for field in SafetyEquipment._meta.concrete_fields) == [
        "count", "filed_on", "id", "kind", "notice_at", "notice_on", "place",
    ]  # fmt: skip


def test_it_tells_what_is_to_be_filed_before_on_and_after_the_thirtieth_day(here: District) -> None:
    register(here.community)
    last = DAY + timedelta(days=30)
    days = (DAY, last, last + timedelta(days=1))
    states = [[filing.state for filing in queries.filings(here.community, on=day)] for day in days]
    assert states == [["open"], ["open"], ["late"]]


def test_what_was_filed_is_never_late(here: District) -> None:
    row = register(here.community)
    services.change_equipment(row, count=12, notice_at="北门", notice_on=DAY, filed_on=date(2026, 9, 1), actor=None)
    assert [filing.state for filing in queries.filings(here.community, on=date(2026, 9, 2))] == ["filed"]


def test_it_refuses_equipment_without_a_notice_and_a_second_row_for_one(here: District) -> None:
    register(here.community)
    for given in ({"notice_at": " "}, {"count": 0}, {"notice_on": date(2999, 1, 1)}, {}):
        with pytest.raises(Refusal):
            register(here.community, **given)
    assert SafetyEquipment.objects.count() == 1


def test_only_who_works_in_the_community_keeps_what_is_known_of_it(here: District) -> None:
    worker = make_user(Role.COMMUNITY_WORKER, here.other_community)
    with pytest.raises(NotAllowed):
        register(here.community, actor=worker)
    with pytest.raises(NotAllowed):
        services.enter_figure(
            place=here.community, kind="residents", value=Decimal(1), source="台账", as_of=DAY, actor=worker
        )
    assert (SafetyEquipment.objects.count(), Figure.objects.count()) == (0, 0)
