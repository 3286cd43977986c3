"""Done jobs are forgotten in time; what failed or waits is not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from linli.kernel.jobs.jobs import forget
from linli.kernel.jobs.models import Job, State
from linli.kernel.jobs.periodicals import KEY

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.mark.parametrize(
    ("state", "key", "days", "left"),
    [
        (State.DONE, None, 30, 1),
        (State.DONE, None, 31, 0),
        (State.DONE, f"{KEY}notices.resend:1", 2, 1),
        (State.DONE, f"{KEY}notices.resend:1", 3, 0),
        (State.FAILED, f"{KEY}notices.resend:1", 400, 1),
        (State.WAITING, None, 400, 1),
    ],
)
def test_it_forgets_done_jobs_in_time(state: State, key: str | None, days: int, left: int) -> None:
    ended = NOW - timedelta(days=days)
    Job.objects.create(task="a.b", state=state, key=key, enqueued_at=ended, finished_at=ended)
    forget(at=NOW)
    assert Job.objects.count() == left
