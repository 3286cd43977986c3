"""What the clock forgets of jobs: those that are done, so that the table does not grow for ever."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kernel.jobs.models import Job, State
from linli.kernel.jobs.periodicals import KEY, daily, periodic
from linli.kernel.jobs.tasks import task

KEPT = timedelta(days=30)
ROUTINE_KEPT = timedelta(days=2)
"""How long a done job is kept, and one that came round by the clock. Failed jobs stay until somebody looks."""


def forget(*, at: datetime) -> int:
    """Remove done jobs whose time is over at ``at``; returns how many."""
    over = Q(finished_at__lt=at - KEPT) | Q(finished_at__lt=at - ROUTINE_KEPT, key__startswith=KEY)
    return Job.objects.filter(over, state=State.DONE).delete()[0]


@periodic(daily(3, 50))
@task(title=_("Forget finished jobs"))
def forget_finished_jobs() -> int:
    """Returns how many were removed."""
    return forget(at=timezone.now())
