"""Renaming, recoding, ending, merging and dividing places; what was before stays."""

from datetime import date

import pytest

from linli.apps.people.tests.factories import make_user
from linli.apps.places import queries, services
from linli.apps.places.models import (
    Building,
    Estate,
    EstateKind,
    GridCover,
    Level,
    Place,
    PlaceName,
    PlacePath,
    Predecessor,
)
from linli.apps.places.services import NewPlace
from linli.apps.places.tests.factories import FIRST_DAY, District, make_district, make_place
from linli.kernel import search
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)


def make_estate(community: Place, name: str = "怡和园") -> Estate:
    return services.add_estate(community=community, name=name, kind=EstateKind.OLD, valid_from=FIRST_DAY, actor=None)


def new(code: str, name: str) -> NewPlace:
    return NewPlace(code, name, Level.COMMUNITY)


def labels(rows: object) -> list[str]:
    return [str(row) for row in rows]  # type: ignore[attr-defined]


def test_it_keeps_the_old_name_and_finds_the_place_by_both() -> None:
    here = make_district()
    leader = make_user(Role.LEADER, here.district)
    services.rename(here.community, name="槐安社区", on=DAY, actor=None, document="和政发〔2026〕3号")
    assert list(PlaceName.objects.values_list("name", "code", "valid_from", "valid_to", "document")) == [
        ("槐荫社区", "990101001001", FIRST_DAY, DAY, "和政发〔2026〕3号")
    ]
    found = [[one.label for one in search.find(word, actor=leader)] for word in ("槐安", "槐荫")]
    assert found == [["槐安社区"], ["槐安社区"]]


def test_it_knows_what_a_place_was_called_before_on_and_after_the_day() -> None:
    here = make_district()
    services.rename(here.community, name="槐安社区", on=DAY, actor=None)
    days = (date(2026, 5, 31), DAY, date(2026, 6, 2))
    assert [queries.named_on(here.community, day) for day in days] == ["槐荫社区", "槐安社区", "槐安社区"]


def test_it_refuses_a_day_before_the_last_change_and_one_to_come() -> None:
    here = make_district()
    services.rename(here.community, name="槐安社区", on=DAY, actor=None)
    for day in (date(2026, 5, 31), date(2999, 1, 1)):
        with pytest.raises(Refusal) as refusal:
            services.rename(here.community, name="槐平社区", on=day, actor=None)
        assert refusal.value.field == "on"
    assert list(Place.objects.filter(pk=here.community.pk).values_list("name")) == [("槐安社区",)]


def test_codes_below_follow_a_new_code_and_the_old_ones_are_kept() -> None:
    here = make_district()
    services.recode(here.community, code="990101001007", on=DAY, actor=None)
    here.grid.refresh_from_db()
    former = PlaceName.objects.order_by("code").values_list("place__name", "code", "valid_to")
    assert (here.grid.code, list(former)) == (
        "990101001007001",
        [("槐荫社区", "990101001001", DAY), ("第一网格", "990101001001001", DAY)],
    )


def test_a_community_moves_to_another_street_with_all_below() -> None:
    here = make_district()
    services.recode(here.community, code="990101002005", parent=here.neighbour_street, on=DAY, actor=None)
    here.grid.refresh_from_db()
    paths = PlacePath.objects.filter(descendant=here.grid).order_by("depth").values_list("ancestor__name", "depth")
    assert (here.grid.code, here.grid.street, list(paths)) == (
        "990101002005001",
        here.neighbour_street,
        [("第一网格", 0), ("槐荫社区", 1), ("望桥街道", 2), ("和安区", 3)],
    )


def test_it_refuses_a_loop_and_leaves_no_trace() -> None:
    here = make_district()
    before = list(PlacePath.objects.order_by("id").values_list("ancestor", "descendant", "depth"))
    for parent in (here.street, here.grid, here.community):
        with pytest.raises(Refusal) as refusal:
            services.recode(here.street, code="990101001007", parent=parent, on=DAY, actor=None)
        assert refusal.value.code == "loop"
    assert list(PlacePath.objects.order_by("id").values_list("ancestor", "descendant", "depth")) == before


@pytest.mark.parametrize(
    ("code", "field"),
    [("990101002005", "code"), ("990101001002", "code"), ("99010100100", "code"), ("990101001001", "code")],
)
def test_it_refuses_a_new_code_of_another_parent_taken_malformed_or_the_same(code: str, field: str) -> None:
    here = make_district()
    with pytest.raises(Refusal) as refusal:
        services.recode(here.community, code=code, on=DAY, actor=None)
    assert (refusal.value.field, PlaceName.objects.count()) == (field, 0)


def test_it_ends_a_place_with_all_that_lies_below() -> None:
    here = make_district()
    estate = make_estate(here.community)
    building = services.add_building(
        community=here.community, estate=estate, name="2号楼", valid_from=FIRST_DAY, actor=None
    )
    services.cover(here.grid, building=building, on=FIRST_DAY, actor=None)
    services.end(here.community, on=DAY, actor=None, document="和政发〔2026〕4号")
    ends = [model.objects.get().valid_to for model in (Estate, Building, GridCover)]
    assert (list(Place.objects.filter(valid_to=DAY).values_list("name", flat=True)), ends) == (
        ["槐荫社区", "第一网格"],
        [DAY, DAY, DAY],
    )
    with pytest.raises(Refusal):
        services.rename(here.community, name="槐安社区", on=DAY, actor=None)


