"""Tasks that come round by the clock, each time once however many schedulers run."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from linli.kernel.jobs.backend import row_for
from linli.kernel.jobs.models import PeriodicRun

KEY = "periodic:"
"""How the keys of jobs begin that came round by the clock."""


@dataclass(frozen=True)
class Rhythm:
    """Every ``interval``, or once a day at ``clock`` local time."""

    interval: timedelta
    clock: time | None = None

    def after(self, moment: datetime) -> datetime:
        """The first due time later than ``moment``."""
        if self.clock is None:
            return moment + self.interval
        local = timezone.localtime(moment)
        due = local.replace(hour=self.clock.hour, minute=self.clock.minute, second=0, microsecond=0)
        return due if due > local else due + timedelta(days=1)


def every(**interval: int) -> Rhythm:
    """``every(minutes=10)``."""
    return Rhythm(timedelta(**interval))


def daily(hour: int, minute: int = 0) -> Rhythm:
    """Once a day, local time."""
    return Rhythm(timedelta(days=1), time(hour, minute))


_periodic: dict[str, tuple[Rhythm, Any]] = {}


def periodic(rhythm: Rhythm) -> Callable[[Any], Any]:
    """Put above ``@task``: the task, called without arguments, comes round in this rhythm."""

    def wrap(task: Any) -> Any:
        _periodic[task.module_path] = (rhythm, task)
        return task

    return wrap


def enqueue_due(*, at: datetime | None = None) -> int:
    """Enqueue every periodic task that is due; returns how many. Two schedulers never enqueue the same turn."""
    now = at or timezone.now()
    rows = {row.name: row for row in PeriodicRun.objects.filter(name__in=_periodic)}
    missing = [PeriodicRun(name=name, due=now) for name in _periodic if name not in rows]
    if missing:
        PeriodicRun.objects.bulk_create(missing, ignore_conflicts=True)
        rows = {row.name: row for row in PeriodicRun.objects.filter(name__in=_periodic)}
    return sum(_enqueue(name, rows[name], now) for name in sorted(rows))


def _enqueue(name: str, row: PeriodicRun, now: datetime) -> int:
    rhythm, task = _periodic[name]
    clock_set_back = row.due > now + 2 * rhythm.interval
    if row.due > now and not clock_set_back:
        return 0
    with transaction.atomic():
        taken = PeriodicRun.objects.filter(name=name, due=row.due).update(due=rhythm.after(now), last=now)
        if not taken or clock_set_back:
            return 0
        row_for(task, key=f"{KEY}{name}:{row.due.isoformat()}").save(force_insert=True)
    return 1
