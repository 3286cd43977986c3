"""The nightly round that removes what was kept long enough, and what it says of itself."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from linli.kernel.privacy.models import RetentionRun
from linli.kernel.privacy.retention import retentions

log = logging.getLogger("linli.privacy")
RUNS_KEPT = timedelta(days=400)
"""Runs are kept for more than a year, so that a year can be looked back on."""


def carry_out(*, at: datetime) -> dict[str, int]:
    """Remove of every kind what its term has ended for; kind → how many. One kind that fails stops no other.

    What was removed, and what failed, stands in :class:`RetentionRun`.
    """
    removed: dict[str, int] = {}
    for retention in retentions():
        days = retention.term()
        if retention.remove is None or days is None:
            continue
        run = RetentionRun(kind=retention.kind, ran_at=at)
        try:
            with transaction.atomic():
                run.removed = removed[retention.kind] = retention.remove(at - timedelta(days=days))
        except Exception as error:  # whatever one kind suffers, the others are carried out
            log.exception("retention of %s failed", retention.kind)
            run.error = f"{type(error).__name__}: {error}"[:300]
        run.save(force_insert=True)
    RetentionRun.objects.filter(ran_at__lt=at - RUNS_KEPT).delete()
    return removed


def last_runs() -> dict[str, RetentionRun]:
    """Kind → what its last round did; one query."""
    newest = RetentionRun.objects.values("kind").annotate(last=Max("ran_at")).values("last")
    rows = RetentionRun.objects.filter(ran_at__in=newest).order_by("ran_at")
    return {row.kind: row for row in rows}
