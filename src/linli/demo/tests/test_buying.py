"""What the demo shows of orders that are bought: nine on one sheet, a market all year, four services every Saturday."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal

import pytest

from linli.apps.incubation.models import UnitTask
from linli.apps.ordering.models import Contractor, ShiftPlan, ShiftState, WorkSheet
from linli.apps.places.models import Level
from linli.apps.projects.models import Project
from linli.apps.rounds.models import Award, Round

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.sqlite_only, pytest.mark.usefixtures("in_demo")]


def test_three_editions_of_the_contest_link_25_projects() -> None:
    rounds = Round.objects.filter(programme__name="临湖街道党建项目创投大赛", state="closed").order_by("year")
    linked = Project.objects.filter(award__proposal__round__in=rounds, state="closed")
    assert [(one.year, one.previous) for one in rounds] == list(zip((2017, 2018, 2019), (None, *rounds), strict=False))
    assert Counter(linked.values_list("year", flat=True)) == {2017: 10, 2018: 8, 2019: 7}
    assert Award.objects.filter(proposal__round__in=rounds).count() == 25


def test_nine_organizations_share_one_order_for_households_in_hardship() -> None:
    sheet = WorkSheet.objects.get(title="困难家庭暖心帮扶")
    orders = [line.order for line in sheet.lines.select_related("order")]
    rows = Contractor.objects.filter(sheet=sheet).select_related("commitment__fund")
    assert (len(orders), {one.in_hardship for one in orders}) == (9, {True})
    assert (rows.count(), rows.values("organization").distinct().count()) == (9, 9)
    assert sum(one.share for one in rows) == 100
    assert {one.commitment.fund.source for one in rows if one.commitment} == {"party_service"}
    assert sum(one.amount for one in rows) == Decimal(18_000)


def test_six_organizations_work_at_sixteen_units_of_eight_communities() -> None:
    rows = list(UnitTask.objects.filter(until=None).select_related("community", "unit"))
    assert (len(rows), {one.unit.level for one in rows}) == (16, {Level.GRID})
    assert len({one.organization_id for one in rows}) == 6
    assert len({one.community_id for one in rows}) == 8
    assert len({one.project_id for one in rows}) == 1


def test_a_market_is_kept_every_afternoon_of_a_year_for_5000_yuan() -> None:
    plan = ShiftPlan.objects.select_related("contractor__sheet").get(contractor__sheet__kind="keeper")
    sheet, shifts = plan.contractor.sheet, list(plan.shifts.order_by("starts"))
    assert (sheet.ceiling, plan.contractor.amount, plan.weekdays) == (Decimal(5000), Decimal(5000), "1234567")
    assert (sheet.ends - sheet.starts).days + 1 == len(shifts) in (365, 366)
    assert {one.ends - one.starts for one in shifts} == {timedelta(hours=3)}
    held = [one for one in shifts if one.state == ShiftState.HELD]
    assert len(held) == plan.contractor.acceptances.get().delivered >= 9


def test_hair_knives_blood_pressure_and_homes_are_done_on_saturdays() -> None:
    plans = ShiftPlan.objects.filter(weekdays="6").select_related("contractor__sheet")
    found = {one.contractor.sheet.kind: one for one in plans}
    assert set(found) == {"haircut", "sharpening", "blood_pressure", "cleaning"}
    assert {shift.starts.isoweekday() for one in found.values() for shift in one.shifts.all()} == {6}
    assert {kind: one.people_needed for kind, one in found.items() if one.people_needed > 1} == {
        "haircut": 2, "cleaning": 2,
    }  # fmt: skip
    assert found["blood_pressure"].contractor.sheet.claims.count() == 3
