"""Places from workbooks: a first list, a year's changes, estates, buildings, households; twice changes nothing."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places import queries
from linli.apps.places.models import Building, Estate, GridCover, Household, Place, PlaceName, PlacePath, Predecessor
from linli.apps.places.tables import BUILDINGS, CHANGES, ESTATES, HOUSEHOLDS, PLACES
from linli.apps.places.tests.factories import District, make_district
from linli.kernel import tables
from linli.kernel.jobs.worker import run_waiting
from linli.kernel.scope import Role
from linli.kernel.tables import Import, ImportState, Sheet

pytestmark = pytest.mark.django_db
DAY = "2026-06-01"


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> None:
    """A folder for uploads of every test's own."""
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": backend}


@pytest.fixture
def here() -> District:
    return make_district()


@pytest.fixture
def officer(here: District) -> User:
    return make_user(Role.STREET_OFFICER, here.street)


@pytest.fixture
def worker(here: District) -> User:
    return make_user(Role.COMMUNITY_WORKER, here.community)


def read(sheet: Sheet, rows: Sequence[Sequence[Any]], actor: User) -> Import:
    """The import of these rows under the sheet's own headings, as far as its preview."""
    head = [column.title for column in sheet.columns]
    text = "\n".join(",".join(str(cell) for cell in row) for row in (head, *rows))
    batch = tables.start(ContentFile(text.encode("utf-8-sig"), name="表.csv"), sheet=sheet.name, actor=actor)
    run_waiting()
    batch.refresh_from_db()
    assert batch.reason == ""
    return batch


def take(sheet: Sheet, rows: Sequence[Sequence[Any]], actor: User) -> Import:
    batch = read(sheet, rows, actor)
    tables.confirm(batch, actor=actor)
    run_waiting()
    batch.refresh_from_db()
    return batch


def counts(batch: Import) -> tuple[int, int, int, int]:
    return batch.new, batch.changed, batch.same, batch.bad


def codes_of_problems(batch: Import) -> list[tuple[int, str, str]]:
    rows = batch.rows.filter(action="bad").order_by("number")
    return [(row.number, one["column"], one["code"]) for row in rows for one in row.problems]


LIST = (
    ("990101001003001", "一网格", "", "", ""),
    ("990101001003", "新里社区", "", "2026-02-01", ""),
    ("990101001201", "小河村", "", "", ""),
)


def test_it_founds_the_places_of_a_list_whatever_their_order(here: District, officer: User) -> None:
    batch = take(PLACES, LIST[1:], officer)
    assert (batch.state, counts(batch)) == (ImportState.DONE, (2, 0, 0, 0))
    take(PLACES, LIST[:1], officer)
    made = Place.objects.filter(code__in=[row[0] for row in LIST]).order_by("code")
    paths = PlacePath.objects.filter(descendant__code="990101001003001").order_by("depth")
    assert (
        list(made.values_list("name", "level", "parent__name", "street__name", "label")),
        list(paths.values_list("ancestor__name", flat=True)),
        Place.objects.get(name="新里社区").valid_from,
    ) == (
        [
            ("新里社区", "community", "清河里街道", "清河里街道", "新里社区"),
            ("一网格", "grid", "新里社区", "清河里街道", "一网格"),
            ("小河村", "village", "清河里街道", "清河里街道", "小河村"),
        ],
        ["一网格", "新里社区", "清河里街道", "和安区"],
        date(2026, 2, 1),
    )


def test_a_list_read_twice_changes_nothing(here: District, officer: User) -> None:
    take(PLACES, LIST[1:], officer)
    assert counts(read(PLACES, LIST[1:], officer)) == (0, 0, 2, 0)


def test_it_says_of_every_bad_code_what_is_wrong(here: District, officer: User) -> None:
    batch = read(
        PLACES,
        [
            ("99010100100", "短码社区", "", "", ""),
            ("990101002009", "邻街社区", "", "", ""),
            ("990101009001", "无上级社区", "", "", ""),
            ("990101001009", "错级", "街道", "", ""),
            ("990101601000", "开发区", "", "", ""),
            ("990101001001", "槐安社区", "", "", ""),
        ],
        officer,
    )
    assert codes_of_problems(batch) == [
        (2, "code", "place-code"),
        (3, "code", "place-parent"),
        (4, "code", "place-parent"),
        (5, "level", "place-level"),
        (6, "code", "place-level"),
        (7, "name", "place-renamed"),
    ]


def change(kind: str, old: str = "", new: str = "", name: str = "", day: str = DAY) -> tuple[str, ...]:
    return kind, old, new, name, "", day, "和政发〔2026〕3号"


YEAR = (
    change("新增", new="990101001003", name="新里社区"),
    change("新增", new="990101001003001", name="一网格"),
    change("更名", "990101001002", name="南园社区"),
    change("变更代码", "990101001001", "990101001011"),
    change("拆分", "990101001011", "990101001012", "槐东社区"),
    change("拆分", "990101001011", "990101001013", "槐西社区"),
)


def test_it_carries_a_years_changes_out_in_their_order(here: District, officer: User) -> None:
    batch = take(CHANGES, YEAR, officer)
    assert (batch.state, batch.reason, counts(batch)) == (ImportState.DONE, "", (6, 0, 0, 0))
    here.community.refresh_from_db()
    living = Place.objects.filter(parent=here.street, valid_to=None).order_by("code").values_list("code", "name")
    assert (list(living), [str(one) for one in queries.heirs(here.community)]) == (
        [
            ("990101001002", "南园社区"),
            ("990101001003", "新里社区"),
            ("990101001012", "槐东社区"),
            ("990101001013", "槐西社区"),
        ],
        ["槐东社区", "槐西社区"],
    )


