"""The story of an organization in the center: since when it is there, its settled months, where they lead."""

from datetime import date, datetime
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils import timezone

from linli.apps.incubation.models import ExitCase, ExitState, MonthLeave, MonthSheet, SheetState
from linli.apps.incubation.permissions import READERS, SPEAKERS
from linli.apps.incubation.rubric import Course, Leave, MonthFact, Taken, course_of
from linli.apps.organizations.models import Organization, Standing
from linli.apps.organizations.queries import standing_history, standing_of, visible_to, with_standing
from linli.kernel.scope import Actor
from linli.kernel.settings import value_of

STAY, STAYS = "center_stay", "入驻"
"""Kind and value of the standing that says: it has its place in the center."""
NEEDED = 3


def read_by(actor: Actor | None) -> QuerySet[Organization]:
    """The organizations whose months the actor's post reads."""
    rows = visible_to(actor)
    return rows.none() if actor is None else rows.filter(place__in=actor.reach(*READERS).places)


def members_on(rows: QuerySet[Organization], on: date) -> QuerySet[Organization]:
    """Those of ``rows`` that have their place in the center on the day, by name."""
    return with_standing(rows, STAY, on, STAYS).order_by("name", "pk")


def members_in(rows: QuerySet[Organization], year: int) -> QuerySet[Organization]:
    """Those of ``rows`` that had their place in the center on some day of the year, by name."""
    stays = Standing.objects.filter(kind=STAY, value=STAYS, valid_from__year__lte=year)
    stays = stays.filter(Q(valid_to=None) | Q(valid_to__gt=date(year, 1, 1)))
    return rows.filter(pk__in=stays.order_by().values("organization")).order_by("name", "pk")


def stay_on(organization: Organization, on: date) -> Standing | None:
    """Its place in the center on the day, if it has one."""
    found = standing_of(organization, STAY, on)
    return found if found is not None and found.value == STAYS else None


def joined_on(organization: Organization) -> date | None:
    """Since when it is there, the last time it came. One query."""
    stays = [row for row in standing_history(organization) if row.kind == STAY and row.value == STAYS]
    return max((row.valid_from for row in stays), default=None)


def course(organization: Organization, *, at: datetime | None = None) -> Course:
    """Its settled months and leaves since it joined, walked to where they lead. Five queries."""
    joined = joined_on(organization)
    if joined is None:
        return Course((), ())
    street = organization.place.street_id
    sheets = MonthSheet.objects.filter(organization=organization, state=SheetState.FINAL, month__gte=joined)
    facts = {row.month: MonthFact(row.month, row.total, line=row.line) for row in sheets}
    for leave in MonthLeave.objects.filter(organization=organization, month__gte=joined):
        facts[leave.month] = MonthFact(leave.month, on_leave=True)
    when = at or timezone.now()
    line = value_of("incubation.exit_line", street=street, at=when)
    pauses = value_of("incubation.leave", street=street, at=when)
    return course_of(facts.values(), line=Decimal(line), joined_on=joined, leave=Leave(pauses))


def stands(case: ExitCase, found: Course) -> bool:
    """Whether the months of the case still give three in a row below the line."""
    return any(
        step.month == case.last_month and step.taken == Taken.BELOW and step.row >= NEEDED for step in found.steps
    )


def cases_visible_to(actor: Actor | None, rows: QuerySet[ExitCase] | None = None) -> QuerySet[ExitCase]:
    """Cases where the actor's post reads; those of his own organization once it was told."""
    rows = ExitCase.objects.all() if rows is None else rows
    if actor is None:
        return rows.none()
    mine = Q(organization__in=actor.reach(*SPEAKERS).organizations) & ~Q(state=ExitState.PROPOSED)
    return rows.filter(Q(organization__place__in=actor.reach(*READERS).places) | mine)
