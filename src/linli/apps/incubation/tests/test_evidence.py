"""What the records put into a draft stays with it, linked; complaints are a number; the board of a whole year."""

from datetime import UTC, date, datetime
from decimal import Decimal as D

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.apps.activities import services as activities
from linli.apps.activities.models import SignInWay
from linli.apps.activities.tests.factories import make_date, somebody
from linli.apps.incubation import queries, services
from linli.apps.incubation.models import MonthSheet, MonthSource
from linli.apps.incubation.tests.factories import after, final_months, make_member
from linli.apps.needs.models import Answer, AnswerKind, Need, Outcome
from linli.apps.needs.tests.factories import make_category, make_need
from linli.apps.organizations.models import Organization, OrganizationKind, Standing
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.refs import ref_of
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
HERE = "/desk/incubation/"
MARCH = date(2026, 3, 1)
NOON = datetime(2026, 3, 12, 4, tzinfo=UTC)
MATTER = "服务队上门推销保健品，态度很差。"


@pytest.fixture(scope="module")
def here(module_db: None) -> District:
    return make_district()


@pytest.fixture(scope="module")
def club(here: District) -> Organization:
    return make_member(here.street)


@pytest.fixture(scope="module")
def officer(here: District) -> User:
    return make_user(Role.STREET_OFFICER, here.street)


def client_of(user: User) -> Client:
    client = Client(headers={"accept-language": "zh-CN"})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(user: User, address: str) -> str:
    answer = client_of(user).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def held(here: District, club: Organization) -> None:
    date_ = make_date(here.community, organization=club, starts=NOON, title="银龄手机课堂")
    activities.sign_in(date_, attendee=somebody(), way=SignInWay.LIST, actor=None, at=NOON)
    activities.hold(date_, actor=None, at=NOON)


def complained(here: District, club: Organization, outcome: Outcome) -> Need:
    need = make_need(here.community, about=ref_of(club), matter=MATTER, at=NOON)
    Need.objects.filter(pk=need.pk).update(
        state="answered", answered_at=NOON, analysed_at=NOON, category=make_category()
    )
    Answer.objects.create(
        need=need, number=1, kind=AnswerKind.FINAL, outcome=outcome, text="已处理。", ways="running", written_at=NOON,
        given_at=NOON,
    )  # fmt: skip
    return need


def test_what_was_read_stays_with_the_draft_and_is_linked(here: District, club: Organization, officer: User) -> None:
    services.give_evidence(
        club, month=MARCH, kind="plan", on=date(2026, 3, 4), note="三月工作计划", actor=None, at=after(MARCH)
    )
    services.give_evidence(
        club, month=MARCH, kind="desk", on=date(2026, 3, 31), note="坐班签到表", count=18, planned=20, actor=None,
        at=after(MARCH),
    )  # fmt: skip
    held(here, club)
    sheet = services.draft_sheet(club, month=MARCH, actor=None, at=after(MARCH))
    kept = {(one.mark.code, one.label, one.on) for one in MonthSource.objects.select_related("mark")}
    assert kept == {
        ("plan", "三月工作计划", date(2026, 3, 4)), ("desk", "坐班签到表（18/20）", date(2026, 3, 31)),
        ("service", "银龄手机课堂", NOON.date()),
    }  # fmt: skip
    text = page(officer, f"{HERE}sheets/{sheet.pk}/")
    linked = MonthSource.objects.get(mark__code="service").ref
    assert linked is not None
    assert text.count("银龄手机课堂</a>") == 1


@pytest.mark.parametrize(("outcome", "mark"), [(Outcome.SOLVED, D(0)), (Outcome.EXPLAINED, D("0.5"))])
def test_an_upheld_complaint_is_a_number_and_nothing_of_it_is_told(
    here: District, club: Organization, officer: User, outcome: Outcome, mark: D
) -> None:
    need = complained(here, club, outcome)
    sheet = services.draft_sheet(club, month=MARCH, actor=None, at=after(MARCH))
    assert sheet.marks.get(code="feedback").mark == mark
    assert queries.complaints_upheld(club, MARCH) == (mark == 0)
    assert [one.ref for one in MonthSource.objects.all()] == [None] * (mark == 0)
    text = page(officer, f"{HERE}sheets/{sheet.pk}/")
    assert not any(word in text for word in (MATTER, need.number, str(need.pk)))


@pytest.mark.slow
def test_the_board_of_a_year_asks_little_for_five_hundred(here: District, club: Organization, officer: User) -> None:
    made = Organization.objects.bulk_create(
        Organization(
            name=f"第{number}服务队", kind=OrganizationKind.SOCIAL_ORGANIZATION, place=here.street, valid_from=MARCH
        )
        for number in range(500)
    )
    Standing.objects.bulk_create(
        Standing(organization=one, kind="center_stay", value="入驻", valid_from=date(2026, 1, 1), source="协议")
        for one in made
    )
    MonthSheet.objects.bulk_create(
        MonthSheet(organization=one, street=here.street, month=month, rubric="2026-1", drafted_at=NOON, total=D(8))
        for one in made
        for month in (MARCH, date(2026, 4, 1))
    )
    client = client_of(officer)
    client.get(f"{HERE}years/2025/")
    with CaptureQueriesContext(connection) as asked:
        text = client.get(f"{HERE}years/2026/").content.decode()
    assert text.count('<th scope="row">') == 501
    assert len(asked) == 7


def test_the_board_of_a_year_tells_months_leave_mean_and_stars(club: Organization, officer: User) -> None:
    final_months(club, 2026, "8.50", count=2)
    services.approve_leave(club, month=date(2026, 4, 1), reason="场地维修", actor=None, at=after(date(2026, 4, 1)))
    (row,) = queries.year_board([club], 2026, officer)
    assert ([sheet.total for _day, sheet, _leave in row.months if sheet], row.mean, row.stars) == (
        [D("8.50"), D("8.50")], D("8.50"), None,
    )  # fmt: skip
    assert [day.month for day, _sheet, leave in row.months if leave] == [4]
