"""The board asks a fixed number of queries, whatever the number of projects; its lamps follow the records."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.apps.ledger.queries import LineSpending
from linli.apps.organizations.tests.factories import make_organization
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.apps.projects import queries
from linli.apps.projects.bench.filling import TODAY, YEAR, fill
from linli.apps.projects.models import Project
from linli.apps.projects.queries.lamps import Facts, Lamp, Limits, lamps_from
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
LIMITS = Limits(D(25), D(85), D(60))


@pytest.fixture(scope="module")
def here(module_db: None) -> District:
    made = make_district()
    make_organization(made.community, "暖邻服务社")
    return made


def test_a_year_of_many_projects_asks_a_fixed_number_of_queries(here: District) -> None:
    officer = make_user(Role.STREET_OFFICER, here.street, password=None)
    queries.years_of(officer)
    counts = []
    for count in (1, 60):
        fill(here.community, count, first=count)
        with CaptureQueriesContext(connection) as asked:
            rows = queries.board(officer, YEAR, day=TODAY)
            money = queries.year_of_money(rows, YEAR, day=TODAY)
        counts.append(len(asked))
    assert counts == [11, 11]
    assert (money.planned, money.paid) == (D(12_000) * 61, D(12_000) * 61)


def lamp(name: str, day: date, **given: object) -> Lamp:
    project = Project(
        title="助餐", state="running", starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31), amount=D(1000)
    )
    facts = {
        "steps": [(date(2026, 6, 30), False, "中期")], "missing": (0, 2), "findings": (0, 0),
        "money": LineSpending(None, planned=D(1000), paid=D(400)), "rate": None, **given,
    }  # fmt: skip
    return lamps_from(project, Facts(**facts), LIMITS, day)[name]  # type: ignore[arg-type]  # facts by name


@pytest.mark.parametrize(
    ("day", "colour"),
    [(date(2026, 6, 1), "green"), (date(2026, 6, 16), "amber"), (date(2026, 6, 30), "amber"),
     (date(2026, 7, 14), "amber"), (date(2026, 7, 15), "red")],
)  # fmt: skip
def test_the_lamp_of_time_turns_fourteen_days_before_and_after(day: date, colour: str) -> None:
    assert lamp("time", day).colour == colour


@pytest.mark.parametrize(
    ("day", "paid", "colour"),
    [(date(2026, 7, 2), 400, "green"), (date(2026, 10, 1), 400, "amber"), (date(2026, 12, 30), 400, "red"),
     (date(2026, 7, 2), 1001, "red")],
)  # fmt: skip
def test_the_lamp_of_money_compares_with_the_time_gone_by(day: date, paid: int, colour: str) -> None:
    assert lamp("money", day, money=LineSpending(None, planned=D(1000), paid=D(paid))).colour == colour


@pytest.mark.parametrize(
    ("missing", "findings", "colour"),
    [((0, 0), (0, 0), "green"), ((0, 2), (0, 1), "amber"), ((1, 2), (0, 0), "red"), ((0, 0), (1, 1), "red")],
)
def test_the_lamp_of_evidence_tells_what_is_missing(
    missing: tuple[int, int], findings: tuple[int, int], colour: str
) -> None:
    found = lamp("evidence", date(2026, 7, 1), missing=missing, findings=findings)
    assert (found.colour, bool(found.why)) == (colour, True)


def test_december_and_a_single_supplier_are_told(here: District) -> None:
    (project,) = fill(here.community, 1)
    assert project.commitment is not None
    project.commitment.expenditures.filter(serial__lte=8).delete()
    project.commitment.expenditures.filter(serial__gte=9).update(payee="独家商行")
    rows = queries.rows_of([project], day=date(2026, 12, 31))
    money = queries.year_of_money(rows, YEAR, day=date(2026, 12, 31))
    assert ([share for _row, share in money.december], money.december_share) == ([], D("25.0"))
    assert [(one.payee, one.amount, one.share) for one in money.suppliers] == [("独家商行", D(4000), D("100.0"))]
    goals = [(goal.day, goal.reached, goal.missed) for goal in money.goals]
    assert goals == [
        (date(2026, 6, 30), D("0.0"), True), (date(2026, 9, 30), D("8.3"), True), (date(2026, 12, 15), D("33.3"), False)
    ]  # fmt: skip
    project.commitment.expenditures.filter(serial__lte=10).delete()
    rows = queries.rows_of([project], day=TODAY)
    assert [share for _row, share in queries.year_of_money(rows, YEAR, day=TODAY).december] == [D("50.0")]
