"""Reads of deadlines: what runs, what is overdue, what is left."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.kernel.deadlines.loading import calendar_for
from linli.kernel.deadlines.models import Deadline
from linli.kernel.deadlines.terms import Unit
from linli.kernel.deadlines.workdays import WorkCalendar
from linli.kernel.refs import Ref


def running() -> QuerySet[Deadline]:
    """Deadlines not yet met, paused ones too, the next due first."""
    return Deadline.objects.filter(met__isnull=True).order_by("due", "id")


def overdue(at: datetime) -> QuerySet[Deadline]:
    """Deadlines that ran out before ``at`` and are neither met nor paused."""
    return running().filter(paused__isnull=True, due__lt=at)


def of(refs: Iterable[Ref]) -> dict[Ref, list[Deadline]]:
    """All deadlines of many records, met ones too, in order of their start. One query."""
    wanted = list(refs)
    chosen = Q(pk__in=[])
    for kind in {ref.kind for ref in wanted}:
        chosen |= Q(ref_kind=kind, ref_id__in=[ref.id for ref in wanted if ref.kind == kind])
    found: dict[Ref, list[Deadline]] = {ref: [] for ref in wanted}
    for row in Deadline.objects.filter(chosen).order_by("started", "id"):
        found[row.ref].append(row)
    return found


MANY_HOURS = 72
"""Hours round the clock from which whole days are told."""


@dataclass(frozen=True)
class Remaining:
    """What is left of a deadline in its own unit: ``days`` for working days, else ``time``; what it is late by
    where ``over``. ``str()`` is a sentence for the page."""

    unit: Unit
    days: int
    time: timedelta
    over: bool
    paused: bool

    def __str__(self) -> str:
        if self.paused:
            return _("paused")
        if self.unit == Unit.WORKING_DAYS:
            text = ngettext("%(count)d working day", "%(count)d working days", self.days) % {"count": self.days}
        else:
            hours = int(self.time.total_seconds() // 3600)
            text = ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
            if self.unit == Unit.CALENDAR_HOURS and hours >= MANY_HOURS:
                text = ngettext("%(count)d day", "%(count)d days", hours // 24) % {"count": hours // 24}
        return (_("%(time)s overdue") if self.over else _("%(time)s left")) % {"time": text}


def remaining(deadline: Deadline, *, at: datetime, calendar: WorkCalendar | None = None) -> Remaining:
    """What is left at ``at`` (while paused: at the pause; once met: at that moment).

    Working units reckon with the street's calendar; give ``calendar`` where many rows are shown.
    """
    now = deadline.met or deadline.paused or at
    unit = Unit(deadline.unit)
    over = deadline.due < now
    earlier, later = (deadline.due, now) if over else (now, deadline.due)
    days, time = 0, later - earlier
    if unit != Unit.CALENDAR_HOURS:
        chosen = calendar or calendar_for(deadline.street)
        days = chosen.working_days_between(earlier, later)
        time = chosen.working_time_between(earlier, later)
    return Remaining(unit, days, time, over, deadline.paused is not None)
