"""Places of one name told apart wherever they are shown."""

import csv
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from linli.apps.people.tests.factories import make_user
from linli.apps.places import queries, services
from linli.apps.places.models import Level, Place
from linli.apps.places.tests.factories import FIRST_DAY, make_district, make_place
from linli.kernel.refs import ref_of, resolve
from linli.kernel.scope import Role

DATA = Path(os.environ.get("LINLI_DATA") or Path(__file__).resolve().parents[6] / "shared" / "data") / "divisions"
NAMES = {"朝阳区", "西南街道", "辛店街道"}


def rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@pytest.mark.django_db
def test_it_leaves_a_name_alone_that_nobody_else_has() -> None:
    here = make_district()
    assert [str(place) for place in Place.objects.filter(pk__in=[here.street.pk, here.grid.pk])] == [
        "清河里街道",
        "第一网格",
    ]


@pytest.mark.django_db
def test_it_adds_as_much_of_what_lies_above_as_tells_namesakes_apart() -> None:
    here = make_district()
    twin = make_place("990101001002001", "第一网格", Level.GRID, here.other_community)
    across = make_place("990101002002", "槐荫社区", Level.COMMUNITY, here.neighbour_street)
    third = make_place("990101002002001", "第一网格", Level.GRID, across)
    shown = [str(Place.objects.get(pk=place.pk)) for place in (here.grid, twin, third, here.community, across)]
    assert shown == [
        "清河里街道槐荫社区第一网格",
        "南里社区第一网格",
        "望桥街道槐荫社区第一网格",
        "清河里街道槐荫社区",
        "望桥街道槐荫社区",
    ]


@pytest.mark.django_db
def test_it_shortens_a_label_again_when_the_namesake_is_renamed() -> None:
    here = make_district()
    twin = make_place("990101002002", "槐荫社区", Level.COMMUNITY, here.neighbour_street)
    services.rename(twin, name="槐安社区", on=FIRST_DAY.replace(month=3), actor=None)
    assert [str(Place.objects.get(pk=place.pk)) for place in (here.community, twin)] == ["槐荫社区", "槐安社区"]


@pytest.mark.django_db
def test_it_shows_the_label_where_a_place_is_pointed_at() -> None:
    here = make_district()
    make_place("990101001002001", "第一网格", Level.GRID, here.other_community)
    ref = ref_of(here.grid)
    leader = make_user(Role.LEADER, here.district)
    assert resolve([ref], actor=leader)[ref].label == "槐荫社区第一网格"


@pytest.mark.django_db
def test_it_says_the_whole_chain_as_an_address_does() -> None:
    here = make_district()
    Place.objects.filter(pk=here.district.pk).update(region="北川市")
    assert queries.full_name(here.grid) == "北川市和安区清河里街道槐荫社区第一网格"


@pytest.mark.django_db
@pytest.mark.skipif(not DATA.exists(), reason="the data of ../shared/data/divisions is not here")
def test_it_tells_the_districts_and_streets_of_one_name_in_the_country_apart() -> None:
    cities = {row["code"]: row["name"].replace("市辖区", "") for row in rows("cities.csv")}
    provinces = {row["code"]: row["name"] for row in rows("provinces.csv")}
    streets = [row for row in rows("streets.csv") if row["name"] in NAMES]
    wanted = {row["areaCode"] for row in streets}
    districts: dict[str, Place] = {}
    for row in rows("areas.csv"):
        if row["name"] in NAMES or row["code"] in wanted:
            districts[row["code"]] = services.found(
                code=row["code"] + "000000",
                name=row["name"],
                level=Level.DISTRICT,
                region=provinces[row["provinceCode"]] + cities[row["cityCode"]],
                valid_from=FIRST_DAY,
                actor=None,
            )
    for row in streets:
        make_place(row["code"] + "000", row["name"], Level.STREET, districts[row["areaCode"]])
    named = Place.objects.filter(name__in=NAMES).order_by("code").values_list("name", "label")
    assert list(named) == [
        ("朝阳区", "北京市朝阳区"),
        ("西南街道", "榆次区西南街道"),
        ("西南街道", "介休市西南街道"),
        ("朝阳区", "吉林省长春市朝阳区"),
        ("辛店街道", "临淄区辛店街道"),
        ("辛店街道", "东营区辛店街道"),
        ("辛店街道", "洛阳高新技术产业开发区辛店街道"),
        ("西南街道", "三水区西南街道"),
    ]
