"""Three months in a row below the line: warned twice, heard, decided by a person, told, appealed, left."""

from datetime import date, timedelta
from decimal import Decimal as D

import pytest

from linli.apps.incubation import queries, services
from linli.apps.incubation.models import ExitCase, MonthSheet, MonthWarning
from linli.apps.incubation.tests.factories import JOINED, LONGER, after, make_member, settled
from linli.apps.organizations.models import Organization
from linli.apps.organizations.queries import standing_of
from linli.apps.organizations.tests.factories import make_standing
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel import settings
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.notices import mine
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db
MARCH, APRIL, MAY = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)
DECIDED = after(MAY) + LONGER + LONGER
"""When every term has run out."""


@pytest.fixture
def here() -> District:
    return make_district()


@pytest.fixture
def club(here: District) -> Organization:
    return make_member(here.street)


@pytest.fixture
def officer(here: District) -> User:
    return make_user(Role.STREET_OFFICER, here.street)


@pytest.fixture
def leader(here: District) -> User:
    return make_user(Role.LEADER, here.street)


@pytest.fixture
def manager(club: Organization) -> User:
    return make_user(Role.ORGANIZATION_MANAGER, organization=club)


def three(club: Organization, officer: User, last: str = "5.99") -> list[MonthSheet]:
    return [settled(club, month, total, officer) for month, total in ((MARCH, "5.99"), (APRIL, "4"), (MAY, last))]


def warned() -> list[tuple[int, int]]:
    rows = MonthWarning.objects.filter(withdrawn_at=None).order_by("sheet__month")
    return [(row.sheet.month.month, row.number) for row in rows.select_related("sheet")]


def told_case(club: Organization, officer: User) -> ExitCase:
    three(club, officer)
    case = ExitCase.objects.get()
    services.tell_exit(case, actor=officer, at=after(MAY) + LONGER)
    return case


def test_it_warns_after_one_and_two_months_and_proposes_after_three(
    club: Organization, officer: User, manager: User
) -> None:
    three(club, officer)
    assert warned() == [(3, 1), (4, 2)]
    case = ExitCase.objects.get()
    assert (case.state, case.first_month, case.last_month, case.line) == ("proposed", MARCH, MAY, D("6.0"))
    assert mine(manager).filter(text__contains="预警").count() == 2


def test_six_is_safe(club: Organization, officer: User) -> None:
    three(club, officer, "6.00")
    assert warned() == [(3, 1), (4, 2)]
    assert (ExitCase.objects.count(), queries.course(club).months) == (0, ())


def test_leave_pauses_the_row(club: Organization, officer: User) -> None:
    settled(club, MARCH, "5", officer)
    services.approve_leave(club, month=APRIL, reason="场地维修", actor=officer, at=after(MARCH) + LONGER)
    settled(club, MAY, "5", officer)
    assert warned() == [(3, 1), (5, 2)]


def test_an_organization_is_heard_once_about_a_warning(club: Organization, officer: User, manager: User) -> None:
    settled(club, MARCH, "5", officer)
    row = MonthWarning.objects.get()
    services.hear_warning(row, text="人员变动，四月起补齐。", actor=manager)
    with pytest.raises(Conflict):
        services.hear_warning(row, text="再说一次。", actor=manager)


def test_nobody_is_told_to_leave_unheard(club: Organization, officer: User, leader: User) -> None:
    case = told_case(club, officer)
    with pytest.raises(Refusal):
        services.decide_exit(case, reason="连续三个月低于6分", actor=leader, at=after(MAY) + LONGER + timedelta(days=1))
    case.refresh_from_db()
    assert case.state == "told"


def test_a_leader_decides_and_nobody_else(club: Organization, officer: User, leader: User, manager: User) -> None:
    case = told_case(club, officer)
    services.hear_case(case, text="愿意整改。", actor=manager)
    with pytest.raises(NotAllowed):
        services.decide_exit(case, reason="连续三个月低于6分", actor=officer, at=DECIDED)
    with pytest.raises(Refusal):
        services.decide_exit(case, reason=" ", actor=leader, at=DECIDED)
    services.decide_exit(case, reason="连续三个月低于6分", actor=leader, at=DECIDED)
    assert (case.state, case.decided_by) == ("decided", leader.pk)


