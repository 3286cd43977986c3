"""A roster from a workbook: read, doubles decided, taken over; nothing merges by itself, nothing plain is staged."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from linli.apps.people.models import Person, User
from linli.apps.people.services import correct_person, enter_person
from linli.apps.people.services.persons import PersonText
from linli.apps.people.tests.factories import make_user
from linli.apps.places.models import EstateKind, Household
from linli.apps.places.services import add_building, add_estate, add_household
from linli.apps.places.tests.factories import FIRST_DAY, District, make_district
from linli.kernel import tables
from linli.kernel.errors import Refusal
from linli.kernel.privacy.numbers import check_digit
from linli.kernel.scope import Role
from linli.kernel.tables import Import, ImportState
from linli.kernel.tables.staging import read
from linli.kernel.tables.tests.samples import text, xls, xlsx

pytestmark = pytest.mark.django_db

HEAD = (
    "姓名",
    "证件类型",
    "证件号码",
    "出生日期",
    "手机",
    "座机",
    "社区",
    "小区",
    "楼栋",
    "单元",
    "门牌",
    "与户主关系",
)
FIRST_17 = "99010119510308001"
ID = "1" + FIRST_17[1:] + check_digit("1" + FIRST_17[1:])
BORN = date(1951, 3, 8)


def line(name: str, **cells: str) -> list[str]:
    row = dict.fromkeys(HEAD, "") | {"姓名": name, "社区": "槐荫社区"} | cells
    return [row[title] for title in HEAD]


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> None:
    """A folder for uploads of every test's own."""
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": backend}


@pytest.fixture
def here() -> District:
    return make_district()


@pytest.fixture
def worker(here: District) -> User:
    return make_user(Role.COMMUNITY_WORKER, here.community)


@pytest.fixture
def home(here: District) -> Household:
    estate = add_estate(community=here.community, name="怡兴园", kind=EstateKind.OLD, valid_from=FIRST_DAY, actor=None)
    building = add_building(
        community=here.community, estate=estate, name="2号楼", stairwells=3, valid_from=FIRST_DAY, actor=None
    )
    stairwell = building.stairwells.get(number="3")
    return add_household(building=building, stairwell=stairwell, room="501", actor=None)


def staged(worker: User, *rows: list[str]) -> Import:
    batch = tables.start(
        ContentFile(text([HEAD, *rows]), name="册.csv"), sheet="people.roster", actor=worker, name="册.csv"
    )
    read(batch.pk)
    batch.refresh_from_db()
    assert batch.reason == ""
    return batch


def taken(worker: User, *rows: list[str]) -> Import:
    batch = staged(worker, *rows)
    return carried_out(batch, worker)


def carried_out(batch: Import, worker: User) -> Import:
    tables.confirm(batch, actor=worker)
    tables.commit(batch.pk)
    batch.refresh_from_db()
    return batch


def counts(batch: Import) -> tuple[int, int, int, int]:
    return batch.new, batch.changed, batch.same, batch.bad


def bad_cells(batch: Import) -> list[tuple[int, str, str]]:
    rows = batch.rows.filter(action="bad").order_by("number")
    return [(row.number, one["column"], one["code"]) for row in rows for one in row.problems]


def reasons(batch: Import) -> list[list[str]]:
    return [[match["reason"] for match in row.matches] for row in batch.rows.order_by("number")]


def enter(here: District, **columns: Any) -> Person:
    return enter_person(community=here.community, text=PersonText(**columns), actor=None)


def test_it_takes_a_person_over_with_everything_sealed(worker: User, home: Household) -> None:
    row = line(
        "买买提・艾力", 证件号码=ID, 手机="138 1234 5678", 座机="010-62880011", 小区="怡兴园", 楼栋="2栋",
        单元="三单元", 门牌="501室", 与户主关系="户主",
    )  # fmt: skip
    batch = staged(worker, row)
    kept = str(list(batch.rows.values()))
    assert [secret for secret in (ID, "13812345678", "01062880011") if secret in kept] == []
    carried_out(batch, worker)
    person = Person.objects.get()
    assert (person.name, person.id_kind, person.born_on, person.household, person.building) == (
        "买买提·艾力", "resident", BORN, home, home.building,
    )  # fmt: skip
    assert person.id_number.is_same_as(ID)
    assert person.phone.is_same_as("13812345678")
    assert person.landline.is_same_as("01062880011")
    assert (str(person.phone), person.source, person.version, person.relation) == ("138****5678", "roster", 1, "户主")


