"""The center: desks held by one, five services with books, figures, the plan against what was held, who works where."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from linli.apps.activities.models import Activity
from linli.apps.activities.services import Times, count_heads, plan
from linli.apps.activities.services import publish as announce
from linli.apps.incubation import queries, services
from linli.apps.incubation.models import Desk, DeskStay, DevelopmentFigure, PlannedTraining, SupportCase
from linli.apps.incubation.tests.factories import make_member
from linli.apps.organizations.models import Organization
from linli.apps.organizations.tests.factories import make_agency, make_organization
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.audit import timeline
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.refs import ref_of
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)


@pytest.fixture(scope="module")
def here(module_db: None) -> District:
    return make_district()


@pytest.fixture(scope="module")
def club(here: District) -> Organization:
    return make_member(here.street)


@pytest.fixture(scope="module")
def officer(here: District) -> User:
    return make_user(Role.STREET_OFFICER, here.street)


@pytest.fixture(scope="module")
def desk(here: District) -> Desk:
    center = services.open_center(here.street, name="清河里社会组织服务中心", opened_on=date(2025, 1, 1), actor=None)
    return services.add_desks(center, numbers=["A1", "A2"], actor=None)[0]


@pytest.fixture(scope="module")
def course(here: District) -> PlannedTraining:
    return services.plan_training(
        here.street, year=2026, month=3, title="项目书怎么写", series="邻里公益课堂", audience="社会组织负责人",
        sessions=2, person_times=60, actor=None,
    )  # fmt: skip


@pytest.fixture(scope="module")
def bookkeeping(here: District, club: Organization) -> SupportCase:
    agency = make_agency(here.street)
    return services.open_case(
        club, service="finance", title="财务代账", opened_on=MARCH, agency=agency, actor=None
    )  # fmt: skip


def test_a_desk_is_with_one_organization_at_a_time(here: District, club: Organization, desk: Desk) -> None:
    other = make_member(here.street, "清河助老社")
    stay = services.give_desk(desk, organization=club, since=MARCH, actor=None)
    with pytest.raises(Conflict):
        services.give_desk(desk, organization=other, since=APRIL, actor=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        DeskStay.objects.create(desk=desk, organization=other, since=APRIL)
    services.free_desk(stay, on=APRIL, actor=None)
    services.give_desk(desk, organization=other, since=APRIL, actor=None)
    assert [row.organization for row in desk.stays.order_by("since")] == [club, other]


def test_a_desk_is_given_to_members_alone(here: District, desk: Desk) -> None:
    with pytest.raises(Refusal):
        services.give_desk(desk, organization=make_organization(here.street, "路过的协会"), since=MARCH, actor=None)


def test_a_center_with_taken_desks_is_not_closed(club: Organization, desk: Desk) -> None:
    desk = Desk.objects.get(pk=desk.pk)
    services.give_desk(desk, organization=club, since=MARCH, actor=None)
    with pytest.raises(Refusal):
        services.close_center(desk.center, on=date(2026, 6, 1), actor=None)
    services.free_desk(desk.stays.get(), on=APRIL, actor=None)
    services.close_center(desk.center, on=date(2026, 6, 1), actor=None)
    assert desk.center.closed_on == date(2026, 6, 1)


def test_bookkeeping_names_its_agency_and_goes_month_by_month(bookkeeping: SupportCase) -> None:
    first = services.keep_book(bookkeeping, month=MARCH, state="papers", on=APRIL, actor=None)
    assert (first.month, first.state) == (MARCH, "papers")
    services.keep_book(bookkeeping, month=MARCH, state="declared", on=date(2026, 4, 12), actor=None)
    with pytest.raises(Refusal):
        services.keep_book(bookkeeping, month=MARCH, state="booked", on=date(2026, 4, 13), actor=None)
    services.keep_book(bookkeeping, month=MARCH, state="booked", on=date(2026, 4, 13), note="更正申报", actor=None)
    rows = queries.books(make_user(Role.STREET_OFFICER, bookkeeping.organization.place), MARCH, APRIL)
    assert [row.book.state for row in rows] == ["booked"]  # type: ignore[attr-defined]  # beside the case


@pytest.mark.parametrize("month", [date(2026, 2, 1), date(2026, 5, 1)])
def test_books_of_months_the_agency_does_not_keep_are_refused(bookkeeping: SupportCase, month: date) -> None:
    with pytest.raises(Refusal):
        services.keep_book(bookkeeping, month=month, state="papers", on=date(2026, 4, 30), actor=None)


def test_one_agency_keeps_the_books(here: District, bookkeeping: SupportCase) -> None:
    club = bookkeeping.organization
    agency = make_agency(here.street, "望桥代账社")
    with pytest.raises(Refusal):
        services.open_case(club, service="finance", title="代账", opened_on=APRIL, actor=None)
    with pytest.raises(Conflict):
        services.open_case(club, service="finance", title="代账", opened_on=APRIL, agency=agency, actor=None)
    services.close_case(bookkeeping, on=APRIL, outcome="合同到期", actor=None)
    again = services.open_case(club, service="finance", title="代账", opened_on=APRIL, agency=agency, actor=None)
    assert again.agency == agency


@pytest.mark.parametrize("service", ["project", "incubation", "platform", "training"])
def test_every_service_begins_and_closes_with_its_outcome(club: Organization, service: str) -> None:
    case = services.open_case(club, service=service, title="陪伴辅导", opened_on=MARCH, actor=None)
    with pytest.raises(Refusal):
        services.close_case(case, on=APRIL, outcome=" ", actor=None)
    services.close_case(case, on=APRIL, outcome="通过立项", actor=None)
    assert (case.closed_on, case.outcome) == (APRIL, "通过立项")


def test_a_figure_is_a_number_with_day_and_source(club: Organization) -> None:
    manager = make_user(Role.ORGANIZATION_MANAGER, organization=club)
    for count in (2, 3):
        services.type_figure(club, kind="members", on=MARCH, count=count, source="党支部台账", actor=manager)
    assert list(DevelopmentFigure.objects.values_list("kind", "on", "count")) == [("members", MARCH, 3)]
    told = [dict(entry.facts) for entry in timeline(ref_of(club)) if "typed" in str(entry.title) or entry.facts]
    assert "2" in {value for facts in told for value in facts.values()}


def test_the_plan_is_told_against_what_was_held(here: District, course: PlannedTraining, officer: User) -> None:
    starts = datetime(2026, 3, 12, 6, tzinfo=UTC)
    times = [Times(starts, starts.replace(hour=8))]
    activity: Activity = plan(
        title="项目书怎么写（一）", kind="training", place=here.street, times=times, subject=ref_of(course), actor=None
    )
    announce(activity, actor=None)
    count_heads(activity.occurrences.get(), total=34, minors=0, actor=None, at=starts.replace(hour=9))
    found = queries.training(officer, 2026)
    assert [(one.training, one.sessions, one.person_times) for one in found] == [(course, 1, 34)]


def test_stages_follow_each_other(club: Organization, officer: User) -> None:
    services.reach_stage(club, stage="found", on=MARCH, leaders=1, actor=None)
    services.reach_stage(club, stage="coached", on=APRIL, actor=None)
    with pytest.raises(Refusal):
        services.reach_stage(club, stage="filed", on=MARCH, actor=None)
    with pytest.raises(Conflict):
        services.reach_stage(club, stage="found", on=date(2026, 5, 1), actor=None)
    assert [(row.stage, row.trained) for row in queries.pipeline(officer)] == [("coached", 1)]  # type: ignore[attr-defined]  # annotated


def test_awards_are_counts(here: District, officer: User) -> None:
    for year, count in ((2024, 5), (2025, 6)):
        services.count_awards(
            here.street, title="区政府津贴人才", year=year, count=count, source="区级公示", actor=None
        )
    assert queries.awards_sum(queries.awards(officer)) == (2, 11)
    with pytest.raises(Conflict):
        services.count_awards(here.street, title="区政府津贴人才", year=2025, count=1, source="公示", actor=None)


def test_the_level_of_a_center_follows_from_its_place(here: District, desk: Desk, officer: User) -> None:
    services.open_center(here.community, name="槐荫社区社会组织服务站", opened_on=MARCH, actor=officer)
    assert sorted(queries.centers_visible_to(officer).values_list("level", flat=True)) == ["community", "street"]
    with pytest.raises(NotAllowed):
        services.open_center(here.neighbour_street, name="望桥服务中心", opened_on=MARCH, actor=officer)


def test_members_are_told_with_what_is_kept_of_them(
    club: Organization, desk: Desk, bookkeeping: SupportCase, django_assert_num_queries: object
) -> None:
    services.give_desk(desk, organization=club, since=MARCH, actor=None)
    with django_assert_num_queries(4):  # type: ignore[operator]  # a fixture of pytest-django
        (one,) = queries.members([club], APRIL)
    assert (one.joined, [str(row.desk) for row in one.desks], one.cases) == (
        date(2026, 1, 1), ["清河里社会组织服务中心 A1"], [bookkeeping],
    )  # fmt: skip
