"""Claiming: which job a worker may run next, settled by one compare-and-set UPDATE."""

from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from linli.kernel.jobs.models import Job, State

LEASE = timedelta(seconds=60)
LOOK = 8
"""How many candidates one look fetches, so that two workers rarely fight for the same row."""


def _claimable(now: datetime) -> Q:
    waiting = Q(state=State.WAITING) & (Q(run_after__isnull=True) | Q(run_after__lte=now))
    # a lease far in the future means that the clock was set back since
    left_behind = Q(state=State.RUNNING) & (Q(leased_until__lt=now) | Q(leased_until__gt=now + 3 * LEASE))
    return waiting | left_behind


def claim(worker: str, *, queues: tuple[str, ...] = ("default",)) -> Job | None:
    """The next job, marked as running by ``worker`` with a lease of 60 s, or None when there is none."""
    now = timezone.now()
    candidates = Job.objects.filter(_claimable(now), queue__in=queues).order_by("-priority", "id")[:LOOK]
    for job in candidates:
        same = Job.objects.filter(pk=job.pk, state=job.state, worker=job.worker, attempts=job.attempts)
        if job.attempts >= job.max_attempts:
            same.update(state=State.FAILED, leased_until=None, finished_at=now)
            continue
        taken = same.update(
            state=State.RUNNING,
            worker=worker,
            attempts=F("attempts") + 1,
            leased_until=now + LEASE,
            started_at=now,
        )
        if taken:
            job.refresh_from_db()
            return job
    return None


def mine(job: Job) -> QuerySet[Job]:
    """The row of ``job`` as long as this worker's attempt is the one that counts."""
    return Job.objects.filter(pk=job.pk, state=State.RUNNING, worker=job.worker, attempts=job.attempts)


def keep(job: Job) -> bool:
    """Lengthen the lease. False when the job is no longer this worker's."""
    return bool(mine(job).update(leased_until=timezone.now() + LEASE))
