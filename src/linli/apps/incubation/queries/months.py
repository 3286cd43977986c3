"""Reads of months: one cut through which every door looks, the board of a month, a sheet with what stands behind it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from linli.apps.incubation.models import (
    MonthCorrection,
    MonthMark,
    MonthObjection,
    MonthSheet,
    MonthWarning,
    SheetState,
)
from linli.apps.incubation.permissions import READERS, SPEAKERS
from linli.apps.organizations.models import Organization
from linli.apps.people.queries import speakers_of
from linli.kernel.scope import Actor


def visible_to(actor: Actor | None, rows: QuerySet[MonthSheet] | None = None) -> QuerySet[MonthSheet]:
    """Sheets where the actor's post reads; those of his own organization once they were shown to it."""
    rows = MonthSheet.objects.all() if rows is None else rows
    if actor is None:
        return rows.none()
    mine = Q(organization__in=actor.reach(*SPEAKERS).organizations) & ~Q(state=SheetState.DRAFTED)
    return rows.filter(Q(organization__place__in=actor.reach(*READERS).places) | mine)


def objections_visible_to(
    actor: Actor | None, rows: QuerySet[MonthObjection] | None = None
) -> QuerySet[MonthObjection]:
    """Objections to the sheets the actor sees."""
    rows = MonthObjection.objects.all() if rows is None else rows
    return rows.filter(sheet__in=visible_to(actor).order_by().values("pk"))


def marks_of(sheet: MonthSheet) -> list[MonthMark]:
    """The seven marks with their raters, corrections and sources, in order. Four queries."""
    corrections = Prefetch("corrections", MonthCorrection.objects.order_by("corrected_at", "id"))
    return list(
        MonthMark.objects.filter(sheet=sheet).order_by("number").prefetch_related("raters", "sources", corrections)
    )


def speakers(organization: Organization) -> list[UUID]:
    """Ids of the accounts that speak for the organization today. One query."""
    return sorted(speakers_of(SPEAKERS, [organization.pk]))


def warnings_of(organization: Organization) -> QuerySet[MonthWarning]:
    """Its warnings, the latest first, the withdrawn ones too."""
    return MonthWarning.objects.filter(sheet__organization=organization).select_related("sheet").order_by("-given_at")


@dataclass(frozen=True)
class BoardRow:
    """An organization on the board of a month: its sheet with marks, and what it had in the months of the strip."""

    organization: Organization
    sheet: MonthSheet | None
    marks: Sequence[MonthMark] = ()
    strip: Sequence[MonthSheet | None] = field(default_factory=tuple)


def board(organizations: Sequence[Organization], months: Sequence[date], actor: Actor | None) -> list[BoardRow]:
    """A row for each organization, in the order given; ``months`` is the strip, its last one the month. Two queries."""
    rows = visible_to(actor).filter(organization__in=organizations, month__in=months).prefetch_related("marks")
    found = {(row.organization_id, row.month): row for row in rows}
    shown = []
    for one in organizations:
        sheet = found.get((one.pk, months[-1]))
        strip = [found.get((one.pk, month)) for month in months]
        shown.append(BoardRow(one, sheet, list(sheet.marks.all()) if sheet else (), strip))
    return shown