def test_the_same_file_twice_changes_nothing(worker: User, home: Household) -> None:
    rows = (
        line("张三", 证件号码=ID, 手机="13812345678"),
        line("李秀兰", 出生日期="1948-02-01", 楼栋="2号楼", 单元="3", 门牌="501"),
        line("王芳", 楼栋="2号楼", 单元="3", 门牌="501", 小区="怡兴园"),
    )
    assert counts(taken(worker, *rows)) == (3, 0, 0, 0)
    assert counts(staged(worker, *rows)) == (0, 0, 3, 0)


def test_it_writes_what_the_file_knows_and_keeps_what_it_leaves_empty(worker: User, here: District) -> None:
    person = enter(here, name="张三", id_number=ID, phone="13812345678", landline="01062880011")
    assert counts(taken(worker, line("张三", 证件号码=ID, 手机="13900001111"))) == (0, 1, 0, 0)
    person.refresh_from_db()
    assert person.phone.is_same_as("13900001111")
    assert person.landline.is_same_as("01062880011")
    assert person.version == 2


def test_it_says_of_every_bad_cell_what_is_wrong(worker: User, here: District) -> None:
    enter_person(
        community=here.neighbour_community,
        text=PersonText(name="赵六", id_number="1" + FIRST_17[1:] + ID[17]),
        actor=None,
    )
    batch = staged(
        worker,
        line("李\ue863"),
        line("⿰火火"),
        line("王?"),
        line("张三", 证件号码="110105195103080012"),
        line("张三", 出生日期="1950-01-01", 证件号码="H12345678", 手机="12345"),
        line("张三", 证件类型="护照", 证件号码="E1234567", 社区="桥头社区"),
        line("张三", 楼栋="9号楼"),
        line("赵六", 证件号码=ID),
    )
    assert bad_cells(batch) == [
        (2, "name", "name-private"),
        (3, "name", "name-described"),
        (4, "name", "name-stand-in"),
        (5, "id_number", "not-an-id-number"),
        (6, "phone", "not-a-phone"),
        (7, "community", "community-unknown"),
        (8, "building", "door-unknown"),
        (9, "id_number", "document-elsewhere"),
    ]
    sentence = tables.problems_of(batch.rows.get(number=2), batch, tables.sheet_named("people.roster"))[0]["reason"]
    assert "U+E863" in sentence


def upload(worker: User, body: bytes, name: str) -> Import:
    batch = tables.start(ContentFile(body, name=name), sheet="people.roster", actor=worker, name=name)
    read(batch.pk)
    batch.refresh_from_db()
    return batch


def test_it_refuses_every_cell_with_a_formula_and_takes_the_rest(worker: User) -> None:
    def formulas(book: Any, page: Any) -> None:
        page.write_formula(1, 0, '="张"&"三"', None, "张三")
        page.write_formula(2, 2, "=B3", None, ID)

    body = xlsx([HEAD, line("x"), line("李四"), line("王五")], also=formulas, sheet="居民名册")
    batch = upload(worker, body, "册.xlsx")
    assert (counts(batch), bad_cells(batch)) == (
        (1, 0, 0, 2), [(2, "name", "formula-cell"), (3, "id_number", "formula-cell")],
    )  # fmt: skip
    assert Person.objects.count() == 0


def test_it_refuses_an_old_workbook_whose_formulas_it_cannot_tell(worker: User) -> None:
    batch = upload(worker, xls([HEAD, line("李四")]), "册.xls")
    assert (batch.state, "xlsx" in batch.reason) == (ImportState.FAILED, True)


