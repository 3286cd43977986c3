"""Standings: one value of a kind on a day, with source and validity."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from linli.apps.organizations import kinds, queries, services
from linli.apps.organizations.models import Organization, Standing
from linli.apps.organizations.tests.factories import make_organization, make_standing
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import FIRST_DAY, District, make_district
from linli.kernel.audit.models import AuditRow
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.refs import ref_of
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 1)
ONE = timedelta(days=1)


@pytest.fixture
def here() -> District:
    return make_district()


@pytest.fixture
def agency(here: District) -> Organization:
    return make_organization(here.street)


def values(agency: Organization, *days: date) -> list[str | None]:
    found = [queries.standing_of(agency, "social_grade", day) for day in days]
    return [row.value if row else None for row in found]


def test_a_grade_of_the_bureau_is_valid_five_years(agency: Organization) -> None:
    row = make_standing(agency, "4A", valid_from=date(2024, 2, 29))
    last = date(2029, 3, 1)
    assert row.valid_to == last
    assert values(agency, date(2024, 2, 28), date(2024, 2, 29), last - ONE, last) == [None, "4A", "4A", None]


def test_a_list_holds_until_it_is_ended(agency: Organization) -> None:
    row = make_standing(agency, "列入", kind="abnormal_list", valid_from=DAY)
    assert row.valid_to is None
    services.end_standing(row, on=DAY + 3 * ONE, reason="移出名录", actor=None)
    days = (DAY - ONE, DAY, DAY + 2 * ONE, DAY + 3 * ONE)
    found = [queries.standing_of(agency, "abnormal_list", day) for day in days]
    assert [one is not None for one in found] == [False, True, True, False]


@pytest.mark.parametrize(
    ("first", "last", "free"),
    [
        (DAY - 9 * ONE, DAY, True),
        (DAY - 9 * ONE, DAY + ONE, False),
        (DAY + ONE, DAY + 2 * ONE, False),
        (DAY + 4 * ONE, DAY + 9 * ONE, False),
        (DAY + 5 * ONE, DAY + 9 * ONE, True),
        (DAY - 9 * ONE, DAY + 9 * ONE, False),
    ],
)
def test_rows_of_one_kind_never_overlap(agency: Organization, first: date, last: date, free: bool) -> None:
    make_standing(agency, "3A", valid_from=DAY, valid_to=DAY + 5 * ONE)
    if free:
        make_standing(agency, "4A", valid_from=first, valid_to=last)
    else:
        with pytest.raises(Refusal) as refused:
            make_standing(agency, "4A", valid_from=first, valid_to=last)
        assert refused.value.field == "valid_from"
    assert Standing.objects.count() == 1 + free


def test_kinds_stand_side_by_side_and_stars_are_no_grade(agency: Organization) -> None:
    make_standing(agency, "3A")
    make_standing(agency, "四星", kind="street_stars")
    assert [(row.title, row.value) for row in queries.standings_on(agency, DAY)] == [
        ("社会组织评估等级", "3A"),
        ("街道星级", "四星"),
    ]


@pytest.mark.parametrize(("kind", "value"), [("social_grade", "6A"), ("street_stars", "3A"), ("beauty", "好")])
def test_it_knows_only_the_registry(agency: Organization, kind: str, value: str) -> None:
    with pytest.raises(Refusal):
        make_standing(agency, value, kind=kind)
    assert Standing.objects.count() == 0


def test_it_says_where_it_stands_written_and_from_which_record(agency: Organization) -> None:
    with pytest.raises(Refusal):
        services.give_standing(agency, kind="social_grade", value="3A", valid_from=DAY, source=" ", actor=None)
    row = services.give_standing(
        agency, kind="social_grade", value="3A", valid_from=DAY, source="公告", source_ref=ref_of(agency), actor=None
    )
    assert (row.source, row.source_ref) == ("公告", ref_of(agency))


def test_it_ends_once_after_its_first_day_with_a_reason(agency: Organization) -> None:
    row = make_standing(agency, "列入", kind="abnormal_list", valid_from=DAY)
    for wrong in ({"on": DAY, "reason": "移出"}, {"on": DAY + ONE, "reason": ""}):
        with pytest.raises(Refusal):
            services.end_standing(row, actor=None, **wrong)  # type: ignore[arg-type]  # each is one mistake
    services.end_standing(row, on=DAY + ONE, reason="移出", actor=None)
    with pytest.raises(Conflict):
        services.end_standing(row, on=DAY + 2 * ONE, reason="移出", actor=None)


def test_the_database_repeats_that_two_open_rows_of_a_kind_cannot_be(agency: Organization) -> None:
    make_standing(agency, "列入", kind="abnormal_list", valid_from=DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Standing.objects.create(
            organization=agency, kind="abnormal_list", value="列入", valid_from=FIRST_DAY, source="公告"
        )


def test_the_history_and_the_record_tell_all(agency: Organization) -> None:
    make_standing(agency, "3A", valid_from=DAY, valid_to=DAY + ONE)
    make_standing(agency, "4A", valid_from=DAY + ONE)
    assert [row.value for row in queries.standing_history(agency)] == ["4A", "3A"]
    rows = AuditRow.objects.filter(action="organizations.standing.give", ref_id=agency.pk)
    assert rows.count() == 2


def test_it_finds_organizations_by_standing_on_a_day(agency: Organization, here: District) -> None:
    make_standing(agency, "3A", valid_from=DAY, valid_to=DAY + 5 * ONE)
    make_organization(here.community, "无等级社")
    rows = Organization.objects.all()
    days = (DAY - ONE, DAY, DAY + 5 * ONE)
    assert [list(queries.with_standing(rows, "social_grade", day, "3A")) for day in days] == [[], [agency], []]


def test_a_higher_app_declares_its_own_kind_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_declared", dict(kinds._declared))  # what the house declared comes back
    mine = kinds.StandingKind("test_kind", "试验资格", ("有",))
    services.declare_standing(mine)
    assert queries.standing_kinds()["test_kind"] == mine
    with pytest.raises(ValueError, match="twice"):
        services.declare_standing(mine)


@pytest.mark.parametrize(
    ("role", "at", "allowed"),
    [
        (Role.STREET_OFFICER, "street", True),
        (Role.STREET_OFFICER, "neighbour_street", False),
        (Role.SYSTEM_ADMINISTRATOR, "district", True),
        (Role.COMMUNITY_SECRETARY, "community", False),
        (Role.FINANCE_OFFICER, "street", False),
    ],
)
def test_who_gives_standings(agency: Organization, here: District, role: Role, at: str, allowed: bool) -> None:
    actor = make_user(role, getattr(here, at))
    give = lambda: services.give_standing(  # noqa: E731  # said once, called below
        agency, kind="social_grade", value="3A", valid_from=DAY, source="公告", actor=actor
    )
    if allowed:
        give()
    else:
        with pytest.raises(NotAllowed):
            give()
    assert Standing.objects.count() == allowed
