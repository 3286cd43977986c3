"""A month through its verbs: drafted from the records, rated by several, shown, published, objected to, settled."""

from datetime import date
from decimal import Decimal as D

import pytest

from linli.apps.incubation import queries, services
from linli.apps.incubation.models import MonthCorrection, MonthSheet, MonthWarning
from linli.apps.incubation.tests.factories import LONGER, after, make_member, marks_to, published, rated, settled
from linli.apps.organizations.models import Organization
from linli.apps.people.models import User
from linli.apps.people.services import give_post
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 1)


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
def manager(club: Organization) -> User:
    return make_user(Role.ORGANIZATION_MANAGER, organization=club)


def give(club: Organization, kind: str, day: int, **more: int) -> None:
    services.give_evidence(
        club, month=MARCH, kind=kind, on=date(2026, 3, day), note="台账", actor=None, at=after(MARCH), **more
    )


def test_a_draft_is_filled_from_the_records_and_says_why(club: Organization) -> None:
    give(club, "plan", 4)
    give(club, "summary", 31)
    give(club, "desk", 31, count=18, planned=20)
    give(club, "check", 10)
    give(club, "check", 20, count=0)
    sheet = services.draft_sheet(club, month=MARCH, actor=None, at=after(MARCH))
    give(club, "complaint", 30)
    found = {row.code: (row.mark, row.why) for row in sheet.marks.all()}
    assert {code: mark for code, (mark, _why) in found.items()} == {
        "plan": D("1.5"), "summary": D("1.5"), "desk": D("1.80"), "tidiness": D("0.50"), "party": None,
        "service": D(0), "feedback": D(0),
    }  # fmt: skip
    assert found["desk"][1] != ""


def test_several_raters_make_one_mark_by_their_mean(here: District, club: Organization, officer: User) -> None:
    sheet = rated(club, MARCH, "8.0", officer)
    head = make_user(Role.SECTION_HEAD, here.street)
    services.rate(sheet, marks={"plan": (D("0.7"), "晚交")}, actor=head, at=after(MARCH))
    mark = next(one for one in queries.marks_of(sheet) if one.code == "plan")
    assert (mark.mark, sorted(one.value for one in mark.raters.all())) == (D("1.10"), [D("0.7"), D("1.5")])
    sheet.refresh_from_db()
    assert sheet.total == D("7.60")


@pytest.mark.parametrize("value", ["1.6", "-0.1", "1.005"])
def test_a_mark_stays_within_its_criterion(club: Organization, officer: User, value: str) -> None:
    sheet = services.draft_sheet(club, month=MARCH, actor=None, at=after(MARCH))
    with pytest.raises(Refusal):
        services.rate(sheet, marks={"plan": (D(value), "核对")}, actor=officer)


def test_whoever_leaves_the_records_says_why(club: Organization, officer: User) -> None:
    sheet = services.draft_sheet(club, month=MARCH, actor=None, at=after(MARCH))
    with pytest.raises(Refusal):
        services.rate(sheet, marks={"plan": (D("1.5"), " ")}, actor=officer)


def test_nobody_rates_an_organization_he_speaks_for(here: District, club: Organization, manager: User) -> None:
    give_post(
        user=manager, role=Role.STREET_OFFICER, place=here.street, organization=None, started_on=MARCH, actor=None
    )
    sheet = services.draft_sheet(club, month=MARCH, actor=None, at=after(MARCH))
    with pytest.raises(NotAllowed):
        services.rate(sheet, marks=marks_to("9"), actor=manager)


def test_a_month_is_scored_once(club: Organization) -> None:
    services.draft_sheet(club, month=MARCH, actor=None, at=after(MARCH))
    with pytest.raises(Conflict):
        services.draft_sheet(club, month=MARCH, actor=None, at=after(MARCH))


def test_no_month_is_scored_before_it_joined_or_on_leave(here: District) -> None:
    club = make_member(here.street, "绿荫助老服务队", date(2026, 3, 2))
    with pytest.raises(Refusal, match="2026-03-02"):
        services.draft_sheet(club, month=MARCH, actor=None, at=after(MARCH))
    services.approve_leave(club, month=date(2026, 4, 1), reason="场地维修", actor=None)
    with pytest.raises(Refusal):
        services.draft_sheet(club, month=date(2026, 4, 1), actor=None, at=after(date(2026, 4, 1)))
    assert MonthSheet.objects.count() == 0