def test_it_shows_likely_doubles_and_why(worker: User, here: District, home: Household) -> None:
    enter(here, name="王喆", born_on=BORN)
    enter(here, name="张三", id_number=ID, phone="13812345678")
    enter(here, name="孙七")
    batch = staged(
        worker,
        line("王喆", 出生日期="1951-03-08", 手机="13800000001"),
        line("王哲", 出生日期="1951-03-08", 手机="13800000002"),
        line("张山", 手机="13812345678"),
        line("张散", 证件号码=ID),
        line("孙七", 手机="13800000003"),
        line("王喆", 出生日期="1990-01-01"),
        line("周八", 手机="13812345678"),
    )
    assert reasons(batch) == [
        ["double-birth"], ["double-variant"], ["double-phone"], ["double-document"], ["double-name"], [], [],
    ]  # fmt: skip
    shown = batch.rows.get(number=4).matches[0]["shown"]
    assert (shown["name"], shown["phone"]) == ("张三", "138****5678")


def test_nothing_is_taken_over_while_a_double_is_open(worker: User, here: District) -> None:
    enter(here, name="王喆", born_on=BORN)
    batch = staged(worker, line("王喆", 出生日期="1951-03-08", 手机="13800000001"))
    with pytest.raises(Refusal) as refused:
        tables.confirm(batch, actor=worker)
    batch.refresh_from_db()
    assert (refused.value.code, batch.state) == ("doubts-open", ImportState.PREVIEW)


def test_the_same_one_is_written_to_the_person_there(worker: User, here: District) -> None:
    person = enter(here, name="王喆", born_on=BORN)
    batch = staged(worker, line("王哲", 出生日期="1951-03-08", 手机="13800000001"))
    assert tables.decide(batch, {2: person.pk.hex}, actor=worker) == 1
    carried_out(batch, worker)
    person.refresh_from_db()
    assert (Person.objects.count(), person.name, person.phone.is_same_as("13800000001")) == (1, "王哲", True)


def test_another_one_becomes_a_person_of_its_own(worker: User, here: District) -> None:
    enter(here, name="王喆", born_on=BORN)
    batch = staged(worker, line("王喆", 出生日期="1951-03-08", 手机="13800000001"))
    assert tables.decide_all(batch, same=False, actor=worker) == 1
    carried_out(batch, worker)
    assert Person.objects.filter(name="王喆").count() == 2


def test_two_people_never_share_a_document_number(worker: User, here: District) -> None:
    enter(here, name="张三", id_number=ID)
    batch = staged(worker, line("李四", 证件号码=ID))
    tables.decide_all(batch, same=False, actor=worker)
    carried_out(batch, worker)
    assert (batch.state, "2" in batch.reason, Person.objects.count()) == (ImportState.PREVIEW, True, 1)


def test_a_match_of_another_row_is_no_answer(worker: User, here: District) -> None:
    enter(here, name="王喆", born_on=BORN)
    stranger = enter(here, name="赵六")
    batch = staged(worker, line("王喆", 出生日期="1951-03-08", 手机="13800000001"))
    with pytest.raises(Refusal) as refused:
        tables.decide(batch, {2: stranger.pk.hex}, actor=worker)
    assert refused.value.code == "not-a-match"


def test_it_overwrites_nothing_that_was_changed_after_the_file_was_read(worker: User, here: District) -> None:
    person = enter(here, name="张三", id_number=ID, phone="13812345678")
    batch = staged(worker, line("张三", 证件号码=ID, 手机="13900001111"))
    correct_person(person, {"phone": "13700002222"}, actor=worker)
    carried_out(batch, worker)
    person.refresh_from_db()
    assert (batch.state, person.phone.is_same_as("13700002222")) == (ImportState.PREVIEW, True)


def test_it_reads_a_thousand_rows_in_a_fixed_number_of_queries(
    worker: User, here: District, django_assert_num_queries: Any
) -> None:
    from linli.apps.people.tables.roster import ROSTER_SHEET

    enter(here, name="张三", id_number=ID)
    rows = [{"name": f"李{chr(0x4E00 + one)}", "community": "槐荫社区", "phone": "13812345678"} for one in range(500)]
    assert ROSTER_SHEET.review is not None
    with django_assert_num_queries(3):
        ROSTER_SHEET.review(rows, actor=worker)
