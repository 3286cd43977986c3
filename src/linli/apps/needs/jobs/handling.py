"""What needs do by the clock: reminders of limits, and closing what nobody rates any more."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.services import close_unrated, remind
from linli.kernel.jobs import daily, every, periodic, task


@periodic(every(minutes=15))
@task(title=_("Remind of limits of needs"))
def remind_of_limits() -> int:
    """Returns how many limits run out."""
    return remind(at=timezone.now())


@periodic(daily(2))
@task(title=_("Close needs nobody rates"))
def close_the_unrated() -> int:
    """Returns how many were closed."""
    return close_unrated(at=timezone.now())
