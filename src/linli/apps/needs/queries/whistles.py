"""Whistles the reader may see: of his places, or those his department is called to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from linli.apps.needs.models.whistle import Whistle, WhistleCall, WhistleMark, WhistleState
from linli.apps.needs.permissions import READERS, UNITS
from linli.apps.needs.queries.facts import bounds
from linli.apps.needs.queries.wall import hidden_from
from linli.kernel.scope import Actor, holds_everywhere

CALLED = (WhistleState.BLOWN, WhistleState.SETTLED, WhistleState.CLOSED)
MOST = 300


def whistles_for(actor: Actor | None, rows: QuerySet[Whistle] | None = None) -> QuerySet[Whistle]:
    """Of the places the actor's posts read; a department reads what it is called to, once it is called.

    What was blown for a need that stands behind a wall by now stands behind it too.
    """
    rows = Whistle.objects.all() if rows is None else rows
    if actor is None:
        return rows.none()
    rows = rows.filter(Q(need__isnull=True) | ~Q(need__in=hidden_from(actor)))
    if holds_everywhere(actor, *READERS):
        return rows
    called = WhistleCall.objects.filter(organization__in=actor.reach(*UNITS).organizations).order_by()
    mine = Q(place__in=actor.reach(*READERS).places) | Q(state__in=CALLED, pk__in=called.values("whistle"))
    return rows.filter(mine)


def with_calls(rows: QuerySet[Whistle]) -> QuerySet[Whistle]:
    """With departments and marks, two more queries for any number."""
    marks = Prefetch("marks", WhistleMark.objects.order_by("at"))
    calls = WhistleCall.objects.select_related("organization").prefetch_related(marks)
    return rows.select_related("street", "place", "need").prefetch_related(Prefetch("calls", calls))


def listed(actor: Actor | None, *, state: str) -> list[Whistle]:
    """What the list shows: open ones, or one state; the newest first. Three queries."""
    rows = with_calls(whistles_for(actor))
    open_ones = (WhistleState.DRAFTED, WhistleState.BLOWN, WhistleState.SETTLED)
    rows = rows.filter(state=state) if state else rows.filter(state__in=open_ones)
    return list(rows[:MOST])


def calls_to_answer(actor: Actor) -> list[WhistleCall]:
    """Calls of the actor's departments that wait for a check-in or an answer. One query."""
    rows = WhistleCall.objects.filter(
        organization__in=actor.reach(*UNITS).organizations, whistle__state=WhistleState.BLOWN, answered_at__isnull=True
    )
    rows = rows.filter(whistle__in=whistles_for(actor).order_by().values("pk"))
    return list(rows.select_related("whistle__street", "organization").order_by("due_at")[:MOST])


def drafts_to_approve(actor: Actor, places: Sequence[UUID]) -> list[Whistle]:
    """Whistles that wait for the leader. One query."""
    rows = whistles_for(actor).filter(state=WhistleState.DRAFTED, place__in=places)
    return list(rows.order_by("drafted_at")[:MOST])


@dataclass(frozen=True)
class DepartmentLine:
    """A department's month: how often called, in time, answered. Units only; shown, never ranked."""

    name: str
    called: int
    in_time: int
    answered: int


def month_of(rows: QuerySet[Whistle], begins: date, ends: date) -> tuple[list[Whistle], list[DepartmentLine]]:
    """The whistles blown from ``begins`` to ``ends`` and their departments by name. Three queries."""
    first, last = bounds(begins)[0], bounds(ends)[1]
    found = list(with_calls(rows.filter(blown_at__gte=first, blown_at__lt=last)).order_by("blown_at"))
    by_name: dict[str, list[WhistleCall]] = {}
    for whistle in found:
        for call in whistle.calls.all():
            by_name.setdefault(call.organization.name, []).append(call)
    lines = [
        DepartmentLine(
            name,
            len(calls),
            sum(one.checked_in_at is not None and not one.is_late for one in calls),
            sum(one.answered_at is not None for one in calls),
        )
        for name, calls in sorted(by_name.items())
    ]
    return found, lines
