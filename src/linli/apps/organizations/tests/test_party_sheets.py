"""Party organizations and numbers of members from workbooks and back: no names of persons, twice the same."""

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from python_calamine import CalamineWorkbook

from linli.apps.organizations import services
from linli.apps.organizations.models import MemberCount, PartyKind, PartyOrganization
from linli.apps.organizations.queries import FORMS
from linli.apps.organizations.tables import PARTIES, PARTY_COUNTS, PARTY_HEADINGS, PARTY_KINDS
from linli.apps.organizations.tables.party import FORMS as FORM_WORDS
from linli.apps.organizations.tests.factories import make_organization
from linli.apps.organizations.tests.party_factories import count, make_party
from linli.apps.organizations.tests.test_pages import client_of
from linli.apps.organizations.tests.test_sheets import COMMUNITY, STREET, counts, problems, read, taken_over
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.scope import Role
from linli.kernel.tables import ImportState

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 1)
HEAD = ("党组织名称", "类别", "所在地编码", "所属单位", "上级党组织", "成立日期", "依据")
COUNT_HEAD = ("党组织", "社区编码", "日期", "正式党员", "预备党员", "来源")
TOP = ("街道党委", "党委", STREET, "", "", "2008-01-01", "批复")
LOW = ("槐荫社区党委", "党委", COMMUNITY, "", "街道党委", "2021-07-01", "批复")


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


def sheet(client: Client, address: str) -> list[list[Any]]:
    content = b"".join(client.get(address).streaming_content)  # type: ignore[attr-defined]  # a file response streams
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_a_tree_comes_from_one_table_and_the_same_table_changes_nothing(here: District, officer: User) -> None:
    make_organization(here.community, "甲社")
    branch = ("甲社党支部", "党支部", COMMUNITY, "甲社", "槐荫社区党委", "2026-02-01", "批复")
    batch = taken_over(PARTIES.name, HEAD, [TOP, LOW, branch], officer)
    rows = PartyOrganization.objects.order_by("valid_from").values_list("name", "parent__name", "organization__name")
    again = read(PARTIES.name, HEAD, [TOP, LOW, branch], officer)
    assert (batch.state, list(rows), counts(again)) == (
        ImportState.DONE,
        [("街道党委", None, None), ("槐荫社区党委", "街道党委", None), ("甲社党支部", "槐荫社区党委", "甲社")],
        (0, 0, 3, 0),
    )


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("外街党委", "党委", "990101002000", "", "", "2021-07-01", "批复"), "party-place"),
        (("某支部", "党支部", COMMUNITY, "没有的单位", "", "2021-07-01", "批复"), "party-unit"),
        (("某支部", "党支部", COMMUNITY, "", "没有的党委", "2021-07-01", "批复"), "party-parent"),
        (("某小组", "党小组", COMMUNITY, "", "", "2021-07-01", "批复"), "party-under"),
        (("某小组", "党小组", COMMUNITY, "", "街道党委", "2021-07-01", "批复"), "party-under"),
        (("某支部", "党支部", COMMUNITY, "", "", "2199-07-01", "批复"), "party-ahead"),
        (("街道党委", "党总支", STREET, "", "", "2008-01-01", "批复"), "party-there"),
    ],
)
def test_a_row_that_cannot_be_is_told_and_left_out(
    here: District, officer: User, row: Sequence[str], code: str
) -> None:
    make_party(here.street, "街道党委")
    batch = read(PARTIES.name, HEAD, [row], officer)
    assert (problems(batch), PartyOrganization.objects.count()) == ([[code]], 1)


def test_numbers_come_from_a_table_and_correct_those_of_their_day(here: District, officer: User) -> None:
    party = make_party(here.community)
    count(party, DAY, full=40, probationary=2)
    rows = [
        ("槐荫社区党委", COMMUNITY, "2026-03-01", 41, 2, "统计"),
        ("槐荫社区党委", COMMUNITY, "2026-06-30", 44, "", "统计"),
    ]
    batch = taken_over(PARTY_COUNTS.name, COUNT_HEAD, rows, officer)
    found = MemberCount.objects.order_by("as_of", "kind").values_list("as_of", "kind", "count")
    again = read(PARTY_COUNTS.name, COUNT_HEAD, rows, officer)
    assert (counts(batch), [(str(day), kind, number) for day, kind, number in found], counts(again)) == (
        (1, 1, 0, 0),
        [("2026-03-01", "full", 41), ("2026-03-01", "probationary", 2), ("2026-06-30", "full", 44)],
        (0, 0, 2, 0),
    )


