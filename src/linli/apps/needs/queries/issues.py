"""Proactive issues: those of the reader's places, what is late first."""

from django.db.models import QuerySet

from linli.apps.needs.models import IssueState, ProactiveIssue
from linli.apps.needs.permissions import READERS, UNITS
from linli.kernel.scope import Actor, holds_everywhere

ON_BOARD = (IssueState.NOTICED, IssueState.UNDER_WAY)
MOST = 500


def issues_for(actor: Actor | None, rows: QuerySet[ProactiveIssue] | None = None) -> QuerySet[ProactiveIssue]:
    """The issues of the places the actor's posts read, and those his organization sees to."""
    rows = ProactiveIssue.objects.all() if rows is None else rows
    if actor is None:
        return rows.none()
    if holds_everywhere(actor, *READERS):
        return rows
    of_places = rows.filter(place__in=actor.reach(*READERS).places)
    return of_places | rows.filter(owner_organization__in=actor.reach(*UNITS).organizations)


def board_of_issues(actor: Actor | None, *, state: str) -> list[ProactiveIssue]:
    """What the board shows: everything under way, or one state; by day, those without one last. One query."""
    rows = issues_for(actor).select_related("street", "place", "category", "owner_place", "owner_organization")
    rows = rows.filter(state=state) if state else rows.filter(state__in=ON_BOARD)
    found = list(rows[:MOST])
    return sorted(found, key=lambda row: (row.due is None, row.due, row.noticed_on))
