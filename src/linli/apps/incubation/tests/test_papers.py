"""Papers 36 and 37: the month of one and of all, the letters, the summary of stars, as files and on their doors."""

import io
from datetime import date
from decimal import Decimal as D

import openpyxl
import pytest
from django.test import Client
from docx import Document

from linli.apps.incubation import queries, services
from linli.apps.incubation.models import ExitCase, MonthSheet, MonthWarning, StarRating
from linli.apps.incubation.tables.papers import exit_letter, sheet_paper, star_paper, warning_letter
from linli.apps.incubation.tests.factories import LONGER, after, make_member, settled
from linli.apps.organizations.models import Organization
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.documents import Paper, write_paper
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
HERE = "/desk/incubation/papers/"
MONTHS = (date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1))


@pytest.fixture(scope="module")
def here(module_db: None) -> District:
    return make_district()


@pytest.fixture(scope="module")
def officer(here: District) -> User:
    return make_user(Role.STREET_OFFICER, here.street)


@pytest.fixture(scope="module")
def club(here: District, officer: User) -> Organization:
    """An organization three months below the line."""
    club = make_member(here.street)
    for month in MONTHS:
        settled(club, month, "5.50", officer)
    return club


def words_of(paper: Paper) -> str:
    document = Document(io.BytesIO(write_paper(paper)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def client_of(user: User) -> Client:
    client = Client(headers={"accept-language": "zh-CN"})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_sheet_tells_top_mark_and_evidence_of_each_criterion(club: Organization) -> None:
    sheet = MonthSheet.objects.filter(organization=club).order_by("month")[0]
    told = words_of(sheet_paper(sheet, queries.marks_of(sheet)))
    for word in ("2026年3月", "党建活动与制度执行", "5.50", "10.00", "组织陈述：无异议。"):
        assert word in told


def test_a_warning_tells_facts_basis_term_and_way(club: Organization) -> None:
    row = MonthWarning.objects.select_related("sheet__organization", "sheet__street").get(number=2)
    told = words_of(warning_letter(row))
    for word in ("2026年4月得分5.50分，低于6.00分，为连续第2个月", "依据：", "申辩期限：", "渠道："):
        assert word in told


def test_an_exit_is_first_told_and_then_decided(here: District, club: Organization, officer: User) -> None:
    case = ExitCase.objects.get(organization=club)
    services.tell_exit(case, actor=officer, at=after(MONTHS[2]) + LONGER)
    months = list(queries.visible_to(officer).filter(organization=club).order_by("month"))
    first = exit_letter(case, months)
    leader = make_user(Role.LEADER, here.street)
    services.decide_exit(case, reason="连续三个月低于6分", actor=leader, at=after(MONTHS[2]) + LONGER + LONGER)
    second = exit_letter(case, months)
    assert [first.title, second.title] == ["社会组织退出告知书", "社会组织退出决定书"]
    assert "2026年3月5.50分、2026年4月5.50分、2026年5月5.50分" in words_of(first)
    assert "申诉期限：" in words_of(second)


def test_the_table_of_a_month_leaves_as_workbook_and_paper(club: Organization, officer: User) -> None:
    client = client_of(officer)
    answer = client.get(f"{HERE}months.xlsx?month=2026-05")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    heads, row = list(book.active.values)
    assert (heads[0], row[0], row[8], row[9]) == ("组织", club.name, "5.50", "5.50 / 5.50 / 5.50")
    assert client.get(f"{HERE}months.pdf?month=2026-05").status_code == 200
    assert client.get(f"{HERE}months.txt?month=2026-05").status_code == 404


def test_the_summary_of_stars_tells_gate_means_and_formula(here: District, club: Organization, officer: User) -> None:
    row = services.open_stars(here.street, year=2026, actor=None)
    rating = StarRating.objects.create(
        round=row, organization=club, months=12, mean=D("8.20"), party=D("1.80"), review=D(86), passed=True,
        points=D("83.60"), stars=4, steps=["……"],
    )  # fmt: skip
    told = words_of(star_paper(row, [rating], {club.pk: "3A"}))
    for word in ("通过", "8.20", "86.00", "83.60", "四星", "3A", "党建均分不低于1.20分为前置项"):
        assert word in told
    answer = client_of(officer).get(f"{HERE}stars/{row.pk}.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert list(book.active.values)[1][7] == "四星"


def test_an_organization_takes_its_own_papers_alone(here: District, club: Organization, officer: User) -> None:
    manager = make_user(Role.ORGANIZATION_MANAGER, organization=club)
    other = make_user(Role.ORGANIZATION_MANAGER, organization=make_member(here.street, "绿荫戏曲协会"))
    warning = MonthWarning.objects.get(number=1)
    addresses = [f"{HERE}warnings/{warning.pk}.docx", f"{HERE}sheets/{warning.sheet_id}.docx"]
    assert [client_of(manager).get(one).status_code for one in addresses] == [200, 200]
    assert [client_of(other).get(one).status_code for one in addresses] == [404, 404]