def test_it_leaves_after_the_days_of_appeal_and_its_standing_says_so(
    club: Organization, officer: User, leader: User
) -> None:
    case = told_case(club, officer)
    services.decide_exit(case, reason="连续三个月低于6分", actor=leader, at=DECIDED)
    with pytest.raises(Refusal):
        services.record_leaving(case, on=DECIDED.date(), actor=officer, at=DECIDED)
    day = (DECIDED + LONGER).date()
    services.record_leaving(case, on=day, actor=officer, at=DECIDED + LONGER)
    found = standing_of(club, "center_stay", day)
    assert (case.state, found.value if found else "") == ("left", "退出")


def test_an_appeal_is_answered_by_a_person(club: Organization, officer: User, leader: User, manager: User) -> None:
    case = told_case(club, officer)
    services.decide_exit(case, reason="连续三个月低于6分", actor=leader, at=DECIDED)
    services.appeal(case, text="五月坐班记录有误。", actor=manager, at=DECIDED)
    services.answer_appeal(case, upheld=True, answer="记录确有误。", actor=leader, at=DECIDED)
    assert case.state == "dropped"
    found = standing_of(club, "center_stay", DECIDED.date())
    assert found is not None
    assert found.value == "入驻"


def test_an_appeal_after_the_last_day_is_refused(
    club: Organization, officer: User, leader: User, manager: User
) -> None:
    case = told_case(club, officer)
    services.decide_exit(case, reason="连续三个月低于6分", actor=leader, at=DECIDED)
    with pytest.raises(Refusal):
        services.appeal(case, text="不服。", actor=manager, at=DECIDED + LONGER)


def test_a_correction_takes_warnings_and_case_away(club: Organization, officer: User) -> None:
    sheets = three(club, officer)
    services.correct_mark(sheets[1], code="feedback", mark=D("0.5"), reason="投诉不成立", actor=officer)
    assert ExitCase.objects.get().state == "proposed"
    services.correct_mark(sheets[1], code="party", mark=D(2), reason="补交记录", actor=officer)
    assert ExitCase.objects.get().state == "dropped"
    assert warned() == [(3, 1), (5, 1)]


def test_months_a_person_let_fall_are_not_brought_again(club: Organization, officer: User, leader: User) -> None:
    three(club, officer)
    services.drop_exit(ExitCase.objects.get(), reason="整改已见成效", actor=leader)
    services.reconsider(club, actor=None)
    assert [case.state for case in ExitCase.objects.all()] == ["dropped"]


def test_the_story_tells_every_month(club: Organization, officer: User) -> None:
    three(club, officer)
    found = queries.course(club)
    assert [(step.month, step.total, step.row) for step in found.steps] == [
        (MARCH, D("5.99"), 1), (APRIL, D("4.00"), 2), (MAY, D("5.99"), 3),
    ]  # fmt: skip


@pytest.mark.parametrize("bars", [None, False, True])
def test_an_exit_bars_claims_only_where_the_street_says_so(
    here: District, club: Organization, officer: User, leader: User, bars: bool | None
) -> None:
    make_standing(club, "具备", kind="undertaking", valid_from=JOINED)
    if bars is not None:
        settings.choose("incubation.exit_bars_claims", bars, street=here.street.pk, actor=None, at=after(MAY))
    case = told_case(club, officer)
    services.decide_exit(case, reason="连续三个月低于6分", actor=leader, at=DECIDED)
    day = (DECIDED + LONGER).date()
    services.record_leaving(case, on=day, actor=officer, at=DECIDED + LONGER)
    found = standing_of(club, "undertaking", day)
    assert (found.value if found else "") == ("不具备" if bars else "具备")
