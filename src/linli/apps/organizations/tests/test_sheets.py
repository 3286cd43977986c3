"""More of an organization, standings and honours from workbooks: previewed, checked row by row, twice the same."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import translation

from linli.apps.organizations import services
from linli.apps.organizations.models import Honour, LegalForm, Organization, OrganizationKind, Standing
from linli.apps.organizations.tables import (
    HEADINGS,
    HONOUR_HEADINGS,
    HONOURS,
    ORGANIZATIONS,
    STANDING_HEADINGS,
    STANDINGS,
    written,
    written_honours,
    written_standings,
)
from linli.apps.organizations.tests.factories import make_organization, make_standing
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel import tables
from linli.kernel.jobs.worker import run_waiting
from linli.kernel.scope import Role
from linli.kernel.tables import Import, ImportState, StagedRow
from linli.kernel.tables.reasons import sentence

pytestmark = pytest.mark.django_db

STREET, COMMUNITY = "990101001000", "990101001001"
DAY = date(2026, 3, 1)


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


def read(sheet: str, head: Sequence[str], rows: Sequence[Sequence[Any]], officer: User) -> Import:
    """The import of these rows, as far as its preview."""
    text = "\n".join(",".join(str(cell) for cell in row) for row in (head, *rows))
    batch = tables.start(ContentFile(text.encode("utf-8-sig"), name="表.csv"), sheet=sheet, actor=officer)
    run_waiting()
    batch.refresh_from_db()
    return batch


def taken_over(sheet: str, head: Sequence[str], rows: Sequence[Sequence[Any]], officer: User) -> Import:
    batch = read(sheet, head, rows, officer)
    tables.confirm(batch, actor=officer)
    run_waiting()
    batch.refresh_from_db()
    return batch


def counts(batch: Import) -> tuple[int, int, int, int]:
    return batch.new, batch.changed, batch.same, batch.bad


def problems(batch: Import) -> list[list[str]]:
    """The codes of the problems of each bad row."""
    rows = StagedRow.objects.filter(batch=batch).order_by("number")
    return [[problem["code"] for problem in row.problems] for row in rows if row.problems]


FULL = (
    "和风助老服务社", "社会组织", STREET, "91350100m000100y43", "2026-01-05", "和风", "社会服务机构", "和安区民政局",
    "2019-05-06", "2019-05-01", "为老服务", "助餐、助浴", "清河路8号", "010-62880011", "周一至周五", "", "",
)  # fmt: skip
TEAM = ("晨练队", "居民团队", COMMUNITY, "", "2026-02-01", *[""] * 5, "文化体育", "", "", "", "", "23", "2026-02-01")


def test_every_column_of_an_organization_comes_in_and_goes_out(officer: User) -> None:
    head = HEADINGS[:-2]
    batch = taken_over(ORGANIZATIONS.name, head, [FULL, TEAM], officer)
    assert (batch.state, counts(batch)) == (ImportState.DONE, (2, 0, 0, 0))
    row, team = Organization.objects.order_by("valid_from")
    assert (row.short_name, row.legal_form, row.registered_on, row.address_key, row.office_phone) == (
        "和风",
        LegalForm.SOCIAL_SERVICE,
        date(2019, 5, 6),
        "清河路8号",
        "010-62880011",
    )
    assert (team.legal_form, team.business, team.member_count, team.member_count_on) == (
        LegalForm.NONE,
        "culture",
        23,
        date(2026, 2, 1),
    )
    out = [list(map(str, one)) for one in written(Organization.objects.all())]
    assert counts(read(ORGANIZATIONS.name, HEADINGS, [["".join(c) for c in one] for one in out], officer)) == (
        0,
        0,
        2,
        0,
    )


def changed(row: Sequence[str], **cells: str) -> list[str]:
    """``row`` with some cells, by their column's key, written otherwise."""
    keys = [column.key for column in ORGANIZATIONS.columns]
    return [cells.get(key, cell) for key, cell in zip(keys, row, strict=True)]


def test_it_marks_what_does_not_belong_to_a_row(officer: User, here: District) -> None:
    renamed = make_organization(here.street, "旧名社")
    services.rename(renamed, name="新名社", on=DAY, actor=None)
    rows = [
        changed(FULL, credit_code="9135O100M000100Y43"),
        changed(FULL, name="二社", credit_code="", office_phone="13800001234"),
        changed(FULL, name="三社", credit_code="", member_count="5"),
        changed(FULL, name="旧名社", credit_code=""),
        changed(TEAM, credit_code="91350100M000100Y43"),
        changed(TEAM, name="书画队", legal_form="公司"),
        changed(TEAM, name="歌咏队", member_count_on=""),
    ]
    batch = read(ORGANIZATIONS.name, HEADINGS[:-2], rows, officer)
    assert problems(batch) == [
        ["code-letter"],
        ["organization-phone"],
        ["organization-team"],
        ["organization-former"],
        ["organization-no-team"],
        ["organization-no-team"],
        ["organization-team"],
    ]
    first = StagedRow.objects.filter(batch=batch).order_by("number")[0].problems[0]
    with translation.override("zh-hans"):
        assert sentence(first) == "第5位是“O”，信用代码里没有这个字母。可能应为“0”。"