def test_numbers_of_others_and_of_days_to_come_are_left_out(here: District, officer: User) -> None:
    make_party(here.neighbour_community, "桥头社区党委")
    make_party(here.community)
    rows = [
        ("桥头社区党委", "990101002001", "2026-03-01", 41, 2, "统计"),
        ("槐荫社区党委", COMMUNITY, "2199-03-01", 41, 2, "统计"),
        ("槐荫社区党委", COMMUNITY, "2026-03-01", -1, 2, "统计"),
    ]
    batch = read(PARTY_COUNTS.name, COUNT_HEAD, rows, officer)
    assert ([len(one) for one in problems(batch)], counts(batch)) == ([1, 1, 1], (0, 0, 0, 3))


def test_what_is_exported_can_be_imported_and_changes_nothing(here: District, officer: User) -> None:
    party = make_party(here.community)
    make_party(here.community, "第一党支部", PartyKind.BRANCH, parent=party)
    count(party, DAY, full=3, probationary=1)
    rows = sheet(client_of(officer), "/desk/party/export/")
    head = [str(cell) for cell in rows[0]]
    cut = len(PARTIES.columns)
    batch = read(PARTIES.name, head[:cut], [[str(cell) for cell in row[:cut]] for row in rows[1:]], officer)
    assert (head, counts(batch)) == (list(PARTY_HEADINGS), (0, 0, 2, 0))
    assert [str(row[0]) for row in rows[1:]] == ["槐荫社区党委", "第一党支部"]


def test_coverage_and_its_rows_go_out_as_workbooks(here: District, officer: User) -> None:
    unit = make_organization(here.community, "甲社")
    make_organization(here.community, "乙社")
    make_party(here.community, "甲社党支部", PartyKind.BRANCH, organization=unit)
    count(unit, DAY, full=3)
    client, query = client_of(officer), "on=2026-03-01&by=place&kinds=social_organization"
    table = sheet(client, f"/desk/party/coverage/export/?{query}")
    rows = sheet(client, f"/desk/party/coverage/rows/export/?{query}&form=own")
    assert [[*row[:1], *row[2:]] for row in table[1:]] == [["槐荫社区", 2, 1, 0, 0, 1, 50, 50]]
    assert rows[1:] == [["甲社", "社会组织", "槐荫社区", "单独组建", 3, "", "单独建立党支部"]]


def test_the_paper_of_coverage_carries_the_same_figures(here: District, officer: User) -> None:
    unit = make_organization(here.community, "甲社")
    services.assign_instructor(unit, on=DAY, source="通知", actor=None)
    query = "on=2026-03-01&by=place&kinds=social_organization"
    text = client_of(officer).get(f"/desk/party/coverage/print/?{query}").content.decode()
    wanted = ("党的组织和工作覆盖情况", "0.0%", "100.0%", "社会组织", "槐荫社区")
    assert ([word for word in wanted if word not in text], "<a " in text.split("<main")[1].split("</main>")[0]) == (
        [],
        False,
    )


@pytest.mark.sqlite_only
def test_the_words_in_the_cells_are_those_on_the_screen() -> None:
    with translation.override("zh-hans"):
        shown = {code: str(title) for code, title in FORMS.items()}
        kinds = tuple((one.value, str(one.label)) for one in PartyKind)
    assert (shown, kinds) == (FORM_WORDS, PARTY_KINDS)


@pytest.mark.sqlite_only
def test_no_table_has_a_column_for_a_person() -> None:
    """Nothing of the national system of party members could be filled in: no name, number, day of joining."""
    titles = [column.title for table in (PARTIES, PARTY_COUNTS) for column in table.columns]
    assert titles == [
        "党组织名称", "类别", "所在地编码", "所属单位", "上级党组织", "成立日期", "最近换届日期", "依据",
        "党组织名称", "所在地编码", "统计日期", "正式党员", "预备党员", "在册党员", "在职党员报到",
        "流动党员", "入党积极分子", "新发展党员", "支部干部", "专职党务", "来源",
    ]  # fmt: skip
