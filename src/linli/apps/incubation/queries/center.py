"""Reads of the center: its members with all that is kept of them, its registers, the plan against what was held."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, F, IntegerField, Max, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from linli.apps.activities.queries import dates_held, with_people
from linli.apps.incubation.models import (
    BookMonth,
    Center,
    Desk,
    DeskStay,
    DevelopmentFigure,
    PipelineStep,
    PlannedTraining,
    SupportCase,
    TalentAward,
    UnitTask,
)
from linli.apps.incubation.permissions import KEEPERS, READERS, SPEAKERS
from linli.apps.incubation.queries.course import STAY, STAYS
from linli.apps.organizations.models import ChecklistTick, Organization, Standing
from linli.apps.organizations.queries import checklists
from linli.apps.places.models import Place
from linli.kernel.refs import Ref
from linli.kernel.scope import Actor

TRAINING = "incubation.training"


def holding(on: date, since: str = "since", until: str = "until") -> Q:
    """Rows that hold on the day ``on``; their last column is the first day they hold no longer."""
    return (Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gt": on})) & Q(**{f"{since}__lte": on})


def read_at(actor: Actor | None, rows: QuerySet[Any], column: str = "place") -> QuerySet[Any]:
    """Rows of the places where the actor's post reads, and of those above them: a street reads its district's."""
    if actor is None:
        return rows.none()
    places = actor.reach(*READERS).places
    above = Place.objects.filter(paths_down__descendant__in=places).order_by().values("pk")
    return rows.filter(**{f"{column}__in": above})


def of_members(actor: Actor | None, rows: QuerySet[Any], column: str = "organization") -> QuerySet[Any]:
    """Rows of the organizations whose files the actor reads: where his post reads, and his own."""
    if actor is None:
        return rows.none()
    mine = Q(**{f"{column}__in": actor.reach(*SPEAKERS).organizations})
    return rows.filter(mine | Q(**{f"{column}__place__in": actor.reach(*READERS).places}))


def plans_visible_to(actor: Actor | None, rows: QuerySet[PlannedTraining] | None = None) -> QuerySet[PlannedTraining]:
    """Planned trainings of the streets the actor's post reads."""
    return read_at(actor, PlannedTraining.objects.all() if rows is None else rows, "street")


def centers_visible_to(actor: Actor | None, rows: QuerySet[Center] | None = None) -> QuerySet[Center]:
    """The centers of the actor's places and of those above them."""
    return read_at(actor, Center.objects.all() if rows is None else rows)


def centers_kept_by(actor: Actor) -> QuerySet[Center]:
    """The centers of the places the actor's post keeps."""
    return Center.objects.filter(place__in=actor.reach(*KEEPERS).places)


@dataclass
class Member:
    """What is kept of one organization in the center on a day."""

    organization: Organization
    joined: date | None = None
    desks: list[DeskStay] = field(default_factory=list)
    cases: list[SupportCase] = field(default_factory=list)
    ticks: dict[str, set[str]] = field(default_factory=dict)


def members(organizations: Sequence[Organization], on: date) -> list[Member]:
    """Each of ``organizations`` with its entry, desks, open cases and ticks on the day ``on``. Four queries."""
    found = {one.pk: Member(one) for one in organizations}
    ours = Q(organization__in=list(found))
    stays = Standing.objects.filter(ours, holding(on, "valid_from", "valid_to"), kind=STAY, value=STAYS)
    for standing in stays:
        found[standing.organization_id].joined = standing.valid_from
    for stay in DeskStay.objects.filter(ours, holding(on)).select_related("desk__center").order_by("desk__number"):
        found[stay.organization_id].desks.append(stay)
    for case in SupportCase.objects.filter(ours, holding(on, "opened_on", "closed_on")).order_by("service", "title"):
        found[case.organization_id].cases.append(case)
    ticks = ChecklistTick.objects.filter(ours, holding(on, "valid_from", "valid_to"), subject_id__in=list(found))
    for tick in ticks:
        if tick.organization_id is not None:
            found[tick.organization_id].ticks.setdefault(tick.checklist, set()).add(tick.item)
    return list(found.values())


def checklist_of(code: str) -> Any:
    """A checklist by its code: 六有 or 四建一创."""
    return checklists()[code]


