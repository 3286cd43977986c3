"""Many projects with a year of spending as bulk rows, and what their board costs."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.apps.ledger.models import Commitment, Expenditure, ExpenditureState, Fund
from linli.apps.organizations.models import Organization
from linli.apps.places.models import Level, Place
from linli.apps.places.services import found
from linli.apps.projects import queries
from linli.apps.projects.kinds import classes, due_of
from linli.apps.projects.models import Evidence, Milestone, Project, ProjectIndicator, ProjectKind
from linli.kernel.refs import new_key

YEAR = 2026
FIRST, LAST, TODAY = date(YEAR, 1, 1), date(YEAR, 12, 31), date(YEAR, 10, 15)
NOON = datetime(YEAR, 1, 1, 4, 0, tzinfo=UTC)
AMOUNT = Decimal(12_000)
MONTHS = 12


def found_street() -> Place:
    """A street with one community."""
    district = found(
        code="990101000000", name="和安区", level=Level.DISTRICT, parent=None, valid_from=FIRST, actor=None
    )
    street = found(
        code="990101001000", name="清河里街道", level=Level.STREET, parent=district, valid_from=FIRST, actor=None
    )
    return found(
        code="990101001001", name="槐荫社区", level=Level.COMMUNITY, parent=street, valid_from=FIRST, actor=None
    )


def fill(community: Place, count: int, *, first: int = 1) -> list[Project]:
    """``count`` projects numbered from ``first``, each with milestones, an indicator and a payment a month."""
    street = community.street
    assert street is not None
    fund = Fund(
        street=street, code=f"看板{first}", name="看板测量", year=YEAR, source="venture", amount=AMOUNT * count,
        document="无", opened_on=FIRST,
    )  # fmt: skip
    fund.save(force_insert=True)
    bearer = Organization.objects.filter(place=community).first()
    projects, spent = [], []
    for number in range(first, first + count):
        promised = Commitment(
            fund=fund, serial=number, number=f"看板-{number}", title=f"项目{number}", subject_kind="places.place",
            subject_id=new_key(), grounds_kind="places.place", grounds_id=new_key(), amount=AMOUNT, committed_on=FIRST,
        )  # fmt: skip
        spent += list(_spending(promised, number))
        carried: dict[str, Any] = {"bearer": bearer} if bearer else {"bearer_place": community}
        projects.append(
            Project(
                street=street, place=community, year=YEAR, serial=10_000 + number, number=f"看板-{number:04d}",
                title=f"项目{number}", kind=ProjectKind.PROFESSIONAL, provider="professional", commitment=promised,
                amount=AMOUNT, starts_on=FIRST, first_end=LAST, ends_on=LAST, begun_at=NOON, **carried,
            )
        )  # fmt: skip
    Commitment.objects.bulk_create([row.commitment for row in projects if row.commitment], batch_size=500)
    Project.objects.bulk_create(projects, batch_size=500)
    Expenditure.objects.bulk_create(spent, batch_size=500)
    _plan(projects)
    return projects


def _spending(promised: Commitment, number: int) -> Iterator[Expenditure]:
    for month in range(1, MONTHS + 1):
        day = date(YEAR, month, 5 + number % 20)
        yield Expenditure(
            commitment=promised, serial=month, kind="goods", amount=AMOUNT / MONTHS, purpose="物料", spent_on=day,
            payee=f"供应商{month % 3}", state=ExpenditureState.PAID, drafted_at=NOON, paid_on=day,
            receipt=f"国库{number}-{month}",
        )  # fmt: skip


def _plan(projects: list[Project]) -> None:
    steps = classes()[ProjectKind.PROFESSIONAL]
    milestones = [
        Milestone(project=row, number=place, code=step.code, title=step.title, due=due_of(step, FIRST, LAST))
        for row in projects
        for place, step in enumerate(steps, start=1)
    ]
    Milestone.objects.bulk_create(milestones, batch_size=500)
    Evidence.objects.bulk_create(
        [
            Evidence(milestone=row, number=1, title="签到表", given_on=FIRST if index % 3 else None)
            for index, row in enumerate(milestones)
        ],
        batch_size=500,
    )
    ProjectIndicator.objects.bulk_create(
        [ProjectIndicator(project=row, number=1, name="服务人次", target=Decimal(100), due=LAST) for row in projects],
        batch_size=500,
    )


def measure(count: int) -> dict[str, Any]:
    """Queries and processor seconds of the board and of its money, and of one page of lamps."""
    projects = fill(found_street(), count)
    before = time.process_time()
    with CaptureQueriesContext(connection) as asked:
        rows = queries.rows_of(list(queries.of_year(Project.objects.all(), YEAR)), day=TODAY)
        queries.year_of_money(rows, YEAR, day=TODAY)
    seconds = time.process_time() - before
    before = time.process_time()
    queries.lamps(projects[:30], day=TODAY)
    page = time.process_time() - before
    return {
        "projects": count, "expenditures": Expenditure.objects.count(), "queries": len(asked), "seconds": seconds,
        "page": page,
    }  # fmt: skip