def test_a_years_changes_read_twice_change_nothing(here: District, officer: User) -> None:
    take(CHANGES, YEAR, officer)
    before = list(Place.objects.order_by("pk").values_list("code", "name", "valid_to"))
    assert counts(read(CHANGES, YEAR, officer)) == (0, 0, 6, 0)
    assert list(Place.objects.order_by("pk").values_list("code", "name", "valid_to")) == before


def test_rows_of_one_new_code_are_one_merger(here: District, officer: User) -> None:
    rows = [
        change("合并", "990101001001", "990101001009", "合里社区"),
        change("合并", "990101001002", "990101001009", "合里社区"),
    ]
    take(CHANGES, rows, officer)
    assert list(Predecessor.objects.order_by("predecessor__code").values_list("place__name", "predecessor__name")) == [
        ("合里社区", "槐荫社区"),
        ("合里社区", "南里社区"),
    ]
    assert counts(read(CHANGES, rows, officer)) == (0, 0, 2, 0)


def test_it_says_of_every_change_that_cannot_be_what_is_wrong(here: District, officer: User) -> None:
    batch = read(
        CHANGES,
        [
            change("更名", "990101001002"),
            change("更名", "990101002001", name="桥东社区"),
            change("新增", new="990101001002", name="占码社区"),
            change("变更代码", "990101001002", "990101009002"),
            change("合并", "990101001002", "990101001002"),
            change("合并", "990101001001", "990101001030"),
            change("撤销", "990101001001"),
            change("更名", "990101001001", name="已撤社区"),
        ],
        officer,
    )
    assert codes_of_problems(batch) == [
        (2, "name", "change-missing"),
        (3, "old_code", "change-unknown"),
        (4, "new_code", "change-taken"),
        (5, "new_code", "place-parent"),
        (6, "new_code", "change-itself"),
        (7, "name", "change-missing"),
        (9, "old_code", "change-unknown"),
    ]


def test_a_change_that_fails_at_the_end_takes_all_back_and_names_its_row(here: District, officer: User) -> None:
    rows = [change("更名", "990101001002", name="南园社区"), change("撤销", "990101001001", day="2025-12-01")]
    batch = take(CHANGES, rows, officer)
    assert (batch.state, batch.reason.startswith("第3行："), PlaceName.objects.count()) == (
        ImportState.PREVIEW,
        True,
        0,
    )


HOUSES = (("990101001001", "怡和园", "老旧小区", "清河里路5号", "五号院", ""),)
BLOCKS = (
    ("990101001001", "怡和园", "2号楼", 4, 6, "990101001001001", ""),
    ("990101001001", "", "临街3号", "", "", "", ""),
)
DOORS = (
    ("990101001001", "怡和园", "２栋", "三单元", "501室"),
    ("990101001001", "怡和园", "2号楼", "3", "502"),
    ("990101001001", "", "临街3号", "", "底商2"),
)


def test_it_enters_estates_buildings_with_stairwells_and_households(here: District, worker: User) -> None:
    states = [take(sheet, rows, worker).state for sheet, rows in ((ESTATES, HOUSES), (BUILDINGS, BLOCKS))]
    states.append(take(HOUSEHOLDS, DOORS, worker).state)
    doors = Household.objects.order_by("building__name", "room")
    assert (
        states,
        list(Estate.objects.values_list("name", "kind", "address", "valid_from")),
        list(Building.objects.order_by("name").values_list("name", "key", "storeys", "estate__name")),
        list(doors.values_list("building__name", "stairwell__number", "room")),
        list(GridCover.objects.values_list("grid__name", "building__name")),
    ) == (
        [ImportState.DONE] * 3,
        [("怡和园", "old", "清河里路5号", date(2026, 1, 1))],
        [("2号楼", "2", 6, "怡和园"), ("临街3号", "临街3", None, None)],
        [("2号楼", "3", "501"), ("2号楼", "3", "502"), ("临街3号", None, "底商2")],
        [("第一网格", "2号楼")],
    )


def test_estates_buildings_and_households_read_twice_change_nothing(here: District, worker: User) -> None:
    sheets = ((ESTATES, HOUSES), (BUILDINGS, BLOCKS), (HOUSEHOLDS, DOORS))
    for sheet, rows in sheets:
        take(sheet, rows, worker)
    assert [counts(read(sheet, rows, worker)) for sheet, rows in sheets] == [(0, 0, 1, 0), (0, 0, 2, 0), (0, 0, 3, 0)]


def test_one_door_written_two_ways_stands_once(here: District, worker: User) -> None:
    take(ESTATES, HOUSES, worker)
    take(BUILDINGS, BLOCKS, worker)
    batch = read(HOUSEHOLDS, [DOORS[0], ("990101001001", "怡和园", "2号楼", "3", "501")], worker)
    assert codes_of_problems(batch) == [(3, "community_code", "twice")]


def test_a_worker_enters_nothing_of_another_community(here: District, worker: User) -> None:
    rows = [("990101001002", "怡和园", "老旧小区", "", "", "")]
    batch = read(ESTATES, rows, worker)
    assert codes_of_problems(batch) == [(2, "community_code", "estate-community")]


def test_it_says_what_a_household_lacks(here: District, worker: User) -> None:
    take(ESTATES, HOUSES, worker)
    take(BUILDINGS, BLOCKS, worker)
    batch = read(
        HOUSEHOLDS,
        [("990101001001", "怡和园", "9号楼", "", "1"), ("990101001001", "怡和园", "2号楼", "9", "1")],
        worker,
    )
    assert codes_of_problems(batch) == [(2, "building", "household-building"), (3, "stairwell", "household-stairwell")]