def nine_villages(here: District) -> list[Place]:
    return [make_place(f"9901010012{n:02d}", f"第{n}村", Level.VILLAGE, here.street) for n in range(1, 10)]


def test_nine_villages_become_one_community_that_names_them_all() -> None:
    here = make_district()
    villages = nine_villages(here)
    grids = [make_place(f"{place.code}001", "村网格", Level.GRID, place) for place in villages]
    estate = make_estate(villages[3])
    heir = services.merge(villages, into=new("990101001009", "九合社区"), on=DAY, actor=None, document="3号")
    estate.refresh_from_db()
    assert (
        labels(row.predecessor for row in queries.came_from(heir)),
        set(Place.objects.filter(pk__in=[place.pk for place in villages]).values_list("valid_to", flat=True)),
        list(Place.objects.filter(pk__in=[grid.pk for grid in grids]).order_by("code").values_list("code", flat=True)),
        estate.community,
    ) == (
        [f"第{n}村" for n in range(1, 10)],
        {DAY},
        [f"990101001009{n:03d}" for n in range(1, 10)],
        heir,
    )


def test_a_place_that_ended_leads_to_its_successors() -> None:
    here = make_district()
    services.merge([here.community], into=here.other_community, on=DAY, actor=None)
    third = services.merge(
        [here.other_community, make_place("990101001005", "小里社区", Level.COMMUNITY, here.street)],
        into=new("990101001006", "合里社区"),
        on=date(2026, 7, 1),
        actor=None,
    )
    here.community.refresh_from_db()
    assert (labels(queries.heirs(here.community)), queries.heirs(third)) == (["合里社区"], [third])


def test_a_merger_into_itself_or_across_levels_is_refused() -> None:
    here = make_district()
    for places, into in (
        ([here.community], here.community),
        ([here.community], here.grid),
        ([here.street], here.community),
        ([here.community], new("990101001006", "合里社区")),
        ([], here.community),
    ):
        with pytest.raises(Refusal):
            services.merge(places, into=into, on=DAY, actor=None)
    assert (Predecessor.objects.count(), Place.objects.filter(valid_to__isnull=False).count()) == (0, 0)


def test_estates_of_one_name_do_not_meet_in_a_merger() -> None:
    here = make_district()
    make_estate(here.community)
    make_estate(here.other_community)
    with pytest.raises(Refusal) as refusal:
        services.merge([here.community], into=here.other_community, on=DAY, actor=None)
    here.community.refresh_from_db()
    assert (refusal.value.code, here.community.valid_to) == ("names-meet", None)


def test_grids_that_merge_hand_their_buildings_on() -> None:
    here = make_district()
    second = make_place("990101001001002", "第二网格", Level.GRID, here.community)
    building = services.add_building(community=here.community, name="2号楼", valid_from=FIRST_DAY, actor=None)
    services.cover(here.grid, building=building, on=FIRST_DAY, actor=None)
    services.merge([here.grid], into=second, on=DAY, actor=None)
    seen = [queries.grid_of(building, on=day) for day in (date(2026, 5, 31), DAY)]
    assert [cover and cover.grid for cover in seen] == [here.grid, second]


def test_a_division_shares_what_lies_below_and_keeps_the_rest() -> None:
    here = make_district()
    stays, goes = make_estate(here.community), make_estate(here.community, "泉里苑")
    building = services.add_building(
        community=here.community, estate=goes, name="1号楼", valid_from=FIRST_DAY, actor=None
    )
    services.cover(here.grid, building=building, on=FIRST_DAY, actor=None)
    [part] = services.split(
        here.community, parts=[new("990101001008", "泉里社区")], keep=True, shares={goes.pk: 0}, on=DAY, actor=None
    )
    here.community.refresh_from_db()
    building.refresh_from_db()
    stays.refresh_from_db()
    assert (here.community.valid_to, stays.community, building.community, part.predecessors.get().predecessor) == (
        None, here.community, part, here.community,
    )  # fmt: skip
    assert [queries.grid_of(building, on=day) is not None for day in (date(2026, 5, 31), DAY)] == [True, False]


def test_a_place_divided_into_two_ends_and_names_both() -> None:
    here = make_district()
    parts = services.split(
        here.community,
        parts=[new("990101001007", "槐东社区"), new("990101001008", "槐西社区")],
        shares={here.grid.pk: 1},
        on=DAY,
        actor=None,
    )
    here.grid.refresh_from_db()
    here.community.refresh_from_db()
    assert (labels(queries.heirs(here.community)), here.grid.parent, here.grid.code) == (
        ["槐东社区", "槐西社区"],
        parts[1],
        "990101001008001",
    )


def test_only_who_looks_after_the_street_changes_its_places() -> None:
    here = make_district()
    worker = make_user(Role.COMMUNITY_WORKER, here.community)
    neighbour = make_user(Role.STREET_OFFICER, here.neighbour_street)
    officer = make_user(Role.STREET_OFFICER, here.street)
    for actor in (worker, neighbour):
        with pytest.raises(NotAllowed):
            services.rename(here.community, name="槐安社区", on=DAY, actor=actor)
    with pytest.raises(NotAllowed):
        services.recode(here.community, code="990101002005", parent=here.neighbour_street, on=DAY, actor=officer)
    services.rename(here.community, name="槐安社区", on=DAY, actor=officer)
    assert Place.objects.get(pk=here.community.pk).name == "槐安社区"
