"""Reads of checklists: which items an organization has on a day, how many of how many."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from linli.apps.organizations.kinds import Checklist, Word, checklists
from linli.apps.organizations.models import ChecklistTick
from linli.apps.organizations.permissions import READERS
from linli.apps.organizations.queries.related import holding
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor


@dataclass(frozen=True)
class Result:
    """A checklist of one subject: every item with its tick or None, in the order of the list."""

    checklist: Checklist
    items: tuple[tuple[Word, ChecklistTick | None], ...]

    @property
    def done(self) -> int:
        return sum(tick is not None for _item, tick in self.items)

    @property
    def missing(self) -> list[str]:
        """The titles of the items it has not."""
        return [item.title for item, tick in self.items if tick is None]

    def __str__(self) -> str:
        return f"{self.done}/{len(self.items)}"


def ticks_visible_to(actor: Actor | None, rows: QuerySet[ChecklistTick] | None = None) -> QuerySet[ChecklistTick]:
    """Ticks of the organizations and places the actor sees."""
    rows = ChecklistTick.objects.all() if rows is None else rows
    if actor is None:
        return rows.none()
    reach = actor.reach(*READERS)
    return rows.filter(Q(organization__in=reach.organizations) | Q(organization__isnull=True, place__in=reach.places))


def results_of(subject: Any, on: date) -> list[Result]:
    """Every checklist of ``subject`` as it stands on the day ``on``. One query."""
    rows = holding(ChecklistTick.objects.filter(subject_kind=ref_of(subject).kind, subject_id=subject.pk), on)
    ticks: Mapping[tuple[str, str], ChecklistTick] = {(row.checklist, row.item): row for row in rows}
    return [
        Result(known, tuple((item, ticks.get((known.code, item.code))) for item in known.items))
        for known in checklists().values()
    ]


def tickers_of(results: list[Result]) -> set[UUID]:
    """The accounts that ticked, to be named in one go."""
    return {tick.ticked_by for result in results for _item, tick in result.items if tick and tick.ticked_by}
