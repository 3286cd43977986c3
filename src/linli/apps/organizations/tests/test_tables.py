"""Organizations from a workbook and back: own places only, the same file twice changes nothing."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import translation
from python_calamine import CalamineWorkbook

from linli.apps.organizations.models import HonourLevel, LegalForm, Organization, OrganizationKind, OrganizationStatus
from linli.apps.organizations.services import check_digit, enter
from linli.apps.organizations.tables import HEADINGS, KINDS, LEGAL_FORMS, LEVELS, ORGANIZATIONS, STATUSES
from linli.apps.organizations.tests.factories import make_organization
from linli.apps.people.models import User
from linli.apps.people.services import end_post
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import FIRST_DAY, District, make_district
from linli.kernel import search, tables
from linli.kernel.audit.models import AuditRow
from linli.kernel.contributions import NavItem, contributions
from linli.kernel.errors import NotAllowed
from linli.kernel.jobs.worker import run_waiting
from linli.kernel.scope import Role
from linli.kernel.tables import Import, ImportState

pytestmark = pytest.mark.django_db

HEAD = HEADINGS[:5]
CODE = "5299010100000001X" + check_digit("5299010100000001X")
TEAM = ("和风晨练队", "居民团队", "990101001001", "", "2026-02-01")
AGENCY = ("暖邻社会工作服务中心", "社会组织", "990101001000", CODE, "2026-01-05")


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


def read(rows: Sequence[Sequence[Any]], officer: User, head: Sequence[str] = HEAD) -> Import:
    """The import of these rows, as far as its preview."""
    text = "\n".join(",".join(row) for row in (head, *rows))
    upload = ContentFile(text.encode("utf-8-sig"), name="组织.csv")
    batch = tables.start(upload, sheet=ORGANIZATIONS.name, actor=officer)
    run_waiting()
    batch.refresh_from_db()
    return batch


def taken_over(rows: Sequence[Sequence[Any]], officer: User, head: Sequence[str] = HEAD) -> Import:
    batch = read(rows, officer, head)
    tables.confirm(batch, actor=officer)
    run_waiting()
    batch.refresh_from_db()
    return batch


def problems(batch: Import) -> list[list[tuple[str, str]]]:
    """(column, code) of every problem, row by row."""
    rows = batch.rows.filter(action="bad").order_by("number")
    return [[(one["column"], one["code"]) for one in row.problems] for row in rows]


def counts(batch: Import) -> tuple[int, int, int, int]:
    return batch.new, batch.changed, batch.same, batch.bad


def test_it_enters_the_organizations_of_a_table(officer: User) -> None:
    batch = taken_over([TEAM, AGENCY], officer)
    rows = Organization.objects.values_list("name", "kind", "place__name", "credit_code", "valid_from", "is_demo")
    assert (batch.state, [(*row[:4], row[4].isoformat(), row[5]) for row in rows.order_by("valid_from")]) == (
        ImportState.DONE,
        [
            ("暖邻社会工作服务中心", "social_organization", "清河里街道", CODE, "2026-01-05", False),
            ("和风晨练队", "resident_team", "槐荫社区", None, "2026-02-01", False),
        ],
    )


def test_the_same_file_twice_changes_nothing(officer: User) -> None:
    taken_over([TEAM, AGENCY], officer)
    before = list(Organization.objects.order_by("id").values())
    again = read([TEAM, AGENCY], officer)
    assert (counts(again), list(Organization.objects.order_by("id").values())) == ((0, 0, 2, 0), before)


def test_it_brings_an_organization_up_to_date_and_keeps_its_key(here: District, officer: User) -> None:
    kept = make_organization(here.community, "和风晨练队", OrganizationKind.TASK_TEAM)
    batch = taken_over([TEAM], officer)
    row = Organization.objects.get()
    assert (counts(batch), row.pk, row.kind, row.valid_from.isoformat()) == (
        (0, 1, 0, 0),
        kept.pk,
        "resident_team",
        "2026-02-01",
    )


def test_a_table_without_codes_leaves_them_as_they_are(here: District, officer: User) -> None:
    enter(
        name=AGENCY[0],
        kind=OrganizationKind.SCHOOL,
        place=here.street,
        credit_code=CODE,
        valid_from=FIRST_DAY,
        actor=None,
    )
    taken_over([(*AGENCY[:3], AGENCY[4])], officer, (*HEAD[:3], HEAD[4]))
    assert Organization.objects.values_list("kind", "credit_code").get() == ("social_organization", CODE)


def test_it_marks_a_place_of_another_street_and_one_that_is_nowhere(officer: User) -> None:
    elsewhere = ("桥头菜店", "企业", "990101002001", "", "2026-02-01")
    nowhere = ("无名队", "居民团队", "990109999999", "", "2026-02-01")
    batch = read([TEAM, elsewhere, nowhere], officer)
    assert (counts(batch), problems(batch)) == ((1, 0, 0, 2), [[("place_code", "organization-place")]] * 2)


def test_it_marks_wrong_codes_and_codes_of_others(here: District, officer: User) -> None:
    enter(
        name="望桥为老服务社",
        kind=OrganizationKind.SOCIAL_ORGANIZATION,
        place=here.neighbour_street,
        credit_code=CODE,
        valid_from=FIRST_DAY,
        actor=None,
    )
    free = "5299010100000002Y" + check_digit("5299010100000002Y")
    rows = [
        (f"第{n}社", "社会组织", "990101001000", code, "2026-01-05") for n, code in enumerate(("123", CODE, free, free))
    ]
    assert problems(read(rows, officer)) == [
        [("credit_code", "code-length")],
        [("credit_code", "organization-code-taken")],
        [("credit_code", "organization-code-taken")],
    ]


def test_nothing_is_taken_over_once_the_post_has_ended(officer: User) -> None:
    batch = read([TEAM], officer)
    tables.confirm(batch, actor=officer)
    end_post(officer.posts_in_force[0], actor=None)
    run_waiting()
    batch.refresh_from_db()
    assert (batch.state, bool(batch.reason), Organization.objects.count()) == (ImportState.PREVIEW, True, 0)


def test_one_row_in_the_record_tells_of_the_whole_table(officer: User) -> None:
    before = set(AuditRow.objects.values_list("pk", flat=True))
    taken_over([TEAM, AGENCY], officer)
    told = AuditRow.objects.exclude(pk__in=before).order_by("number").values_list("action", "actor_id")
    assert list(told) == [
        ("tables.import.start", officer.pk),
        ("tables.import.confirm", officer.pk),
        ("tables.import.take_over", officer.pk),
    ]


def test_what_was_imported_is_found(officer: User) -> None:
    taken_over([TEAM], officer)
    assert [one.label for one in search.find("晨练", actor=officer)] == ["和风晨练队"]


def test_a_community_worker_does_not_import(here: District) -> None:
    worker = make_user(Role.COMMUNITY_WORKER, here.community)
    with pytest.raises(NotAllowed):
        read([TEAM], worker)
    assert Import.objects.count() == 0


def test_imports_stand_in_the_menu_of_a_street_officer(officer: User) -> None:
    allowed = {item.name: item.allowed for item in contributions(NavItem)}
    assert (allowed["imports"](officer, None), tables.require_allowed(ORGANIZATIONS.name, officer).title == "组织") == (
        True,
        True,
    )


def workbook(user: User, query: str = "") -> list[list[Any]]:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(f"/desk/organizations/export/{query}")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # a file response streams
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_the_export_holds_what_the_reader_sees(here: District, officer: User) -> None:
    make_organization(here.neighbour_street, "望桥为老服务社")
    make_organization(here.street)
    make_organization(here.community, "晨练队", OrganizationKind.RESIDENT_TEAM)
    day = FIRST_DAY
    rows = [[str(cell)[:18] for cell in row] for row in workbook(officer)]
    assert [rows[0], *([*row[:5], *row[-2:]] for row in rows[1:])] == [
        list(HEADINGS),
        ["晨练队", "居民团队", "990101001001", "", str(day), "正常", "槐荫社区"],
        ["暖邻社会工作服务中心", "社会组织", "990101001000", "", str(day), "正常", "清河里街道"],
    ]
    assert [row[0] for row in workbook(officer, "?kind=resident_team")] == ["名称", "晨练队"]


def test_an_export_imported_again_changes_nothing(here: District, officer: User) -> None:
    make_organization(here.street)
    rows = [[str(cell) for cell in row] for row in workbook(officer)]
    assert counts(read(rows[1:], officer, rows[0])) == (0, 0, 1, 0)


def test_the_words_in_the_cells_are_those_on_the_screen() -> None:
    with translation.override("zh-hans"):
        words = {
            choices: tuple((one.value, str(one.label)) for one in choices)
            for choices in (OrganizationKind, LegalForm, HonourLevel, OrganizationStatus)
        }
    assert list(words.values()) == [KINDS, LEGAL_FORMS, LEVELS, tuple(STATUSES.items())]