def test_a_draft_is_shown_once_the_month_is_over_and_every_mark_stands(club: Organization, officer: User) -> None:
    sheet = services.draft_sheet(club, month=MARCH, actor=None, at=after(MARCH))
    with pytest.raises(Refusal, match="党建"):
        services.show_sheet(sheet, actor=officer, at=after(MARCH))
    services.rate(sheet, marks=marks_to("9"), actor=officer)
    with pytest.raises(Refusal):
        services.show_sheet(sheet, actor=officer, at=after(MARCH, -5))


def test_the_organization_sees_its_sheet_from_the_draft_shown_on(
    club: Organization, officer: User, manager: User
) -> None:
    sheet = rated(club, MARCH, "8.0", officer)
    assert not queries.visible_to(manager).exists()
    services.show_sheet(sheet, actor=officer, at=after(MARCH))
    assert queries.visible_to(manager).get() == sheet


def test_points_are_published_after_the_statement_or_its_days(club: Organization, officer: User, manager: User) -> None:
    sheet = rated(club, MARCH, "8.0", officer)
    services.show_sheet(sheet, actor=officer, at=after(MARCH))
    with pytest.raises(Refusal):
        services.publish_sheet(sheet, actor=officer, at=after(MARCH, 2))
    services.make_statement(sheet, text="三月有两场活动没有计入。", actor=manager, at=after(MARCH, 2))
    services.publish_sheet(sheet, actor=officer, at=after(MARCH, 2))
    assert (sheet.state, sheet.statement, sheet.line) == ("published", "三月有两场活动没有计入。", D("6.0"))


def test_silence_is_waited_for(club: Organization, officer: User) -> None:
    sheet = rated(club, MARCH, "8.0", officer)
    services.show_sheet(sheet, actor=officer, at=after(MARCH))
    services.publish_sheet(sheet, actor=officer, at=after(MARCH) + LONGER)
    assert sheet.state == "published"


def test_an_objection_is_answered_before_the_month_is_settled(club: Organization, officer: User, manager: User) -> None:
    sheet = published(club, MARCH, "5.90", officer)
    row = services.object_to(sheet, text="有一场活动没有计入。", actor=manager, at=after(MARCH, 3))
    with pytest.raises(Refusal):
        services.settle_sheet(sheet, actor=officer, at=after(MARCH) + LONGER)
    services.answer_objection(row, upheld=True, answer="经核对属实。", actor=officer, at=after(MARCH, 4))
    services.correct_mark(sheet, code="service", mark=D("1.5"), reason="补交签到表", actor=officer, at=after(MARCH, 4))
    services.settle_sheet(sheet, actor=officer, at=after(MARCH) + LONGER)
    assert (sheet.state, row.state) == ("final", "upheld")


def test_nobody_objects_after_the_last_day(club: Organization, officer: User, manager: User) -> None:
    sheet = published(club, MARCH, "8.0", officer)
    with pytest.raises(Refusal):
        services.object_to(sheet, text="不同意。", actor=manager, at=after(MARCH) + LONGER)


def test_a_correction_keeps_the_old_score_and_its_reason(club: Organization, officer: User) -> None:
    sheet = settled(club, MARCH, "5.90", officer)
    assert MonthWarning.objects.filter(withdrawn_at=None).count() == 1
    services.correct_mark(sheet, code="feedback", mark=D("0.5"), reason="投诉不成立", actor=officer)
    kept = MonthCorrection.objects.get()
    assert (kept.before, kept.after, kept.total_before, kept.reason) == (D(0), D("0.5"), D("5.90"), "投诉不成立")
    sheet.refresh_from_db()
    assert sheet.total == D("6.40")
    assert MonthWarning.objects.filter(withdrawn_at=None).count() == 0
    with pytest.raises(Refusal):
        services.correct_mark(sheet, code="feedback", mark=D(0), reason=" ", actor=officer)
