"""From what somebody wrote to the door and the grid in charge on a day."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from linli.apps.places import services
from linli.apps.places.models import Building, EstateKind, Level, Place
from linli.apps.places.queries import Resolution, Resolver, resolve
from linli.apps.places.services import NewPlace
from linli.apps.places.tests.factories import FIRST_DAY, District, make_district, make_place

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)
BEFORE, AFTER = date(2026, 5, 31), date(2026, 6, 2)


def make_building(community: Place, estate: str = "怡和园", aliases: str = "", address: str = "") -> Building:
    """2号楼 of an estate: three stairwells, the door 501 in the third."""
    grounds = services.add_estate(
        community=community,
        name=estate,
        kind=EstateKind.OLD,
        valid_from=FIRST_DAY,
        actor=None,
        aliases=aliases,
        address=address,
    )
    building = services.add_building(
        community=community, estate=grounds, name="2号楼", valid_from=FIRST_DAY, actor=None, stairwells=3
    )
    third = building.stairwells.get(number="3")
    services.add_household(building, room="501", stairwell=third, actor=None)
    return building


def cover(here: District, building: Building) -> Place:
    """The first grid looks after the building, a second one after its third stairwell from June."""
    second = make_place("990101001001002", "第二网格", Level.GRID, here.community)
    services.cover(here.grid, building=building, on=FIRST_DAY, actor=None)
    services.cover(second, stairwell=building.stairwells.get(number="3"), on=DAY, actor=None)
    return second


def told(answer: Resolution) -> dict[str, object]:
    """What was found, in words."""
    found = {
        "chain": "/".join(place.name for place in answer.chain),
        "estate": answer.estate and answer.estate.name,
        "building": answer.building and answer.building.name,
        "stairwell": answer.stairwell and answer.stairwell.number,
        "household": answer.household and answer.household.room,
        "grid": answer.grid and answer.grid.name,
        "rest": answer.rest,
        "candidates": [candidate.full_name for candidate in answer.candidates],
    }
    return {name: value for name, value in found.items() if value}


HOME = {
    "chain": "和安区/清河里街道/槐荫社区", "estate": "怡和园", "building": "2号楼", "stairwell": "3",
    "household": "501", "grid": "第二网格",
}  # fmt: skip
WITHOUT_DOOR = {**HOME, "grid": "第一网格"}
del WITHOUT_DOOR["stairwell"], WITHOUT_DOOR["household"]


@pytest.mark.parametrize(
    "text",
    [
        "和安区清河里街道槐荫社区怡和园2号楼3单元501",
        "清河里街道槐荫社区怡和园２号楼３单元５０１室",
        "槐荫怡和园二号楼三门501",
        "怡和园2#3-501",
        "怡和小区2栋3单元501号",
        "槐荫社区居委会 怡和园 2-3-501",
        "槐荫社区2号楼3单元501",
    ],
)
def test_it_leads_to_the_door_and_the_grid_in_charge(text: str) -> None:
    here = make_district()
    cover(here, make_building(here.community, aliases="怡和小区、老怡和园"))
    assert told(resolve(text, on=DAY)) == HOME


def test_the_grid_is_the_one_of_that_day() -> None:
    here = make_district()
    cover(here, make_building(here.community))
    grids = [resolve("槐荫社区怡和园2号楼3单元501", on=day).grid for day in (BEFORE, DAY, AFTER)]
    assert [str(grid) for grid in grids] == ["第一网格", "第二网格", "第二网格"]


def test_a_stairwell_without_a_grid_of_its_own_has_the_buildings() -> None:
    here = make_district()
    cover(here, make_building(here.community))
    assert told(resolve("怡和园2号楼1单元", on=DAY)) == {**WITHOUT_DOOR, "stairwell": "1"}


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("槐荫社区怡和园2号楼楼下", "楼下"),
        ("槐荫社区怡和园2号楼东侧快递柜", "东侧快递柜"),
        ("槐荫社区怡和园2号楼旁永辉超市", "旁永辉超市"),
        ("怡和园2号楼9单元", "9单元"),
        ("怡和园2号楼601", "601"),
    ],
)
def test_it_keeps_what_it_did_not_understand(text: str, rest: str) -> None:
    here = make_district()
    cover(here, make_building(here.community))
    assert told(resolve(text, on=DAY)) == {**WITHOUT_DOOR, "rest": rest}


@pytest.mark.parametrize("text", ["槐荫社区东门", "槐荫永辉超市旁", "清河里街道槐荫楼下"])
def test_gates_and_shops_lead_to_the_community_and_its_only_grid(text: str) -> None:
    make_district()
    answer = resolve(text, on=DAY)
    assert (told(answer)["chain"], told(answer)["grid"], told(answer)["rest"]) == (
        "和安区/清河里街道/槐荫社区",
        "第一网格",
        text.removeprefix("清河里街道").removeprefix("槐荫").removeprefix("社区"),
    )


def test_a_building_of_an_estate_it_does_not_know_is_not_guessed() -> None:
    here = make_district()
    make_building(here.community)
    answer = resolve("槐荫社区新梅园2号楼3单元501", on=DAY)
    assert (answer.building, answer.rest) == (None, "新梅园2号楼3单元501")


def test_a_street_and_number_lead_to_the_estate_that_stands_there() -> None:
    here = make_district()
    building = make_building(here.community, address="幸福路12号")
    assert resolve("槐荫社区幸福路12号2号楼", on=DAY).building == building


def test_buildings_of_one_number_in_two_estates_are_candidates() -> None:
    here = make_district()
    make_building(here.community)
    make_building(here.community, estate="怡兴园")
    answer = resolve("槐荫社区2号楼", on=DAY)
    assert told(answer) == {
        "chain": "和安区/清河里街道/槐荫社区",
        "rest": "2号楼",
        "candidates": ["和安区清河里街道槐荫社区怡兴园2号楼", "和安区清河里街道槐荫社区怡和园2号楼"],
    }


def test_namesakes_in_two_streets_are_candidates_until_the_street_is_written() -> None:
    here = make_district()
    make_place("990101002002", "槐荫社区", Level.COMMUNITY, here.neighbour_street)
    candidates = ["和安区清河里街道槐荫社区", "和安区望桥街道槐荫社区"]
    assert told(resolve("槐荫社区2号楼", on=DAY)) == {"chain": "和安区", "candidates": candidates, "rest": "2号楼"}
    assert resolve("望桥街道槐荫社区2号楼", on=DAY).chain[1:] == (
        here.neighbour_street,
        Place.objects.get(code="990101002002"),
    )
    assert resolve("槐荫社区2号楼", on=DAY, within=here.street).place == here.community


def test_it_finds_nothing_outside_the_place_it_is_asked_to_stay_in() -> None:
    here = make_district()
    answer = resolve("桥头社区", on=DAY, within=here.street)
    assert (answer.chain, answer.candidates, answer.how) == ((), [], "所写的地点不在清河里街道内。")


def test_an_old_name_leads_to_the_place_and_says_since_when() -> None:
    here = make_district()
    services.rename(here.community, name="槐安社区", on=DAY, actor=None)
    answer = resolve("清河里街道槐荫社区", on=AFTER)
    assert (answer.place, answer.told[0]) == (here.community, "槐荫社区自2026年6月1日起改称槐安社区。")


def test_a_merged_community_leads_to_its_successor_from_that_day_on() -> None:
    here = make_district()
    services.merge([here.other_community], into=here.community, on=DAY, actor=None)
    answers = [resolve("南里社区", on=day) for day in (BEFORE, DAY, AFTER)]
    assert [answer.place for answer in answers] == [here.other_community, here.community, here.community]
    assert answers[1].told[0] == "南里社区当日不存在，当时或此后对应槐荫社区。"


def test_a_divided_community_leads_to_its_parts_as_candidates() -> None:
    here = make_district()
    parts = [NewPlace(f"99010100100{end}", name, Level.COMMUNITY) for end, name in ((5, "南一社区"), (6, "南二社区"))]
    services.split(here.other_community, parts=parts, on=DAY, actor=None)
    assert told(resolve("南里社区", on=DAY))["candidates"] == ["和安区清河里街道南一社区", "和安区清河里街道南二社区"]


def test_a_new_place_of_an_old_name_goes_before_the_old_one() -> None:
    here = make_district()
    services.merge([here.other_community], into=here.community, on=DAY, actor=None)
    again = services.found(
        code="990101001009",
        name="南里社区",
        level=Level.COMMUNITY,
        parent=here.street,
        valid_from=DAY,
        actor=None,
    )
    assert resolve("南里社区", on=DAY).place == again


def test_it_reads_a_name_that_was_given_a_moment_ago() -> None:
    here = make_district()
    assert resolve("槐安社区", on=DAY).place is None
    services.rename(here.community, name="槐安社区", on=DAY, actor=None)
    assert resolve("槐安社区", on=DAY).place == here.community


def test_a_street_alone_is_told_as_such() -> None:
    here = make_district()
    answer = resolve("清河里街道怡园2号楼", on=DAY)
    assert (answer.place, answer.rest) == (here.street, "怡园2号楼")


def test_words_without_a_name_lead_nowhere() -> None:
    make_district()
    answer = resolve("楼道灯坏了", on=DAY)
    assert (answer.chain, answer.candidates, answer.rest) == ((), [], "楼道灯坏了")


def test_it_asks_the_database_as_often_for_one_community_as_for_thirty(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    here = make_district()
    cover(here, make_building(here.community))
    for many in (0, 30):
        for number in range(many):
            make_place(f"9901010020{number + 10}", f"望桥{number}社区", Level.COMMUNITY, here.neighbour_street)
        with django_assert_num_queries(10):
            assert told(resolve("槐荫社区怡和园2号楼3单元501", on=DAY)) == HOME


def test_many_texts_of_a_day_read_the_names_once(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    make_district()
    with django_assert_num_queries(4 + 2 * 3):
        reader = Resolver(on=DAY)
        assert [str(reader(text).place) for text in ("槐荫社区", "南里", "望桥街道桥头社区")] == [
            "槐荫社区",
            "南里社区",
            "桥头社区",
        ]


def test_of_a_letter_only_the_beginning_is_read() -> None:
    here = make_district()
    answers = [resolve(f"{'您好' * many}，清河里街道槐荫社区{'12' * 5000}", on=DAY) for many in (3, 300)]
    assert ([answer.place for answer in answers], max(len(answer.text) for answer in answers)) == (
        [here.community, None],
        400,
    )


def test_grids_and_points_are_no_part_of_an_address() -> None:
    make_district()
    assert resolve("第一网格", on=DAY).chain == ()
