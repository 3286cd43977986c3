"""What a code says, and what is refused of it."""

import pytest

from linli.apps.places.models import Level, Place
from linli.apps.places.queries import codes, words
from linli.apps.places.services import found
from linli.apps.places.tests.factories import FIRST_DAY, make_district, make_place
from linli.kernel.errors import Refusal


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("990101000000", Level.DISTRICT),
        ("990101001000", Level.STREET),
        ("990101001001", Level.COMMUNITY),
        ("990101001200", Level.VILLAGE),
        ("990101001400", Level.COMMUNITY),
        ("990101001001001", Level.GRID),
        ("990101001001001001", Level.POINT),
        ("99010100100", None),
        ("9901010010011", None),
        ("99010100100a", None),
        ("000000000000", None),
        ("９９０１０１００１００１", None),
    ],
)
def test_it_reads_the_level_from_a_code(code: str, level: Level | None) -> None:
    assert codes.level_of(code) == level


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("digits", "title"),
    [
        ("001", "街道"),
        ("099", "街道"),
        ("100", "镇"),
        ("199", "镇"),
        ("200", "乡"),
        ("399", "乡"),
        ("400", "类似乡级单位"),
        ("599", "类似乡级单位"),
        ("600", "None"),
    ],
)
def test_it_tells_a_street_from_a_town_by_its_code(digits: str, title: str) -> None:
    assert str(codes.township_of(f"990101{digits}000")) == title


@pytest.mark.sqlite_only
def test_it_finds_a_communitys_digits_odd_outside_the_usual_and_allows_them() -> None:
    told = [len(codes.oddities(f"990101001{last}", level)) for last, level in (
        ("001", Level.COMMUNITY), ("199", Level.COMMUNITY), ("200", Level.COMMUNITY), ("400", Level.COMMUNITY),
        ("199", Level.VILLAGE), ("200", Level.VILLAGE), ("399", Level.VILLAGE), ("400", Level.VILLAGE),
    )]  # fmt: skip
    assert told == [0, 0, 1, 1, 1, 0, 0, 1]


@pytest.mark.django_db
def test_it_refuses_a_street_code_the_standard_does_not_know() -> None:
    here = make_district()
    with pytest.raises(Refusal) as refusal:
        make_place("990101600000", "开发区", Level.STREET, here.district)
    assert (refusal.value.field, Place.objects.filter(code="990101600000").exists()) == ("code", False)


@pytest.mark.django_db
def test_it_gives_the_code_of_an_ended_place_to_another_from_that_day_on() -> None:
    here = make_district()
    Place.objects.filter(pk=here.other_community.pk).update(valid_to="2026-06-01")
    asked = {"code": here.other_community.code, "name": "新社区", "level": Level.COMMUNITY, "parent": here.street}
    with pytest.raises(Refusal):
        found(**asked, valid_from=FIRST_DAY.replace(month=5), actor=None)
    found(**asked, valid_from=FIRST_DAY.replace(month=6), actor=None)
    assert list(Place.objects.filter(code=here.other_community.code).order_by("valid_from").values_list("name")) == [
        ("南里社区",),
        ("新社区",),
    ]


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("2号楼", "2"),
        ("２栋", "2"),
        ("二号楼", "2"),
        ("十二幢", "12"),
        ("甲5号", "甲5"),
        ("A座", "a"),
        ("一〇二号楼", "102"),
        ("配楼", "配"),
        ("楼", "楼"),
    ],
)
def test_it_knows_a_building_however_it_is_written(written: str, key: str) -> None:
    assert words.building_key(written) == key


@pytest.mark.sqlite_only
def test_it_knows_a_stairwell_and_a_door_however_they_are_written() -> None:
    assert (
        [words.stairwell_number(text) for text in ("3单元", "三单元", "３门", "3", "A单元")],
        [words.room_number(text) for text in ("501", "５０１室", "501号", "底商2", "五〇一")],
    ) == (["3", "3", "3", "3", "A"], ["501", "501", "501", "底商2", "501"])
