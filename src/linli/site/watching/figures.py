"""What ``/healthz`` and ``/metrics`` tell: states and numbers of the machine and the queue, of nobody and no record."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Count, Min, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from linli.kernel.audit.forwarding import waiting
from linli.kernel.jobs.models import Job, State
from linli.site.certificate import end_of, served_certificate
from linli.site.watching.tally import BOUNDS, TALLY

LATE = 600.0
"""Seconds a job may wait before the queue is called late."""


@dataclass(frozen=True)
class Health:
    """``database``: ok, or broken (silent or not set up). ``oldest``: seconds the oldest due job has waited."""

    database: str
    oldest: float

    @property
    def ready(self) -> bool:
        """Whether requests can be served. A late queue makes nobody's page fail."""
        return self.database == "ok"

    def told(self) -> dict[str, object]:
        """The body of ``/healthz``."""
        queue = "late" if self.oldest > LATE else "ok"
        return {
            "live": True,
            "ready": self.ready,
            "database": self.database,
            "queue": queue if self.ready else "unknown",
            "oldest_job_seconds": round(self.oldest),
        }


def health(at: datetime | None = None) -> Health:
    """How the house stands now. One query."""
    try:
        return Health("ok", oldest_due(at or timezone.now()))
    except DatabaseError:
        return Health("broken", 0.0)


def oldest_due(at: datetime) -> float:
    """Seconds since the job that waits longest could have begun; 0 where none waits. Raises DatabaseError."""
    due = Job.objects.filter(Q(run_after__isnull=True) | Q(run_after__lte=at), state=State.WAITING)
    since: datetime | None = due.aggregate(since=Min(Coalesce("run_after", "enqueued_at")))["since"]
    return max((at - since).total_seconds(), 0.0) if since else 0.0


def release() -> str:
    """The version that is installed; empty in a checkout."""
    try:
        return version("linli")
    except PackageNotFoundError:
        return ""


def prometheus(at: datetime | None = None) -> str:
    """All figures in the text form Prometheus reads."""
    return "\n".join([*_of_requests(), *_of_the_ground(at or timezone.now()), ""])


def _of_requests() -> Iterator[str]:
    counted = TALLY.read()
    yield "# TYPE linli_requests_total counter"
    for kind, number in counted.statuses.items():
        yield f'linli_requests_total{{status="{kind}"}} {number}'
    yield "# TYPE linli_request_seconds histogram"
    up_to = 0
    for end, number in zip((*BOUNDS, "+Inf"), counted.times, strict=True):
        up_to += number
        yield f'linli_request_seconds_bucket{{le="{end}"}} {up_to}'
    yield f"linli_request_seconds_sum {counted.seconds:.6f}"
    yield f"linli_request_seconds_count {up_to}"


def _of_the_ground(at: datetime) -> Iterator[str]:
    now = health(at)
    yield "# TYPE linli_info gauge"
    yield f'linli_info{{version="{release()}",doors="{",".join(settings.LINLI_DOORS)}"}} 1'
    yield "# TYPE linli_database_up gauge"
    yield f"linli_database_up {int(now.ready)}"
    if now.ready:
        yield "# TYPE linli_jobs gauge"
        counts = dict(Job.objects.values_list("state").annotate(Count("pk")).order_by())
        for state in State.values:
            yield f'linli_jobs{{state="{state}"}} {counts.get(state, 0)}'
        yield "# TYPE linli_oldest_job_seconds gauge"
        yield f"linli_oldest_job_seconds {now.oldest:.0f}"
    if now.ready and settings.LINLI_SYSLOG:
        yield "# TYPE linli_audit_rows_waiting gauge"
        yield f"linli_audit_rows_waiting {sum(waiting().values())}"
    yield "# TYPE linli_disk_free_bytes gauge"
    yield f"linli_disk_free_bytes {shutil.disk_usage(Path(settings.LINLI_HOME)).free}"
    end = end_of(served_certificate())
    if end is not None:
        yield "# TYPE linli_certificate_seconds_left gauge"
        yield f"linli_certificate_seconds_left {(end - at).total_seconds():.0f}"
