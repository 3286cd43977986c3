"""The boards: sums of days grouped by community, unit, category or month; each figure opens its rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Max, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from linli.apps.needs.models import Category, Need
from linli.apps.needs.models.sums import CountedDay, DailySum
from linli.apps.needs.permissions import READERS, UNITS
from linli.apps.needs.queries.facts import matters
from linli.apps.needs.queries.wall import visible_to
from linli.apps.needs.rubric import COUNTS, Tally, tally, total
from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place
from linli.kernel.scope import Actor, holds_everywhere

PLACE, UNIT, CATEGORY, MONTH, DAY = "place", "unit", "category", "month", "day"
GROUPS = (PLACE, UNIT, CATEGORY, MONTH, DAY)
COLUMN = {PLACE: "place", UNIT: "organization", CATEGORY: "category", DAY: "day"}


@dataclass(frozen=True)
class Line:
    """One line of a board. ``key`` is the id or the day it stands for; None: no unit or no category yet."""

    key: UUID | date | None
    name: str
    counts: Tally


def sums_for(actor: Actor | None) -> QuerySet[DailySum]:
    """The sums of the places the actor's posts read, and of the units he works for. Nobody else's."""
    rows = DailySum.objects.order_by()
    if actor is None or holds_everywhere(actor, *READERS):
        return rows
    mine = Q(place__in=actor.reach(*READERS).places) | Q(organization__in=actor.reach(*UNITS).organizations)
    return rows.filter(mine)


def between(rows: QuerySet[DailySum], since: date, until: date, *, official: bool) -> QuerySet[DailySum]:
    """Of matters received from ``since`` to ``until`` (both counted), of one source: figures are never mixed."""
    return rows.filter(day__gte=since, day__lte=until, official=official)


def board(rows: QuerySet[DailySum], *, by: str) -> list[Line]:
    """Lines of a board, most received first; days and months in their order. Two queries."""
    summed: Any = rows.annotate(month=TruncMonth("day")) if by == MONTH else rows
    column = COLUMN.get(by, MONTH)
    found = [
        (row[column], Tally(**{name: row[f"n_{name}"] for name in COUNTS}))
        for row in summed.values(column).annotate(**{f"n_{name}": Sum(name) for name in COUNTS})
    ]
    names = _names(by, [key for key, _counts in found])
    lines = [Line(key, names.get(key, ""), counts) for key, counts in found]
    if by in (MONTH, DAY):
        return sorted(lines, key=lambda line: str(line.key))
    return sorted(lines, key=lambda line: (-line.counts.received, line.name, str(line.key)))


def _names(by: str, keys: Iterable[Any]) -> dict[Any, str]:
    wanted: Any = {PLACE: Place, UNIT: Organization, CATEGORY: Category}.get(by)
    if wanted is None:
        return {}
    return dict(wanted.objects.filter(pk__in=[key for key in keys if key is not None]).values_list("pk", "name"))


def whole(rows: QuerySet[DailySum]) -> Tally:
    """All of them together. One query."""
    found = rows.aggregate(**{f"n_{name}": Sum(name) for name in COUNTS})
    return Tally(**{name: found[f"n_{name}"] or 0 for name in COUNTS})


def counted_at(streets: Iterable[UUID]) -> datetime | None:
    """When sums of these streets (of all, where none is named) were last made again; None where they never were."""
    named = list(streets)
    rows = CountedDay.objects.filter(street__in=named) if named else CountedDay.objects.all()
    found: datetime | None = rows.order_by().aggregate(last=Max("counted_at"))["last"]
    return found


def as_known(rows: QuerySet[Need], *, official: bool, known_at: datetime) -> Tally:
    """The counts of ``rows`` as they were known at a past moment, reckoned from the rows themselves. Seven queries."""
    found = (tally(one, at=known_at) for where, one in matters(rows, known_at=known_at) if where.official == official)
    return total(found)


def behind_walls(actor: Actor, since: datetime, until: datetime, *, official: bool) -> Tally:
    """Counts of what stands behind a wall and is open to the actor; said apart, in no sum. Eight queries."""
    rows = (
        visible_to(actor).filter(received_at__gte=since, received_at__lt=until).exclude(about_kind="", sensitivity="")
    )
    if not rows.exists():
        return Tally()
    return as_known(Need.objects.filter(pk__in=rows.values("pk")), official=official, known_at=timezone.now())


@dataclass(frozen=True)
class PublicLine:
    """One line as the public reads it; ``hidden``: too few matters, no figure is told."""

    name: str
    counts: Tally
    hidden: bool


def suppressed(lines: Sequence[Line], *, least: int) -> list[PublicLine]:
    """Lines without the figures of fewer than ``least`` matters.

    Where only one line is hidden, the next smallest is hidden with it, so that the total does not tell it.
    """
    few = [line for line in lines if 0 < line.counts.received < least]
    if len(few) == 1:
        rest = [line for line in lines if line.counts.received >= least]
        few += sorted(rest, key=lambda line: (line.counts.received, line.name))[:1]
    names = {line.key for line in few}
    return [PublicLine(line.name, line.counts, line.key in names) for line in lines]