def test_a_team_stays_without_legal_person_whatever_the_table_says(officer: User, here: District) -> None:
    make_organization(here.community, "晨练队", OrganizationKind.RESIDENT_TEAM)
    rows = [
        changed(
            TEAM, valid_from="2026-01-01", business="", member_count="", member_count_on="", legal_form="无法人资格"
        )
    ]
    assert counts(read(ORGANIZATIONS.name, HEADINGS[:-2], rows, officer)) == (0, 0, 1, 0)


GRADE = ("甲社", STREET, "社会组织评估等级", "4A", "2026-03-01", "", "民政公告", "")
STARS = ("甲社", STREET, "街道星级", "五星", "2026-03-01", "2027-01-01", "街道通报", "综合评定")


def test_standings_come_in_twice_the_same_and_go_out(officer: User, here: District) -> None:
    make_organization(here.street, "甲社")
    batch = taken_over(STANDINGS.name, STANDING_HEADINGS, [GRADE, STARS], officer)
    assert (batch.state, counts(batch)) == (ImportState.DONE, (2, 0, 0, 0))
    found = Standing.objects.values_list("kind", "value", "valid_to").order_by("kind")
    assert list(found) == [("social_grade", "4A", date(2031, 3, 1)), ("street_stars", "五星", date(2027, 1, 1))]
    again = read(STANDINGS.name, STANDING_HEADINGS, [GRADE, STARS], officer)
    out = read(STANDINGS.name, STANDING_HEADINGS, list(written_standings(Standing.objects.all())), officer)
    assert (counts(again), counts(out)) == ((0, 0, 2, 0), (0, 0, 2, 0))


def test_a_standing_is_brought_up_to_date_by_kind_and_first_day(officer: User, here: District) -> None:
    kept = make_standing(make_organization(here.street, "甲社"), "3A", valid_from=DAY)
    batch = taken_over(STANDINGS.name, STANDING_HEADINGS, [GRADE], officer)
    kept.refresh_from_db()
    assert (counts(batch), kept.value, Standing.objects.count()) == ((0, 1, 0, 0), "4A", 1)


def test_it_marks_standings_that_cannot_be(officer: User, here: District) -> None:
    make_standing(make_organization(here.street, "甲社"), "3A", valid_from=date(2024, 1, 1))
    make_organization(here.neighbour_street, "乙社")
    rows = [
        GRADE,
        ("甲社", STREET, "街道星级", "六星", "2026-03-01", "", "通报", ""),
        ("甲社", STREET, "年检（年报）结论", "合格", "2026-03-01", "2026-01-01", "通报", ""),
        ("乙社", "990101002000", "街道星级", "五星", "2026-03-01", "", "通报", ""),
        ("甲社", STREET, "活动异常名录", "列入", "2026-03-01", "", "公告", ""),
        ("甲社", STREET, "活动异常名录", "列入", "2026-05-01", "", "公告", ""),
    ]
    assert problems(read(STANDINGS.name, STANDING_HEADINGS, rows, officer)) == [
        ["standing-overlap"],
        ["standing-value"],
        ["standing-order"],
        ["organization-unknown"],
        ["standing-overlap"],
    ]


def test_a_standing_entered_meanwhile_stops_the_whole_table(officer: User, here: District) -> None:
    agency = make_organization(here.street, "甲社")
    batch = read(STANDINGS.name, STANDING_HEADINGS, [GRADE, STARS], officer)
    tables.confirm(batch, actor=officer)
    make_standing(agency, "3A", valid_from=date(2026, 2, 1))
    run_waiting()
    batch.refresh_from_db()
    assert (batch.state, bool(batch.reason), Standing.objects.count()) == (ImportState.PREVIEW, True, 1)


HONOUR = ("槐荫社区", COMMUNITY, "民主法治社区", "省级", "2025", "省司法厅", "2028-01-01")
OTHER = ("甲社", STREET, "品牌社会组织", "市级", "2024", "市民政局", "")


def test_honours_of_places_and_organizations_come_in_twice_the_same(officer: User, here: District) -> None:
    agency = make_organization(here.street, "甲社")
    batch = taken_over(HONOURS.name, HONOUR_HEADINGS, [HONOUR, OTHER], officer)
    assert (batch.state, counts(batch)) == (ImportState.DONE, (2, 0, 0, 0))
    assert [one.holder for one in Honour.objects.order_by("-year")] == [here.community, agency]
    later = [(*HONOUR[:-1], "2029-01-01"), OTHER]
    assert counts(taken_over(HONOURS.name, HONOUR_HEADINGS, later, officer)) == (0, 1, 1, 0)
    out = read(HONOURS.name, HONOUR_HEADINGS, list(written_honours(Honour.objects.all())), officer)
    assert (counts(out), Honour.objects.count()) == ((0, 0, 2, 0), 2)


def test_it_marks_honours_that_cannot_be(officer: User, here: District) -> None:
    rows = [
        ("桥头社区", "990101002001", *HONOUR[2:]),
        (*HONOUR[:4], "2199", *HONOUR[5:6], ""),
        (*HONOUR[:6], "2024-01-01"),
    ]
    assert problems(read(HONOURS.name, HONOUR_HEADINGS, rows, officer)) == [
        ["honour-holder"],
        ["honour-ahead"],
        ["honour-order"],
    ]