def desks(actor: Actor | None, on: date) -> list[Any]:
    """The desks of the centers the actor sees, each with ``taken``: who has it on the day. Three queries."""
    stays = Prefetch(
        "stays", DeskStay.objects.filter(holding(on)).select_related("organization"), to_attr="now"
    )  # fmt: skip
    rows = Desk.objects.filter(center__in=centers_visible_to(actor).order_by().values("pk"))
    rows = rows.filter(center__closed_on__isnull=True).select_related("center").prefetch_related(stays)
    found: list[Any] = list(rows.order_by("center__name", "number"))
    for row in found:
        row.taken = row.now[0] if row.now else None
    return found


def free_desks(actor: Actor | None) -> QuerySet[Desk]:
    """The desks of open centers the actor sees that nobody has. No query yet."""
    rows = Desk.objects.filter(center__in=centers_visible_to(actor).order_by().values("pk"), center__closed_on=None)
    taken = DeskStay.objects.filter(until__isnull=True).order_by().values("desk")
    return rows.exclude(pk__in=taken).select_related("center").order_by("center__name", "number")


def cases(actor: Actor | None) -> QuerySet[SupportCase]:
    """The cases of the organizations the actor reads, those that run first."""
    rows = of_members(actor, SupportCase.objects.select_related("organization", "agency", "agreement"))
    return rows.order_by("-closed_on", "service", "organization__name", "id")


def books(actor: Actor | None, month: date, after: date) -> list[Any]:
    """The cases of bookkeeping that run in the month, each with ``book``: how far it is. Two queries."""
    rows = cases(actor).filter(service="finance", opened_on__lt=after)
    rows = rows.filter(Q(closed_on=None) | Q(closed_on__gte=month)).order_by("organization__name", "id")
    found: list[Any] = list(
        rows.prefetch_related(Prefetch("books", BookMonth.objects.filter(month=month), to_attr="this_month"))
    )
    for row in found:
        row.book = row.this_month[0] if row.this_month else None
    return found


@dataclass(frozen=True)
class Course:
    """A line of the plan with what was held of it."""

    training: PlannedTraining
    sessions: int
    person_times: int


def training(actor: Actor | None, year: int) -> list[Course]:
    """The plan of a year against what was held: activities about each line. Two queries."""
    rows = list(plans_visible_to(actor).filter(year=year).order_by("month", "title", "id"))
    held: dict[Any, list[int]] = {}
    dates = with_people(dates_held(subjects=[Ref(TRAINING, row.pk) for row in rows]))
    for one in dates.select_related("activity"):
        sums = held.setdefault(one.activity.subject_id, [0, 0])
        sums[0] += 1
        sums[1] += one.person_times
    return [Course(row, *held.get(row.pk, (0, 0))) for row in rows]


def figures(organizations: Iterable[Organization], on: date) -> dict[Any, dict[str, DevelopmentFigure]]:
    """Organization → kind → the latest figure typed up to the day. One query."""
    rows = DevelopmentFigure.objects.filter(organization__in=list(organizations), on__lte=on).order_by("on")
    found: dict[Any, dict[str, DevelopmentFigure]] = {}
    for row in rows:
        found.setdefault(row.organization_id, {})[row.kind] = row
    return found


def pipeline(actor: Actor | None) -> list[PipelineStep]:
    """The latest stage of every organization that is or was incubated, with ``began``. One query."""
    steps = PipelineStep.objects.filter(organization=OuterRef("organization")).order_by().values("organization")
    rows = of_members(actor, PipelineStep.objects.select_related("organization__place"))
    rows = rows.annotate(
        latest=Subquery(steps.annotate(day=Max("on")).values("day")),
        trained=Coalesce(Subquery(steps.annotate(n=Max("leaders")).values("n"), output_field=IntegerField()), 0),
    )
    return list(rows.filter(on=F("latest")).order_by("stage", "organization__name", "id"))


def awards(actor: Actor | None) -> QuerySet[TalentAward]:
    """Awards counted for the actor's places and those above them, the latest year first."""
    return read_at(actor, TalentAward.objects.select_related("place"))


def awards_sum(rows: QuerySet[TalentAward]) -> tuple[int, int]:
    """(how many years, how many people) over these rows. One query."""
    found = rows.order_by().aggregate(years=Count("year", distinct=True), people=Sum("count"))
    return found["years"], found["people"] or 0


def tasks(actor: Actor | None, on: date) -> QuerySet[UnitTask]:
    """Who works at which unit on the day, of the organizations the actor reads."""
    rows = of_members(actor, UnitTask.objects.filter(holding(on)))
    rows = rows.select_related("project", "organization", "community", "unit")
    return rows.order_by("organization__name", "community__code", "unit__code", "id")
