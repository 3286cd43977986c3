"""What needs do by the clock: sums of days are counted again when something happened, and every night."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.queries.changes import changed_days, days_to_look_at
from linli.apps.needs.services import count_day
from linli.kernel.jobs import daily, every, periodic, task

LOOK_BACK = timedelta(minutes=10)
"""Longer than any transaction: what was committed late is still seen. Counting twice changes nothing."""


def count_changes(*, at: datetime) -> int:
    """Count again the days of which something was recorded since the last turn; how many days."""
    days = changed_days(since=at - LOOK_BACK)
    for street, day in days:
        count_day(street, day, at=at)
    return len(days)


@periodic(every(minutes=3))
@task(title=_("Count needs again"), atomic=False)
def count_changes_now() -> int:
    """Returns how many days were counted."""
    return count_changes(at=timezone.now())


@periodic(daily(1))
@task(title=_("Count needs again for the night"), atomic=False)
def count_for_the_night() -> int:
    """Days with open needs (time alone makes them late) and days never counted; how many."""
    days = days_to_look_at()
    for street, day in days:
        count_day(street, day)
    return len(days)
