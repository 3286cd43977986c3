"""Inactive organizations: the rule alone, and what it reads out of the records."""

from datetime import date

import pytest

from linli.apps.incubation import queries
from linli.apps.incubation.rubric import Signs, idle, months_before
from linli.apps.incubation.services import give_evidence
from linli.apps.incubation.tests.factories import make_member, settled
from linli.apps.organizations.tests.factories import make_organization, make_standing
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import make_district
from linli.kernel.scope import Role

TODAY = date(2026, 3, 31)
OLD = date(2020, 1, 1)


@pytest.mark.parametrize(
    ("signs", "count"),
    [
        (Signs(since=OLD), 1),
        (Signs(since=date(2025, 9, 1)), 0),
        (Signs(since=OLD, activity=date(2025, 3, 31)), 0),
        (Signs(since=OLD, activity=date(2025, 3, 30)), 1),
        (Signs(since=OLD, activity=OLD, evidence=date(2026, 1, 5)), 0),
        (Signs(since=OLD, service=TODAY, check="合格"), 0),
        (Signs(since=OLD, service=TODAY, check="未参检"), 1),
        (Signs(since=OLD, service=TODAY, abnormal=True), 1),
        (Signs(since=OLD, abnormal=True, check="不合格"), 3),
    ],
)
def test_it_says_why_an_organization_counts_as_inactive(signs: Signs, count: int) -> None:
    assert len(idle(signs, on=TODAY, months=12)) == count


@pytest.mark.parametrize(("months", "day"), [(1, date(2026, 2, 28)), (12, date(2025, 3, 31)), (6, date(2025, 9, 30))])
def test_months_are_counted_back_to_a_day_that_exists(months: int, day: date) -> None:
    assert months_before(TODAY, months) == day


@pytest.mark.django_db
def test_the_records_find_the_inactive_with_their_reason() -> None:
    here = make_district()
    officer = make_user(Role.STREET_OFFICER, here.street)
    names = ("静默协会", "常忙协会", "异常协会")
    quiet, busy, listed = (make_organization(here.street, name, founded_on=OLD) for name in names)
    make_organization(here.neighbour_street, "邻街协会")
    for one in (busy, listed):
        give_evidence(one, month=date(2026, 3, 1), kind="plan", on=date(2026, 3, 2), note="月计划", actor=None)
    make_standing(listed, "列入", kind="abnormal_list", valid_from=date(2026, 2, 1))
    settled(make_member(here.street, "计分协会"), date(2026, 2, 1), "7", officer)
    found = queries.inactive(officer, TODAY)
    assert [(one.organization, len(one.reasons)) for one in found] == [(listed, 1), (quiet, 1)]
